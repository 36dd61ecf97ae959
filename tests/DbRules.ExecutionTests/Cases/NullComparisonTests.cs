using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR506: no row before it, and the rows that were meant after it.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class NullComparisonTests
{
    [DatabaseTheory]
    [InlineData("return connection.Query<int>(\"select id from products where categoryid = null order by id limit 20\").ToList();", "3, 6, 9, 12")]
    [InlineData("return (await connection.QueryAsync<int>(@\"select id from products where id < 4 and categoryid <> NULL order by id limit 20\")).ToList();", "1, 2")]
    [InlineData("int last = 4;\nreturn connection.Query<int>($\"select id from products where NULL = categoryid and id < {last} order by id limit 20\").ToList();", "3")]
    [InlineData("return connection.Query<int>(\"\"\"\n    select id\n    from products\n    where id in (select id from products where (categoryid) != NULL and id < 3)\n    order by id\n    limit 20\n    \"\"\").ToList();", "1, 2")]
    [InlineData("return connection.Query<int>(\"select p.id from products p \" + \"join products q on q.id = p.id and q.categoryid = NULL where p.id < 7 order by p.id limit 20\").ToList();", "3, 6")]
    [InlineData("return connection.Query<int>(\"select case when categoryid = null then id else 0 end from products where id in (3, 4) order by 1 limit 20\").Where(id => id > 0).ToList();", "3")]
    [InlineData("return new List<int> { db.Database.ExecuteSqlRaw(\"update products set price = 1 where categoryid = NULL\") };", "4")]
    public async Task Rows(string body, string expected)
    {
        string before = Code(body);
        string after = await ExecutionVerifier.FixedStateCompiles<NullComparedBySign, NullComparedBySignFix>(before);
        Assert.Contains((await ExecutionVerifier.RunAsync(before)).Result, new[] { "\"\"", "\"0\"" });
        Assert.Equal($"\"{expected}\"", (await ExecutionVerifier.RunAsync(after)).Result);
    }

    [DatabaseFact]
    public async Task Write()
    {
        string before = Code(
            """
            await connection.OpenAsync(ct);
            using var command = connection.CreateCommand();
            command.CommandText = "delete from payments where orderid = null or amount <> null";
            return new List<int> { await command.ExecuteNonQueryAsync(ct) };
            """);
        string after = await ExecutionVerifier.FixedStateCompiles<NullComparedBySign, NullComparedBySignFix>(before);
        Assert.Equal("\"0\"", (await ExecutionVerifier.RunAsync(before)).Result);
        Assert.Equal("\"32\"", (await ExecutionVerifier.RunAsync(after)).Result);
    }

    private static string Code(string body) =>
        $$"""
        static class Snippet
        {
            public static async Task<string> Run(ShopContext db, DbConnection connection, CancellationToken ct) => string.Join(", ", await Found(db, connection, ct));

            private static async Task<List<int>> Found(ShopContext db, DbConnection connection, CancellationToken ct)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;
}
