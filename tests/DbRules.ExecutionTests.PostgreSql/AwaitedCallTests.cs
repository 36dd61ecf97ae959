using DbRules.CodeFixes.ResultSize;
using DbRules.ExecutionTests.Cases;
using DbRules.Rules.ResultSize;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fix of DBR210: the same result, rows and commands, awaited. On SQLite the rule is quiet, so that it has nothing to fix.</summary>
public sealed class AwaitedCallTests
{
    [DatabaseTheory]
    [InlineData("return db.Orders.Where(o => o.Open).OrderBy(o => o.Id).ToList();", 1)]
    [InlineData("return db.Orders.OrderBy(o => o.Id).First().Number + db.Orders.Find(3)!.Number;", 2)]
    [InlineData("return (db.Orders.Count(), db.Orders.Any(o => o.Open), db.Payments.Max(p => p.Id)).ToString();", 3)]
    [InlineData("return db.Customers.ToDictionary(c => c.Id, c => c.Name).Count;", 1)]
    [InlineData("var sum = 0; foreach (var order in db.Orders.Where(o => o.Open)) sum += order.Id; return sum;", 1)]
    [InlineData("var order = db.Orders.First(o => o.Id == 3); order.Number = \"new\"; db.SaveChanges(); return null;", 2)]
    [InlineData("return db.Payments.Where(p => p.OrderId < 9).ExecuteDelete();", 1)]
    [InlineData("return db.Database.ExecuteSqlRaw(\"delete from \\\"Payments\\\" where \\\"OrderId\\\" = {0} or \\\"OrderId\\\" = {1}\", 3, 4);", 1)]
    [InlineData("using var transaction = db.Database.BeginTransaction(); var order = db.Orders.First(o => o.Id == 3); order.Number = \"new\"; db.SaveChanges(); transaction.Commit(); return null;", 2)]
    [InlineData("using (var transaction = db.Database.BeginTransaction()) { db.Payments.Where(p => p.OrderId < 9).ExecuteDelete(); transaction.Rollback(); } return db.Payments.Count();", 2)]
    public Task Awaited(string body, int commands) => AwaitedSnippet.SameCommands<SynchronousCallInAsyncCode, SynchronousCallInAsyncCodeFix>(body, commands);

    [DatabaseTheory]
    [InlineData("return connection.Query<string>(\"select \\\"Number\\\" from \\\"Orders\\\" order by \\\"Id\\\"\").ToList();", 1)]
    [InlineData("return connection.QueryFirst<string>(\"select \\\"Name\\\" from \\\"Customers\\\" where \\\"Id\\\" = @id\", new { id = 4 }).Length;", 1)]
    [InlineData("return connection.Execute(sql: \"delete from \\\"Payments\\\" where \\\"OrderId\\\" = @id\", param: new { id = 4 }, commandTimeout: 30);", 1)]
    [InlineData("connection.Open(); using var command = connection.CreateCommand(); command.CommandText = \"select \\\"Id\\\" from \\\"Orders\\\" order by \\\"Id\\\"\"; using var reader = command.ExecuteReader(); var sum = 0; while (reader.Read()) sum += reader.GetInt32(0); return sum;", 1)]
    [InlineData("connection.Open(); using var transaction = connection.BeginTransaction(); connection.Execute(\"delete from \\\"Payments\\\"\", transaction: transaction); transaction.Commit(); return null;", 1)]
    public Task Awaited_sql(string body, int commands) => AwaitedSnippet.SameCommands<SynchronousCallInAsyncCode, SynchronousCallInAsyncCodeFix>(body, commands);
}
