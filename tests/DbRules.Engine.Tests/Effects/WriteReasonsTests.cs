using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>Whether a pass has a reason of its own to write, and whether one save or one call could do for all.</summary>
public sealed class WriteReasonsTests
{
    [Theory]
    [InlineData("order.CustomerId = 1;\ndb.SaveChanges(); //1", false)]
    [InlineData("try { order.CustomerId = 1; }\ncatch (DbException) { }\ndb.SaveChanges(); //1", false)]
    [InlineData("try {\ndb.SaveChanges(); //1\n}\ncatch (DbException) { throw; }", false)]
    [InlineData("try {\ndb.SaveChanges(); //1\n}\ncatch (DbException) { }", true)]
    [InlineData("if (order.Id % 2 == 0)\ndb.SaveChanges(); //1", false)]
    [InlineData("if (_position++ % 2 == 0)\ndb.SaveChanges(); //1", true)]
    [InlineData("if (_position > 2)\ndb.SaveChanges(); //1\n_position++;", true)]
    [InlineData("var line = new Line();\norder.Lines.Add(line);\ndb.SaveChanges(); //1\nUse(line.Id);", true)]
    [InlineData("var line = db.Lines.First();\nline.Price = 1;\ndb.SaveChanges(); //1\nUse(line.Id);", false)]
    [InlineData("db.SaveChanges(); //1\nUse(order.Id);", false)]
    [InlineData("db.Entry(order).State = EntityState.Added;\ndb.SaveChanges(); //1\nUse(order.Id);", true)]
    [InlineData("db.Entry(order).State = EntityState.Modified;\ndb.SaveChanges(); //1\nUse(order.Id);", false)]
    [InlineData("order.Id = 0;\nUse(order);\ndb.SaveChanges(); //1\nUse(order.Id);", true)]
    [InlineData("order.Id = 0;\norder.Id = orders.Count;\ndb.SaveChanges(); //1\nUse(order.Id);", false)]
    [InlineData("order.CustomerId = 0;\ndb.SaveChanges(); //1\nUse(order.Id);", false)]
    [InlineData("order.CustomerId = 0;\ndb.SaveChanges(); //1\norder.CustomerId = 2;", false)]
    [InlineData("db.SaveChanges(); //1\nUse(db.Orders.Count());", true)]
    [InlineData("using var open = db.Database.BeginTransaction();\ndb.SaveChanges(); //1\nopen.Commit();", true)]
    [InlineData("await new System.Net.Http.HttpClient().GetStringAsync(text);\ndb.SaveChanges(); //1", true)]
    [InlineData("System.IO.File.Delete(text);\ndb.SaveChanges(); //1", true)]
    [InlineData("await db.Lines.ToListAsync();\ndb.SaveChanges(); //1", false)]
    [InlineData("connection.Execute(\"DELETE FROM x WHERE id = @Id\", order); //1", false)]
    [InlineData("if (connection.Execute(\"DELETE FROM x WHERE id = @Id\", order) == 0) //1\nUse(order);", true)]
    public void Reasons(string body, bool expected)
    {
        CodeUnderTest code = InLoop(body);
        DbCall write = code.Call();
        Assert.Equal(expected, code.Facts.HasReasonToWrite(write.Operation, write.Body, code.Iteration()));
    }

    [Theory]
    [InlineData("order.CustomerId = 1;\ndb.SaveChanges(); //1", true)]
    [InlineData("if (order.Id == 0) continue;\norder.CustomerId = 1;\ndb.SaveChanges(); //1", true)]
    [InlineData("order.CustomerId = 1;\nif (order.Id == 0) continue;\ndb.SaveChanges(); //1", false)]
    [InlineData("order.CustomerId = 1;\ndb.SaveChanges(); //1\nUse(order);", false)]
    [InlineData("var other = db.Orders.Find(order.Id);\nother!.CustomerId = 1;\ndb.SaveChanges(); //1", true)]
    [InlineData("var other = db.Orders.First(o => o.CustomerId == order.Id);\nother.CustomerId = 1;\ndb.SaveChanges(); //1", false)]
    [InlineData("var line = db.Lines.First(l => l.OrderId == order.Id);\norder.CustomerId = line.Id;\ndb.SaveChanges(); //1", true)]
    [InlineData("db.ChangeTracker.Clear();\ndb.SaveChanges(); //1", false)]
    public void Saves_that_can_move(string body, bool expected)
    {
        CodeUnderTest code = InLoop(body);
        Assert.Equal(expected, code.Facts.SaveMoveOf(code.Call(), code.Iteration()) is not null);
    }

    [Theory]
    [InlineData("connection.Execute(\"DELETE FROM x WHERE id = @Id\", order); //1", true, true)]
    [InlineData("connection.Execute(\"DELETE FROM x WHERE id = @Id\", new { order.Id }); //1", true, true)]
    [InlineData("connection.Execute($\"DELETE FROM x WHERE id = {order.Id}\"); //1", true, false)]
    [InlineData("connection.Execute($\"DELETE FROM {order.Number}\", new { order.Id }); //1", false, false)]
    [InlineData("connection.Execute(text, new { order.Id }); //1", false, true)]
    [InlineData("connection.Execute(\"DROP TABLE x\"); //1", false, false)]
    [InlineData("connection.Query(\"SELECT 1 FROM x WHERE id = @Id\", order); //1", false, false)]
    [InlineData("db.Orders.Where(o => o.Id == order.Id).ExecuteDelete(); //1", true, true)]
    [InlineData("db.Orders.Where(o => o.Id > order.Id).ExecuteDelete(); //1", true, false)]
    [InlineData("db.Database.EnsureCreated(); //1", false, false)]
    public void Writes_of_rows(string body, bool ofElement, bool forAll)
    {
        CodeUnderTest code = InLoop(body);
        Assert.Equal((ofElement, forAll), (code.Facts.WritesRowsOfElement(code.Call(), code.Iteration()), code.Facts.WriteForAllOf(code.Call(), code.Iteration()) is not null));
    }

    private static CodeUnderTest InLoop(string body) => CodeUnderTest.Statements("foreach (var order in orders)\n{\n" + body + "\n}");
}
