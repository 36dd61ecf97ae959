using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR506: no row before it, and the rows that were meant after it.</summary>
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
    public Task Rows(string body, string expected) => LostRows.AreFound<NullComparedBySign, NullComparedBySignFix>(body, expected);

    [DatabaseFact]
    public Task Write() => LostRows.AreFound<NullComparedBySign, NullComparedBySignFix>(
        """
        await connection.OpenAsync(ct);
        using var command = connection.CreateCommand();
        command.CommandText = "delete from payments where orderid = null or amount <> null";
        return new List<int> { await command.ExecuteNonQueryAsync(ct) };
        """,
        "32");
}
