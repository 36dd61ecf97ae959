using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>DBR301 where a loop writes the rows of something that is written once, before or behind the loop.</summary>
public sealed class SplitRowsTests
{
    [Theory]
    [InlineData("await connection.ExecuteAsync(\"insert into orders (id) values (3)\");\nforeach (var id in ids)\n    await connection.{|DBR301:ExecuteAsync|}(\"insert into orderlines (order_id, id) values (3, @id)\", new { id });")]
    [InlineData("foreach (var id in ids)\n    await connection.ExecuteAsync(\"insert into orderlines (order_id, id) values (3, @id)\", new { id });\nawait connection.{|DBR301:ExecuteAsync|}(\"update orders set open = 0 where id = 3\");")]
    [InlineData("for (int i = 0; i < ids.Length; i++)\n    connection.Execute(\"insert into orderlines (order_id, id) values (3, @id)\", new { id = ids[i] });\nconnection.{|DBR301:Execute|}(\"update orders set open = 0 where id = 3\");")]
    [InlineData("await db.Orders.Where(o => o.Open).ExecuteDeleteAsync(ct);\nforeach (var id in ids)\n    await db.OrderLines.Where(l => l.OrderId == id).{|DBR301:ExecuteDeleteAsync|}(ct);")]
    [InlineData("db.Add(new Order());\nawait db.SaveChangesAsync(ct);\nforeach (var id in ids)\n    await db.OrderLines.Where(l => l.OrderId == id).{|DBR301:ExecuteDeleteAsync|}(ct);")]
    [InlineData("foreach (var order in orders)\n{\n    connection.Execute(\"update orders set open = 0 where id = @Id\", order);\n    foreach (var id in ids)\n        connection.{|DBR301:Execute|}(\"insert into orderlines (order_id, id) values (@order, @id)\", new { order = order.Id, id });\n}")]
    [InlineData("foreach (var id in ids)\n{\n    if (id == 3)\n        continue;\n    connection.Execute(\"insert into orderlines (order_id, id) values (3, @id)\", new { id });\n}\n\nif (ids.Length > 3)\n    connection.{|DBR301:Execute|}(\"update orders set open = 0 where id = 3\");")]
    public Task Rows_and_what_they_belong_to(string statements) => TransactionCode.Reports(statements);

