using DbRules.Engine.Calls;
using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>Which reads a loop over pages or groups repeats for nothing.</summary>
public sealed class WholeSetReadsTests
{
    private const int SmallSequence = 4;

    [Theory]
    [InlineData("foreach (var part in ids.Chunk(9))\ndb.Orders.ToList(); //1", true)]
    [InlineData("for (var i = 0; i < ids.Length; i += 10)\ndb.Orders.Where(o => o.Number != \"x\").ToList(); //1", true)]
    [InlineData("for (var page = 0; page < ids.Length / 10; page++)\ndb.Set<Line>().AsNoTracking().ToList(); //1", true)]
    [InlineData("foreach (var part in ids.Chunk(9))\n{\ndb.Lines.ToList(); //1\norders[0].Number = \"x\";\ndb.SaveChanges();\n}", true)]
    [InlineData("for (var page = 0; page < 9; page++)\ndb.Orders.ToList(); //1", false)]
    [InlineData("foreach (var id in ids)\ndb.Orders.ToList(); //1", false)]
    [InlineData("while (flag)\ndb.Orders.ToList(); //1", false)]
    [InlineData("while (!ct.IsCancellationRequested)\ndb.Orders.ToList(); //1", false)]
    [InlineData("db.Orders.ToList(); //1", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\ndb.Orders.Where(o => o.Id > part[0]).ToList(); //1", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\ndb.Orders.Where(o => o.Id > _position).ToList(); //1", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\ndb.Orders.Where(o => o.Lines.Any()).ToList(); //1", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\ndb.Orders.Take(10).ToList(); //1", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\ndb.Orders.Count(); //1", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\nunknown.ToList(); //1", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\n{\ndb.Orders.ToList(); //1\norders[0].Number = \"x\";\n}", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\n{\ndb.Lines.ToList(); //1\norders[0].Lines.Add(orders[1].Lines[0]);\n}", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\n{\ndb.Lines.ToList(); //1\norders[0].Lines = [];\n}", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\n{\ndb.Lines.ToList(); //1\ndb.Remove(orders[0]);\n}", false)]
    [InlineData("foreach (var part in ids.Chunk(9))\n{\ndb.Lines.ToList(); //1\nconnection.Execute(text);\n}", false)]
    [InlineData("void Change(Line line) => line.Price = 1;\nforeach (var part in ids.Chunk(9))\n{\ndb.Lines.ToList(); //1\nChange(orders[0].Lines[0]);\n}", false)]
    [InlineData("Action change = () => orders[0].Lines[0].Price = 1;\nforeach (var part in ids.Chunk(9))\n{\ndb.Lines.ToList(); //1\nchange();\n}", false)]
    [InlineData("Action<Order> change = order => order.Lines[0].Price = 1;\nforeach (var part in ids.Chunk(9))\n{\ndb.Lines.ToList(); //1\norders.ForEach(change);\n}", false)]
    [InlineData("void Look(Line line) => Use(line.Price);\nforeach (var part in ids.Chunk(9))\n{\ndb.Lines.ToList(); //1\nLook(orders[0].Lines[0]);\norders.ForEach(order => Use(order));\n}", true)]
    public void Of_the_loop_itself(string statements, bool isRepeated)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        Assert.Equal(isRepeated, code.Facts.BatchLoopOf(code.Call(), SmallSequence) is not null);
    }

    [Fact]
    public void Of_methods_that_it_calls()
    {
        CodeUnderTest code = CodeUnderTest.Of(
            """
            class Report(Shop db)
            {
                private Shop _db = db;

                void Run(int[] ids, List<Order> orders, Shop other)
                {
                    foreach (var part in ids.Chunk(9)) All(); //1
                    foreach (var part in ids.Chunk(9)) Of(part[0]); //2
                    foreach (var part in ids.Chunk(9)) Of(ids[0]); //3
                    foreach (var part in ids.Chunk(9)) { All(); Change(orders); } //4
                    foreach (var part in ids.Chunk(9)) { All(); Look(orders); } //5
                    foreach (var part in ids.Chunk(9)) In(other); //6
                    foreach (var part in ids.Chunk(9)) { _db = new Shop(); In(_db); } //7
                    foreach (var part in ids.Chunk(9)) Fresh(); //8
                    foreach (var id in ids) All(); //9
                }

                List<Order> All() => db.Orders.ToList();
                List<Order> Of(int id) => db.Orders.Where(o => o.Id == id).ToList();
                static List<Order> In(Shop shop) => shop.Orders.ToList();
                List<Order> Fresh() { var orders = db.Orders.ToList(); db.SaveChanges(); return orders; }
                static void Change(List<Order> orders) => Rename(orders[0]);
                static void Rename(Order order) => order.Number = "x";
                static int Look(List<Order> orders) => orders.Count;
            }
            """);
        OwnCall[] calls = [.. code.Bodies().Single(body => body.Owner.Name == "Run").Facts.OwnCalls.Where(call => call.Name is "All" or "Of" or "In" or "Fresh")];
        Assert.Equal([true, false, false, false, true, true, false, false, false], calls.Select(call => code.Facts.BatchLoopOf(call, SmallSequence) is not null));
        Assert.Equal("All → ToList", code.Facts.BatchLoopOf(calls[0], SmallSequence)!.Value.Trip.ToString());
    }
}
