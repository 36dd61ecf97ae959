using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Finds the objects that a pass makes and saves: after the save they know keys that they did not know before.</summary>
internal sealed class SavedObjects(ModelIndex models)
{
    /// <summary>Whether code behind a write uses an object that the pass gave to the store before it, or asks the command for what it returned.</summary>
    public bool AreUsedIn(List<IOperation> rest, IOperation write, BodyFacts body, Iteration iteration)
    {
        HashSet<ISymbol> saved = Before(write, body, iteration);
        ISymbol? command = write is IInvocationOperation call ? Operations.RootSymbol(Operations.Receiver(call)) : null;
        return rest.Any(later => Operations.Any(later, operation => operation switch
        {
            ILocalReferenceOperation { Local: var local } => saved.Contains(local),
            IParameterReferenceOperation { Parameter: var parameter } => saved.Contains(parameter),
            IMemberReferenceOperation member => IsUnknownKey(member, body, iteration) || IsResetKey(member, write, iteration) || IsOutput(member, command),
            _ => false,
        }, insideExpressionTrees: true));
    }

    private HashSet<ISymbol> Before(IOperation write, BodyFacts body, Iteration iteration)
    {
        var saved = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        Operations.Visit(iteration.Body, 0, (operation, _) =>
        {
            if (operation.Syntax.SpanStart >= write.Syntax.SpanStart && !Operations.IsInside(operation, write))
                return true;
            switch (operation)
            {
                case IArgumentOperation { Parent: IInvocationOperation taker, Value: var value } when Stages(taker) || Staging.StateGivenBy(taker) == "Added":
                    Add(Operations.RootSymbol(value));
                    break;
                case IArgumentOperation { Parent: IInvocationOperation, Value: var value } when IsMadeHere(value, body):
                    Add(Operations.Referenced(value));
                    break;
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation, Value: var value } when IsMadeHere(value, body):
                    Add(Operations.Referenced(value));
                    break;
                case IVariableDeclaratorOperation { Symbol: var local, Initializer: { } initializer }
                    when Operations.Any(initializer, part => part is IInvocationOperation staging && Stages(staging)):
                    Add(local);
                    break;
            }

            return true;
        });
        return saved;

        void Add(ISymbol? symbol)
        {
            if (symbol is not null && Operations.IsDeclaredInside(symbol, iteration.Body))
                saved.Add(symbol);
        }
    }

    private bool Stages(IInvocationOperation call) => models.Of(call.TargetMethod)?.Has(DbEffect.Stages) == true;

    private static bool IsMadeHere(IOperation value, BodyFacts body) =>
        Operations.Referenced(value) is ILocalSymbol local && body.Origins.Of(local).Any(assignment => assignment.Value is { } made && Makes(made));

    private static bool Makes(IOperation value) => Operations.Unwrap(value) switch
    {
        IObjectCreationOperation => true,
        ICoalesceOperation coalesce => Makes(coalesce.WhenNull),
        IConditionalOperation { WhenFalse: { } whenFalse } choice => Makes(choice.WhenTrue) || Makes(whenFalse),
        _ => false,
    };

    /// <summary>A key that the pass has set to nothing before the write, <c>order.Id = 0</c>, is read behind it only for what the store has made of it.</summary>
    private static bool IsResetKey(IMemberReferenceOperation member, IOperation write, Iteration iteration)
    {
        if (!IsNamedAsKey(member) || member.Parent is ISimpleAssignmentOperation set && set.Target == member || Operations.RootSymbol(member.Instance) is not { } owner)
            return false;
        return Sets(isNothing: true) && !Sets(isNothing: false);

        bool Sets(bool isNothing) => Operations.Any(iteration.Body, operation => operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation target, Value: var value }
            && operation.Syntax.SpanStart < write.Syntax.SpanStart
            && SymbolEqualityComparer.Default.Equals(target.Member, member.Member)
            && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(target.Instance), owner)
            && Conditions.IsNothing(value) == isNothing);
    }

    private static bool IsNamedAsKey(IMemberReferenceOperation member) => member.Member.Name.EndsWith("Id", StringComparison.Ordinal);

    /// <summary>The id of an object of the pass that no query of the code in view has loaded.</summary>
    private bool IsUnknownKey(IMemberReferenceOperation member, BodyFacts body, Iteration iteration) =>
        IsNamedAsKey(member)
        && Operations.RootSymbol(member.Instance) is ILocalSymbol local
        && Operations.IsDeclaredInside(local, iteration.Body)
        && !iteration.Elements.Contains(local, SymbolEqualityComparer.Default)
        && body.Origins.Of(local).Any(assignment => assignment.Value is not { } value || !IsLoaded(value));

    private bool IsLoaded(IOperation value) => Operations.Unwrap(value) is IInvocationOperation call
        && models.Of(call.TargetMethod) is { } model
        && (model.Effect & (DbEffect.Reads | DbEffect.Enumerates)) != 0;

    /// <summary><c>command.Parameters["@id"].Value</c> or <c>command.LastInsertedId</c>, read as a value.</summary>
    private static bool IsOutput(IMemberReferenceOperation member, ISymbol? command) =>
        command is not null
        && member is IPropertyReferenceOperation { Parent: not (IMemberReferenceOperation or IInvocationOperation) } property
        && !(property.Parent is IAssignmentOperation assignment && assignment.Target == property)
        && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(property), command);
}
