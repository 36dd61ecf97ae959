using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds where <c>using</c> can release what a local holds.</summary>
internal sealed class UsingPlaces(LateUses lateUses)
{
    /// <summary>The place for what a local holds; null where <c>using</c> cannot stand, or would release what is still in use.</summary>
    public UsingPlace? Of(Acquisition acquisition, Custody custody, BodyFacts body)
    {
        if (custody.IsUnclear || custody.Handovers.Count > 0
            || acquisition.Destination.Site is not IVariableDeclaratorOperation { Parent: IVariableDeclarationOperation { Declarators.Length: 1, Parent: IVariableDeclarationGroupOperation { Declarations.Length: 1 } group } }
            || StatementsAround(group) is not { IsEmpty: false } statements)
        {
            return null;
        }

        // A using local can neither be assigned nor passed by reference, and no jump may lead over its declaration.
        if (body.Origins.Of(acquisition.Holder!).Count != 1 || statements.Any(static statement => statement is ILabeledOperation))
            return null;
        // A task that is awaited later is no resource.
        if (!SymbolEqualityComparer.Default.Equals(Tasks.ResultOf(acquisition.Holder!.Type), acquisition.Holder.Type) || lateUses.MayFollow(acquisition, custody, body))
            return null;
        return new UsingPlace(group.Syntax.GetLocation(), AsyncRelease.IsPossible(acquisition, acquisition.Holder.Type, body), Needless(custody, statements), group.Parent is ISwitchCaseOperation);
    }

    private static ImmutableArray<IOperation> StatementsAround(IOperation statement) => statement.Parent switch
    {
        IBlockOperation block => block.Operations,
        ISwitchCaseOperation section => section.Body,
        _ => [],
    };

    /// <summary>The releases at the end of the statements around the declaration, with at most a jump behind them that does no work: <c>using</c> releases there by itself.</summary>
    private static ImmutableArray<Location> Needless(Custody custody, ImmutableArray<IOperation> statements)
    {
        var found = new List<Location>();
        for (int last = statements.Length - 1; last >= 0; last--)
        {
            IOperation statement = statements[last];
            if (last == statements.Length - 1 && IsIdleJump(statement))
                continue;
            if (!custody.Releases.Exists(release => IsAll(statement, release)))
                break;
            found.Add(statement.Syntax.GetLocation());
        }

        found.Reverse();
        return [.. found];
    }

    /// <summary>A jump that evaluates nothing which takes its time: there is no reason to release before it.</summary>
    private static bool IsIdleJump(IOperation statement) => statement switch
    {
        IReturnOperation { ReturnedValue: var value } => value is null || !Operations.Any(value, static part => part is IInvocationOperation or IObjectCreationOperation or IAwaitOperation or IDynamicInvocationOperation),
        IBranchOperation { BranchKind: BranchKind.Break or BranchKind.Continue } => true,
        _ => false,
    };

    /// <summary>Whether a statement does nothing but release, perhaps behind a test of the object.</summary>
    private static bool IsAll(IOperation statement, Release release) => statement switch
    {
        IExpressionStatementOperation { Operation: IConditionalAccessOperation { WhenNotNull: var call } } => call == release.Call,
        IExpressionStatementOperation { Operation: var expression } => Operations.Unwrap(expression) == release.Call,
        IConditionalOperation { Condition: var condition, WhenTrue: var then, WhenFalse: null } when condition == release.Barrier => IsAll(then is IBlockOperation { Operations: [var only] } ? only : then, release),
        _ => false,
    };
}
