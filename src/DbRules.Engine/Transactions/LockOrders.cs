using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds writes that lock one row after another, within one transaction, in the order in which the caller names them.</summary>
internal sealed class LockOrders(CompilationContext context, OpenTransactions open, RowWrites rowWrites)
{
    /// <summary>Operators behind each other on the way to where a sequence is made.</summary>
    private const int LongestChain = 32;

    /// <summary>The iteration whose order a write follows; null when it writes no rows of the element, when no transaction holds its locks, or when the order is the code's own.</summary>
    public Iteration? Of(DbCall write, int smallSequence)
    {
        if (!Locks(write)
            || write.RepetitionBeyond(smallSequence).PerElement is not { Source: { } source } iteration
            || !rowWrites.IsOfElement(write, iteration)
            || !IsInTransaction(write, iteration))
        {
            return null;
        }

        return IsGivenInAnyOrder(source, write.Body) ? iteration : null;
    }

    /// <summary>Whether a write locks rows that are there already: one that only inserts waits for nobody.</summary>
    public static bool Locks(DbCall call) => call.Model is { } model && call.IsRoundTrip && (model.Has(DbEffect.WritesBySql)
        ? WritingCalls.StatementsOf(call).Any() && WritingCalls.StatementsOf(call).All(static statement => statement.Kind is SqlStatementKind.Update or SqlStatementKind.Delete)
        : model.Has(DbEffect.Writes) && call.Query is not null);

    private bool IsInTransaction(DbCall write, Iteration iteration) =>
        (write.TryGetTransaction(out IOperation? given) && given is not null && !Operations.Any(given, part => Operations.Referenced(part) is { } symbol && Operations.IsDeclaredInside(symbol, iteration.Body)))
        || open.Of(write.Body).Any(transaction => !iteration.Repeats(transaction.Begin) && transaction.IsSurelyOpenAt(write.Operation));

    /// <summary>A parameter, or part of one, that nothing in the body sorts.</summary>
    private bool IsGivenInAnyOrder(IOperation source, BodyFacts body)
    {
        IOperation current = body.Origins.Resolve(source);
        for (int depth = 0; depth < LongestChain && current is IInvocationOperation call && Operations.Receiver(call) is { } receiver; depth++)
        {
            if (context.Models.Of(call.TargetMethod) is not { } model || model.Has(DbEffect.RoundTrip) || call.TargetMethod.Name.StartsWith("Order", StringComparison.Ordinal))
                return false;
            current = body.Origins.Resolve(receiver);
        }

        return Operations.RootSymbol(current) is IParameterSymbol parameter
            && current is IParameterReferenceOperation or IPropertyReferenceOperation
            && body.Origins.Of(parameter).Count == 0
            && !SpeaksOfOrder(current.Type?.Name)
            && !SpeaksOfOrder((current as IPropertyReferenceOperation)?.Property.Name ?? parameter.Name)
            && !body.Roots.Any(root => Operations.Any(root, operation => operation is IInvocationOperation { TargetMethod.Name: var name } sort
                && name.StartsWith("Sort", StringComparison.Ordinal)
                && (SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(Operations.Receiver(sort)), parameter) || sort.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(argument.Value), parameter)))));
    }

    private static bool SpeaksOfOrder(string? name) => name is not null && (name.IndexOf("Sorted", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("Ordered", StringComparison.OrdinalIgnoreCase) >= 0);
}
