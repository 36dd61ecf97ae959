using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR505: no row before it, and the rows that were meant after it.</summary>
public sealed class NotInWithNullTests
{
    [DatabaseTheory]
    [InlineData("return connection.Query<int>(\"select id from countries where id not in (select categoryid from products) order by id limit 20\").ToList();", "3, 4, 5")]
    [InlineData("return (await connection.QueryAsync<int>(@\"select c.id from countries c where c.id NOT IN (select distinct p.categoryid from products p where p.id < 2 or p.id = 3) order by c.id limit 20\")).ToList();", "2, 3, 4, 5")]
    [InlineData("return connection.Query<int>(\"\"\"\n    select id\n    from countries\n    where id not in (\n        select categoryid\n        from products\n        where price > 0 -- all\n    )\n    order by id\n    limit 20\n    \"\"\").ToList();", "3, 4, 5")]
    [InlineData("int last = 4;\nreturn connection.Query<int>($\"select id from countries where id not in (select categoryid from products where id <> {last}) and id < 5 order by id limit 20\").ToList();", "3, 4")]
    [InlineData("return connection.Query<int>(\"select id from countries where id not in (select p.orderid from customers c left join payments p on p.orderid = c.id) order by id limit 20\").ToList();", "5")]
    [InlineData("return connection.Query<int>(\"select id from countries where @wanted not in (select categoryid from products) order by id limit 20\", new { wanted = 7 }).ToList();", "1, 2, 3, 4, 5")]
    [InlineData("return new List<int> { await connection.ExecuteAsync(\"delete from countries where id not in (select categoryid from products)\") };", "3")]
    [InlineData("return new List<int> { db.Database.ExecuteSqlRaw(\"update countries set code = 'x' where id not in (select categoryid from products)\") };", "3")]
    public Task Rows(string body, string expected) => LostRows.AreFound<NotInWithNull, NotInWithNullFix>(body, expected);
}
