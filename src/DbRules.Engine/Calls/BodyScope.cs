using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A member body with what it does to a store and where its values come from.</summary>
internal sealed class BodyScope(ISymbol owner, IReadOnlyList<IOperation> roots, BodyFacts facts)
{
    public ISymbol Owner { get; } = owner;

    public IReadOnlyList<IOperation> Roots { get; } = roots;

    public BodyFacts Facts { get; } = facts;

    public Origins Origins { get; } = facts == BodyFacts.Empty ? new Origins(roots) : facts.Origins;

    /// <summary>The call that stands at an operation; null when that does not talk to a store.</summary>
    public DbCall? CallAt(IOperation operation)
    {
        foreach (DbCall call in Facts.Calls)
        {
            if (call.Operation.Syntax == operation.Syntax && call.Operation.Kind == operation.Kind)
                return call;
        }

        return null;
    }

    /// <summary>Whether any operation of the body satisfies the condition; expression trees included on demand.</summary>
    public bool Any(Func<IOperation, bool> condition, bool insideExpressionTrees = false)
    {
        foreach (IOperation root in Roots)
        {
            if (Operations.Any(root, condition, insideExpressionTrees))
                return true;
        }

        return false;
    }
}
