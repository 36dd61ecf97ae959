using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Where the rows of a query come into memory, and what stands directly on them.</summary>
internal static class FetchedRows
{
    /// <summary>The call that makes a list or an array of a query, or the one that leaves the store; null for any other read.</summary>
    public static IInvocationOperation? BoundaryOf(DbCall call, CompilationContext context)
    {
        if (call.Source is null || !call.Reads)
            return null;
        if (call.Invocation is { } terminal && Operations.Receiver(terminal) is { } receiver && context.Types.IsQueryable(Operations.Unwrap(receiver).Type))
            return call.Rows == RowCount.Many && terminal.TargetMethod.Name is "ToList" or "ToArray" or "ToListAsync" or "ToArrayAsync" ? terminal : null;
        IOperation current = call.Operation;
        while (current is IInvocationOperation operation && Operations.Receiver(operation) is { } below)
        {
            below = Operations.Unwrap(below);
            if (context.Types.IsQueryable(below.Type))
                return context.Models.Of(operation.TargetMethod)?.Has(DbEffect.LeavesStore) == true && operation.TargetMethod.Name.StartsWith("As", StringComparison.Ordinal) && operation.TargetMethod.Name.EndsWith("Enumerable", StringComparison.Ordinal) ? operation : null;
            current = below;
        }

        return null;
    }

    /// <summary>A value with what only waits for it or converts it.</summary>
    public static IOperation Outermost(IOperation value)
    {
        IOperation current = value;
        while (true)
        {
            if (current.Parent is IAwaitOperation or IParenthesizedOperation or IConversionOperation { IsImplicit: true })
                current = current.Parent;
            else if (current.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } awaited } && awaited == current)
                current = current.Parent;
            else if (current.Parent is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" or "WithCancellation", IsExtensionMethod: true } } stream })
                current = stream;
            else
                return current;
        }
    }

    /// <summary>The operator or property that works on a value; null when something else does.</summary>
    public static IOperation? NextOf(IOperation value)
    {
        IOperation outermost = Outermost(value);
        return outermost.Parent switch
        {
            IInvocationOperation { Instance: { } instance } call when instance == outermost => call,
            IPropertyReferenceOperation { Instance: { } instance, Arguments.Length: 0 } property when instance == outermost => property,
            IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call } => call,
            _ => null,
        };
    }

    /// <summary>The type of the rows of a sequence, awaited or not, a query that includes more or a list; null for anything else.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol? sequence)
    {
        sequence = Tasks.YieldOf(sequence) ?? sequence;
        return Sequences.ElementType(sequence)
            ?? sequence?.AllInterfaces.FirstOrDefault(implemented => implemented.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];
    }
}
