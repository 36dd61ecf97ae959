using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>
/// Work that goes over the rows of a query of its own, and takes nothing from the code before it: what is put right in one table, and then in another. Each such sweep is whole
/// by itself, and the next run goes over the same rows again.
/// </summary>
internal static class RowSweeps
{
    /// <summary>Whether all that stands behind the first and leads to the second is such a sweep.</summary>
    public static bool IsOne(Commit first, Commit second, BodyFacts body)
    {
        if (!second.IsSave)
            return false;
        IOperation before = first.Operation;
        IOperation function = Operations.EnclosingFunction(second.Operation) ?? Operations.RootOf(second.Operation);
        return ReadsManyRows(before, second, body)
            && Operations.Any(function, operation => operation is IForEachLoopOperation && IsBehind(operation, before, second))
            && !Operations.Any(function, operation => IsBehind(operation, before, second) && TakesValue(operation, before, second, function), insideExpressionTrees: true);
    }

    private static bool ReadsManyRows(IOperation before, Commit second, BodyFacts body) => body.Calls.Any(call =>
        IsBehind(call.Operation, before, second) && call.IsRoundTrip && call.Reads && call.Rows == RowCount.Many);

    private static bool IsBehind(IOperation operation, IOperation before, Commit second) =>
        operation.Syntax.SpanStart >= before.Syntax.Span.End && operation.Syntax.SpanStart < second.Operation.Syntax.Span.End;

    /// <summary>Whether an operation reads a variable of the code before, or a member that the function sets; the session and a token are what all of it shares.</summary>
    private static bool TakesValue(IOperation operation, IOperation before, Commit second, IOperation function) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => IsOfBefore(local, before, second) && !IsOnlyAddedTo(operation),
        IParameterReferenceOperation { Parameter: var parameter } => IsOfBefore(parameter, before, second),
        IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } own => Operations.Any(function, earlier =>
            earlier is IAssignmentOperation { Target: IMemberReferenceOperation target }
            && (SymbolEqualityComparer.Default.Equals(target.Member, own.Member) || SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(target.Instance), own.Member))),
        _ => false,
    };

    private static bool IsOfBefore(ISymbol variable, IOperation before, Commit second) =>
        !WellKnownTypes.IsCancellationToken(Operations.TypeOf(variable))
        && !second.Session.Path.Contains(variable, SymbolEqualityComparer.Default)
        && !variable.DeclaringSyntaxReferences.Any(declared => declared.Span.Start >= before.Syntax.Span.End);

    /// <summary><c>count += await db.SaveChangesAsync()</c>: nothing is read.</summary>
    private static bool IsOnlyAddedTo(IOperation variable) => variable.Parent is IAssignmentOperation assignment && assignment.Target == variable;
}
