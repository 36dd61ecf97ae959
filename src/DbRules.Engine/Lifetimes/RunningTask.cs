using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>A task that the code goes on without awaiting.</summary>
/// <param name="Ends">What may wait for it: behind each of these it may have ended. Empty where nothing waits.</param>
internal readonly record struct RunningTask(IReadOnlyList<IOperation> Ends)
{
    /// <summary>The task of a call; null where the code awaits it at once, or hands it to code which may.</summary>
    public static RunningTask? Of(IOperation call, BodyFacts body)
    {
        IOperation current = call;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IVariableInitializerOperation or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation:
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" }:
                case IConditionalOperation { Condition: var condition } when condition != current:
                    current = parent;
                    continue;
                case IAwaitOperation:
                    return current == call || IsSame(current, call) ? null : new RunningTask([parent]);
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType.Name: "Task" } } all }:
                    current = all;
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "WaitAll", ContainingType.Name: "Task" } } all }:
                    return new RunningTask([all]);
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation { Local: var list } } }:
                    return OfLocal(list, body, static mention => !IsAddition(mention));
                case ITupleOperation { Parent: { } taker } tuple:
                    while (taker is IConversionOperation)
                        taker = taker.Parent!;
                    if (taker is IDeconstructionAssignmentOperation deconstruction)
                        return TargetOf(tuple, current, deconstruction) is { } target ? OfLocal(target, body, mention => !Operations.IsInside(mention, deconstruction.Target)) : null;
                    current = tuple;
                    continue;
                case IVariableDeclaratorOperation { Symbol: var local }:
                    return OfLocal(local, body, static _ => true);
                case IVariableDeclarationOperation { Declarators: [{ Symbol: var local }] }:
                    return OfLocal(local, body, static _ => true);
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation }:
                    return OfLocal(local, body, static _ => true);
                case ISimpleAssignmentOperation { Target: IDiscardOperation } or IExpressionStatementOperation or IReturnOperation:
                    return new RunningTask([]);
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The local that takes one element of a tuple which is taken apart; null when it is something else.</summary>
    private static ILocalSymbol? TargetOf(ITupleOperation tuple, IOperation element, IDeconstructionAssignmentOperation deconstruction)
    {
        return Declared(deconstruction.Target) is ITupleOperation { Elements: var all } && tuple.Elements.IndexOf(element) is >= 0 and var index && index < all.Length
            ? Operations.Referenced(Declared(all[index])) as ILocalSymbol
            : null;

        static IOperation Declared(IOperation target) => target is IDeclarationExpressionOperation { Expression: var declared } ? declared : target;
    }

    private static bool IsSame(IOperation outer, IOperation call) => Operations.Unwrap(outer) == call;

    /// <summary>Whoever looks at a local that holds tasks may wait for them.</summary>
    private static RunningTask OfLocal(ILocalSymbol local, BodyFacts body, Func<IOperation, bool> counts) =>
        new([.. body.Origins.MentionsOf(local).Where(mention => !Operations.IsTarget(mention) && counts(mention))]);

    private static bool IsAddition(IOperation mention) => mention.Parent is IInvocationOperation { TargetMethod.Name: "Add", Instance: { } instance } && instance == mention;
}
