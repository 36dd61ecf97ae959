using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Decides whether all rows of a command are in memory at once: the call gathers them itself, or the code that walks them does.</summary>
internal sealed class StoredRows(ModelIndex models)
{
    /// <summary>Whether a call that sends SQL keeps all rows. False when that is not known.</summary>
    public bool Of(DbCall call)
    {
        if (call is not { Rows: RowCount.Many, IsRoundTrip: true, Invocation: { } invocation, Model: { } model } || model.Has(DbEffect.Lazy))
            return false;
        if (model.Plays("return", ParameterRole.Acquires))
            return IsWalkedIntoMemory(invocation, call.Body);
        // What a command starts without handing out a reader somebody else reads.
        bool isCommand = model.Plays("this", ParameterRole.Command) && Operations.Receiver(invocation)?.Type is { } receiver && models.Of(receiver)?.Has(TypeTraits.Command) == true;
        return !isCommand && IsBuffered(call);
    }

    private bool IsBuffered(DbCall call)
    {
        IOperation? flag = call.Argument(ParameterRole.Buffered);
        if (call.Argument(ParameterRole.Command) is { } command)
        {
            if (call.Body.Origins.Resolve(command) is not IObjectCreationOperation { Constructor: { } constructor, Arguments: var arguments })
                return call.Argument(ParameterRole.Sql) is null;
            if (models.Of(constructor)?.Parameters.TryGetValue(ParameterRole.Buffered, out string? name) == true)
                flag = Operations.Argument(arguments, name);
        }

        return flag is null || flag.ConstantValue.Value switch
        {
            bool isBuffered => isBuffered,
            int flags => (flags & 1) != 0,
            _ => false,
        };
    }

    private bool IsWalkedIntoMemory(IOperation reader, BodyFacts body) => body.Roots.Any(root => Operations.Any(root, operation =>
        operation is IInvocationOperation use
        && models.Of(use.TargetMethod) is { } model
        && (model.Has(DbEffect.Advances)
            ? use.Instance is { } cursor && body.Origins.Resolve(cursor) == reader && LoopOf(use) is { } loop && KeepsRows(loop, body.Origins)
            : model.Has(DbEffect.Enumerates) && model.Parameters.TryGetValue(ParameterRole.Source, out string? source) && Operations.Argument(use, source) is { } rows && body.Origins.Resolve(rows) == reader)));

    /// <summary>The loop whose condition moves the cursor; null when it moves once.</summary>
    private static IWhileLoopOperation? LoopOf(IOperation move)
    {
        for (IOperation? parent = move.Parent; parent is not (null or IBlockOperation or IAnonymousFunctionOperation); parent = parent.Parent)
        {
            if (parent is IWhileLoopOperation { Condition: { } condition } loop && Operations.IsInside(move, condition))
                return loop;
        }

        return null;
    }

    /// <summary>Every pass puts something into a collection that outlives the loop, and nothing ends the loop early or empties the collection.</summary>
    private static bool KeepsRows(IWhileLoopOperation loop, Origins origins)
    {
        ISymbol? kept = null;
        bool mayEnd = Operations.Any(loop.Body, operation =>
        {
            switch (operation)
            {
                case IBranchOperation { BranchKind: BranchKind.Break } or IReturnOperation:
                    return true;
                case IInvocationOperation { Instance: { } collection, Arguments.Length: > 0 } add when IsAddition(add.TargetMethod) && Sequences.IsSequence(collection.Type):
                    kept ??= Outliving(collection, loop);
                    return false;
                case IAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } } when Sequences.IsSequence(collection.Type):
                    kept ??= Outliving(collection, loop);
                    return false;
                case IInvocationOperation { TargetMethod.Name: "Clear" }:
                    return true;
                default:
                    return false;
            }
        });
        return !mayEnd && kept is not null && !origins.Of(kept).Any(assignment => Operations.IsInside(assignment.Site, loop.Body)) && !Sequences.IsHandedOn(kept, loop.Body);
    }

    private static bool IsAddition(IMethodSymbol method) =>
        method.Name.StartsWith("Add", StringComparison.Ordinal) || method.Name is "TryAdd" or "Enqueue" or "Push" or "Append" or "AddLast" or "Insert";

    /// <summary>The local or parameter behind a collection, where the loop does not declare it. What a field keeps is kept on purpose.</summary>
    private static ISymbol? Outliving(IOperation collection, IOperation loop) =>
        Operations.RootSymbol(collection) is { Kind: SymbolKind.Local or SymbolKind.Parameter } symbol && !Operations.IsDeclaredInside(symbol, loop) ? symbol : null;
}
