using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fix of DBR501 for a list in a text of EF Core: an array is one value for this database.</summary>
public sealed class SplicedListTests
{
    [DatabaseTheory]
    [InlineData("var sql = $\"delete from customers where name in ('{string.Join(\"','\", names)}')\"; return db.Database.ExecuteSqlRaw(sql);", "name = 'Customer 2'")]
    [InlineData("var sql = $\"update customers set email = 'none' where id < 4 and name not in ('{string.Join(\"','\", names)}')\"; return await db.Database.ExecuteSqlRawAsync(sql, ct);", "name = 'Customer 2'")]
    [InlineData("var sql = \"select * from customers where name in (\" + string.Join(\",\", names.Select(n => $\"'{n}'\")) + \") and email <> '\" + value + \"'\"; return db.Customers.FromSqlRaw(sql).Count();", "1 = 1")]
    public async Task Of_a_context(string body, string condition)
    {
        string before = Source(body, "Customer 3");
        string after = await ExecutionVerifier.FixedStateCompiles<SplicedValue, SplicedValueFix>(before);
        Assert.DoesNotContain("string.Join", after, StringComparison.Ordinal);
        await ExecutionVerifier.SameResult(before, after);

        string hostile = $"x') OR {condition} -- ";
        SnippetOutcome changed = await ExecutionVerifier.OutcomeOf(before.Replace("Customer 3", hostile, StringComparison.Ordinal));
        SnippetOutcome data = await ExecutionVerifier.OutcomeOf(after.Replace("Customer 3", hostile, StringComparison.Ordinal));
        SnippetOutcome nobody = await ExecutionVerifier.OutcomeOf(after.Replace("Customer 3", "nobody has this name", StringComparison.Ordinal));
        Assert.NotEqual((nobody.Result, nobody.Rows), (changed.Result, changed.Rows));
        Assert.Equal((nobody.Result, nobody.Rows), (data.Result, data.Rows));
    }

    private static string Source(string body, string value) =>
        $$"""
        public static class Snippet
        {
            public static Task<object?> Run(ShopContext db, CancellationToken ct) => Change(db, "{{value}}", ct);

            public static async Task<object?> Change(ShopContext db, string value, CancellationToken ct)
            {
                await Task.Yield();
                string[] names = [value, "Customer 1"];
                {{body.Replace("; return", ";\n        return", StringComparison.Ordinal)}}
            }
        }
        """;
}
