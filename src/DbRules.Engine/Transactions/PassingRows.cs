using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>
/// Rows that are only there for queries: a method that reads, by its name, makes them, asks for others together with them, and leaves without a commit so that they
/// are gone again. Nobody but the queries ever sees them.
/// </summary>
internal static class PassingRows
{
    private static readonly string[] ReadingVerbs = ["Get", "Find", "List", "Search", "Query", "Count", "Load", "Read", "Fetch"];

    /// <summary>Words behind a verb that speak of something made to stay.</summary>
    private static readonly string[] MakingWords = ["Or", "Next", "New"];

    /// <summary>Whether all that a transaction writes are such rows.</summary>
    /// <param name="transaction">A transaction that nothing commits.</param>
    /// <param name="written">What surely writes in it.</param>
    /// <param name="body">The body that opens it.</param>
    public static bool AreAllOf(OpenTransaction transaction, IOperation[] written, BodyFacts body)
    {
        if (body.Owner is not IMethodSymbol { ReturnsVoid: false } owner || !SpeaksOfReading(owner.Name))
            return false;
        int last = written.Max(static write => write.Syntax.SpanStart);
        DbCall[] inside = [.. body.Calls.Where(call => transaction.MayBeOpenAt(call.Operation))];
        // What is read first may be changed, and saved with the rest.
        if (inside.Any(call => call.Operation.Syntax.SpanStart < last && call.IsRoundTrip && call.Reads && !written.Contains(call.Operation) && call.Model?.Has(DbEffect.Begins) != true))
            return false;
        DbCall[] queries = [.. inside.Where(call => call.Operation.Syntax.SpanStart > last && call.IsRoundTrip && call.Reads)];
        return (queries.Length > 0 || MayAskBehind(last, transaction, body)) && written.All(write => inside.FirstOrDefault(call => call.Operation == write) is { } call
            && (call.Model?.Has(DbEffect.Saves) == true ? SavesOwnRows(inside, last, body) : InsertsFor(call, queries)));
    }

    /// <summary>A call that does not bind may be the query.</summary>
    private static bool MayAskBehind(int last, OpenTransaction transaction, BodyFacts body) => body.Roots.Any(root => Operations.Any(root, operation =>
        operation is IInvalidOperation { Syntax: InvocationExpressionSyntax } && operation.Syntax.SpanStart > last && transaction.MayBeOpenAt(operation)));

    private static bool SpeaksOfReading(string name) =>
        Array.Exists(ReadingVerbs, verb => name.StartsWith(verb, StringComparison.Ordinal) && EndsWord(name, verb.Length) && !Array.Exists(MakingWords, word => IsWordAt(name, verb.Length, word)));

    private static bool IsWordAt(string name, int start, string word) => string.CompareOrdinal(name, start, word, 0, word.Length) == 0 && EndsWord(name, start + word.Length);

    private static bool EndsWord(string name, int end) => name.Length == end || !char.IsLower(name[end]);

    /// <summary>What is staged is new, made here, and not used again once it is saved.</summary>
    private static bool SavesOwnRows(DbCall[] inside, int last, BodyFacts body)
    {
        DbCall[] staged = [.. inside.Where(static call => call.Model?.Has(DbEffect.Stages) == true && !call.IsRoundTrip)];
        return staged.Length > 0 && staged.All(call => call.Operation.Syntax.SpanStart < last
            && call.Name.StartsWith("Add", StringComparison.Ordinal)
            && call.Argument(ParameterRole.Entity) is { } entity
            && IsPassing(Operations.Unwrap(entity)));

        bool IsPassing(IOperation entity) => entity is ILocalReferenceOperation { Local: var local }
            ? body.Origins.Of(local).All(static assignment => assignment.Value is { } value && IsMade(Operations.Unwrap(value))) && body.Origins.MentionsOf(local).All(mention => mention.Syntax.SpanStart < last)
            : IsMade(entity);
    }

    private static bool IsMade(IOperation value) => value is IObjectCreationOperation or IInvocationOperation { TargetMethod.IsStatic: true };

    /// <summary>The rows go into tables that a query behind joins with others.</summary>
    private static bool InsertsFor(DbCall call, DbCall[] queries) =>
        call.Command.Script is { } script
        && script.Statements.All(static statement => statement is { Kind: SqlStatementKind.Insert, Target: not null })
        && script.Statements.All(insert => queries.Any(query => query.Command.Script?.Statements.Any(select => Joins(select, insert.Target!.StatedName)) == true));

    private static bool Joins(SqlStatement select, string table) =>
        select.Kind == SqlStatementKind.Select && select.Tables.Count > 1 && select.Tables.Any(use => use.Table.StatedName.Equals(table, StringComparison.OrdinalIgnoreCase));
}