    [Theory]
    // What saves for each row needs one save behind the loop first.
    [InlineData("foreach (var id in ids)\n{\n    db.Add(new Order());\n    await db.SaveChangesAsync(ct);\n}\ndb.Add(new Payment());\nawait db.SaveChangesAsync(ct);")]
    [InlineData("db.Add(new Order());\nawait db.SaveChangesAsync(ct);\nforeach (var id in ids)\n{\n    db.Add(new OrderLine());\n    await db.SaveChangesAsync(ct);\n}")]
    // The loop survives a bad row.
    [InlineData("connection.Execute(\"update orders set open = 0 where id = 3\");\nforeach (var id in ids)\n{\n    try { connection.Execute(\"insert into orderlines (order_id, id) values (3, @id)\", new { id }); }\n    catch (Exception e) { Use(e); }\n}")]
    // Batches, pages, workers.
    [InlineData("foreach (var chunk in ids.Chunk(100))\n    connection.Execute(\"delete from orderlines where id in @chunk\", new { chunk });\nconnection.Execute(\"update orders set open = 0 where id = 3\");")]
    [InlineData("while (connection.Execute(\"delete from orderlines where id in (select id from orderlines limit 100)\") > 0)\n    await Task.Delay(10, ct);\nconnection.Execute(\"update orders set open = 0 where id = 3\");")]
    // The loop always leaves.
    [InlineData("foreach (var id in ids)\n{\n    connection.Execute(\"insert into orderlines (order_id, id) values (3, @id)\", new { id });\n    return id;\n}\nconnection.Execute(\"update orders set open = 0 where id = 3\");")]
    // Two loops, and a transaction around.
    [InlineData("using var t = connection.BeginTransaction();\nconnection.Execute(\"update orders set open = 0 where id = 3\", null, t);\nforeach (var id in ids)\n    connection.Execute(\"insert into orderlines (order_id, id) values (3, @id)\", new { id }, t);\nt.Commit();")]
    [InlineData("connection.Execute(\"update orders set open = 0 where id = 3\");\nforeach (var id in ids)\n{\n    await _gateway.SendAsync(\"x\", ct);\n    connection.Execute(\"insert into orderlines (order_id, id) values (3, @id)\", new { id });\n}")]
    public Task Rows_that_stand_for_themselves(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("var count = 0;\nvar open = await db.Orders.Where(o => o.Open).ToListAsync(ct);\nforeach (var o in open)\n    o.Open = false;\ncount = await db.SaveChangesAsync(ct);\nvar lines = await db.OrderLines.ToListAsync(ct);\nforeach (var line in lines)\n    Reset(line);\ncount += await db.SaveChangesAsync(ct);\nstatic void Reset(OrderLine line) => line.Quantity = 1;")]
    [InlineData("foreach (var order in orders)\n    order.Open = ids.Length > 0;\ndb.SaveChanges();\nvar lines = db.OrderLines.Where(l => l.Quantity < 0).ToList();\nif (lines.Count > 0)\n{\n    var least = _job.State.Length;\n    foreach (var line in lines)\n        line.Quantity = least;\n    db.SaveChanges();\n}")]
    public Task Each_sweep_is_whole_by_itself(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("db.Add(new Order());\ndb.SaveChanges();\nvar payments = db.Payments.Where(p => p.Id > ids.Length).ToList();\nforeach (var payment in payments)\n    payment.Amount = 0;\ndb.{|DBR301:SaveChanges|}();")]
    [InlineData("var order = new Order();\ndb.Add(order);\nawait db.SaveChangesAsync(ct);\nvar lines = await db.OrderLines.Where(l => l.OrderId == 3).ToListAsync(ct);\nforeach (var line in lines)\n    line.OrderId = order.Id;\nawait db.{|DBR301:SaveChangesAsync|}(ct);")]
    [InlineData("db.Add(new Order());\ndb.SaveChanges();\nvar line = db.OrderLines.First();\nline.Quantity++;\ndb.{|DBR301:SaveChanges|}();")]
    [InlineData("_job.State = \"x\";\ndb.Add(new Order());\ndb.SaveChanges();\nforeach (var line in db.OrderLines.ToList())\n    line.Quantity = _job.State.Length;\ndb.{|DBR301:SaveChanges|}();")]
    public Task A_sweep_that_takes_something_from_before_belongs_to_it(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData(
        "await sqlite.OpenAsync(ct);\nawait sqlite.ExecuteAsync(\"insert into orders (id) values (3)\");\nforeach (var id in ids)\n    await sqlite.{|DBR301:ExecuteAsync|}(\"insert into orderlines (order_id, id) values (3, @id)\", new { id });\nUse(1);",
        "await sqlite.OpenAsync(ct);\nawait using var transaction = await sqlite.BeginTransactionAsync(ct);\nawait sqlite.ExecuteAsync(\"insert into orders (id) values (3)\", transaction: transaction);\nforeach (var id in ids)\n    await sqlite.ExecuteAsync(\"insert into orderlines (order_id, id) values (3, @id)\", new { id }, transaction);\nawait transaction.CommitAsync(ct);\nUse(1);")]
    [InlineData(
        "foreach (var id in ids)\n    await db.Database.ExecuteSqlRawAsync(\"insert into orderlines (id) values ({0})\", id);\nawait db.Orders.{|DBR301:ExecuteDeleteAsync|}(ct);",
        "await using var transaction = await db.Database.BeginTransactionAsync(ct);\nforeach (var id in ids)\n    await db.Database.ExecuteSqlRawAsync(\"insert into orderlines (id) values ({0})\", id);\nawait db.Orders.ExecuteDeleteAsync(ct);\nawait transaction.CommitAsync(ct);")]
    public Task Transaction_around_the_loop(string before, string after) => TransactionCode.Fixes(before, after);

    // One transaction would lock the rows in the order of the loop: DBR311.
    [Fact]
    public Task No_fix_where_the_loop_locks_rows() => TransactionCode.NoFix(
        "foreach (var id in ids)\n    await db.OrderLines.Where(l => l.OrderId == id).ExecuteDeleteAsync(ct);\nawait db.Orders.{|DBR301:ExecuteDeleteAsync|}(ct);");
}
