using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fix of DBR509: the same rows, those of the first and the last moment among them. The other database has no type for points in time.</summary>
public sealed class DateRangeTests
{
    [DatabaseTheory]
    [InlineData("date(seen_at) = '2026-01-31'")]
    [InlineData("cast(seen_at as date) = date '2026-01-31'")]
    [InlineData("seen_at::date = cast(@day as date)")]
    [InlineData("date(v.seen_at) = @day::date and id > 0")]
    [InlineData("extract(year from seen_at) = 2026")]
    public async Task Same_rows(string condition)
    {
        string before =
            $$"""
            static class Snippet
            {
                public static object? Run(DbConnection given)
                {
                    var connection = (Npgsql.NpgsqlConnection)given;
                    connection.Open();
                    connection.Execute("create temp table visits (id int, seen_at timestamp)");
                    connection.Execute("insert into visits values (1, '2025-12-31 23:59:59.999999'), (2, '2026-01-01'), (3, '2026-01-30 23:59:59.999999'), (4, '2026-01-31'), (5, '2026-01-31 23:59:59.999999'), (6, '2026-02-01'), (7, '2027-01-01'), (8, null)");
                    return connection.Query<int>("select id from visits v where {{condition}} order by id limit 20", new { day = new DateTime(2026, 1, 31, 7, 30, 0) }).ToList();
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<ColumnHiddenFromIndex, ColumnHiddenFromIndexFix>(before, schema: "CREATE TABLE visits (id int, seen_at timestamp);");
        (SnippetOutcome found, _) = await ExecutionVerifier.SameResult(before, after);
        Assert.Contains("4", found.Result);
    }
}
