using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>
/// Updates that write a state of rows by a statement, which others see while the work goes on, until the same state of the same rows is written again:
/// <c>update jobs set state = 'running' where id = @id</c>, and at the end <c>update jobs set state = 'done' where id = @id</c>.
/// </summary>
internal static class StateMarks
{
    /// <summary>Whether the first write only holds until the second: both write a state of the same rows.</summary>
    public static bool AreOfSameRows(DbCall first, DbCall second) => OfQueries(first, second) || OfTexts(first, second);

    /// <summary>Whether the first write marks one row with a state, and the code sets that state of such an object before the second, which saves it.</summary>
    public static bool IsOfSavedRow(DbCall first, IOperation save) =>
        FindsByKey(first)
        && StatesSetBy(first) is { Count: > 0 } states
        && Operations.Any(Operations.RootOf(save), operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var set } }
            && Operations.IsBetween(operation, first.Operation, save)
            && states.Exists(state => SymbolEqualityComparer.Default.Equals(state, set)));

    private static bool OfQueries(DbCall first, DbCall second) =>
        first.Source is { } rows && second.Source is { } same
        && StatesSetBy(first) is { Count: > 0 } states && StatesSetBy(second).Exists(state => states.Contains(state, SymbolEqualityComparer.Default))
        && SameExpressions.AreSame(rows, same, static _ => false);

    private static List<IPropertySymbol> StatesSetBy(DbCall update) => [.. MembersSetBy(update).Where(static set => StateIn(set.Value) is not null).Select(static set => set.Member)];

    /// <summary>The properties that a set-based update sets, and what to: those that its arguments name in a lambda with a value beside it. Empty for any other call.</summary>
    public static List<(IPropertySymbol Member, IOperation Value)> MembersSetBy(DbCall update)
    {
        var members = new List<(IPropertySymbol Member, IOperation Value)>();
        if (update.Query is null || update.Invocation is not { } call)
            return members;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            Operations.Any(
                argument.Value,
                operation =>
                {
                    if (operation is IInvocationOperation { Arguments: [{ Value: var target }, { Value: var value }] }
                        && KeyPredicate.LambdaOf(target) is { Body.Operations: [IReturnOperation { ReturnedValue: { } member }] } && Operations.Unwrap(member) is IPropertyReferenceOperation { Property: var property })
                    {
                        members.Add((property, value));
                    }

                    return false;
                },
                insideExpressionTrees: true);
        }

        return members;
    }

    /// <summary>Whether a condition gives the rows' own key.</summary>
    private static bool FindsByKey(DbCall update) => update.Query is { } query && query.Steps.Any(static use =>
        use.Call.Arguments.Any(static argument => KeyPredicate.LambdaOf(argument.Value) is { Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] }
            && KeyPredicate.Conjuncts(Operations.Unwrap(condition)).Any(static part => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality && (IsKey(equality.LeftOperand) || IsKey(equality.RightOperand)))));

    private static bool IsKey(IOperation side) => Operations.Unwrap(side) is IPropertyReferenceOperation { Property.Name: "Id", Instance: IParameterReferenceOperation };

    /// <summary>The name of the state that a value is: a constant of an enumeration, or a text; null for any other value.</summary>
    public static string? StateIn(IOperation value) => Operations.Unwrap(value) switch
    {
        IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum, Name: var name } } => name,
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        _ => null,
    };

    private static bool OfTexts(DbCall first, DbCall second) =>
        OnlyUpdateIn(first) is { Target: { } table, Where: { } rows } update && OnlyUpdateIn(second) is { Target: { } sameTable, Where: { } sameRows } next
        && string.Equals(table.Name, sameTable.Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(TextOf(first, rows), TextOf(second, sameRows), StringComparison.OrdinalIgnoreCase)
        && StatesIn(first, update).Intersect(StatesIn(second, next), StringComparer.OrdinalIgnoreCase).Any();

    private static SqlStatement? OnlyUpdateIn(DbCall write) => WritingCalls.StatementsOf(write).ToArray() is [{ Kind: SqlStatementKind.Update, IsUnderstood: true } update] ? update : null;

    /// <summary>The columns that are given a text.</summary>
    private static IEnumerable<string> StatesIn(DbCall write, SqlStatement update) => update.Assignments
        .Where(assignment => assignment.Operands is [{ IsColumn: true }, { } value] && TextOf(write, value).StartsWith("'", StringComparison.Ordinal))
        .Select(static assignment => assignment.Operands[0].Name);

    private static string TextOf(DbCall write, SqlExpression expression) => write.Command.Script!.Text.Slice(expression.Span);
}
