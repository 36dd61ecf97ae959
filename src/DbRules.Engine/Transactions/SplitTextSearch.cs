using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>Finds texts whose writing statements belong together and are durable one by one.</summary>
internal sealed class SplitTextSearch(Commits commits, OuterTransactions outer, Dialects dialects)
{
    /// <summary>The texts of a body, in source order; one answer for each call.</summary>
    /// <param name="body">The body.</param>
    /// <param name="dialect">The word of the dialect that is used where types do not tell it.</param>
    public IEnumerable<UncoveredStatements> In(BodyFacts body, string? dialect)
    {
        foreach (DbCall call in body.Calls)
        {
            if (call.Model?.Has(DbEffect.WritesBySql) != true || call.Command.Script is not { Statements.Count: > 1 } script)
                continue;
            SqlStatement[] writes = [.. WritingCalls.StatementsOf(call).Where(static statement => statement.Target is { } target && !WriteGaps.IsNote(target.Name))];
            if (writes.Length > 1
                && StatementTies.Of(call.Command, writes) is ({ } first, { } second)
                && CommitsEach(dialects.Of(call, dialect))
                && commits.Of(call) is { } commit
                && !WriteGaps.IsMeant(commit, body)
                && !outer.MayBeOpenAt(call.Operation, body))
            {
                yield return new UncoveredStatements(commit, first, second, LocationOf(first, call), LocationOf(second, call));
            }
        }
    }

    /// <summary>
    /// Whether a database makes each statement of a text durable by itself when no transaction is open. PostgreSQL runs a text as one transaction.
    /// </summary>
    private static bool CommitsEach(SqlDialect dialect) => dialect is SqlDialect.SqlServer or SqlDialect.MySql or SqlDialect.Sqlite;

    private static Location LocationOf(SqlStatement statement, DbCall call) =>
        call.Command.LocationOf(statement.Verb) is { } verb && call.Body.Roots.Any(root => root.Syntax.SyntaxTree == verb.SourceTree && root.Syntax.Span.Contains(verb.SourceSpan))
            ? verb
            : call.Location;
}
