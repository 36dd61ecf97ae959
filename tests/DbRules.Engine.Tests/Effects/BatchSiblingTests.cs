using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>Which method of a type takes the keys of all elements at once, and whether one call of it gives what the calls in a loop give.</summary>
public sealed class BatchSiblingTests
{
    private const string Find = "public Order? Find(int id) => db.Orders.Find(id);";

    [Theory]
    [InlineData("public Dictionary<int, Order> FindMany(List<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).ToDictionary(o => o.Id);", "FindMany: One of Dictionary by Id, ToList, ({keys})")]
    [InlineData("public IReadOnlyDictionary<int, Order> Map(int[] ids) { var keys = ids.ToList(); return db.Orders.Where(o => keys.Contains(o.Id)).ToDictionary(o => o.Id); }", "Map: One of Dictionary by Id, ToArray, ({keys})")]
    [InlineData("public List<Order> FindByIds(IReadOnlyList<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).ToList();", "FindByIds: One of Rows by Id, ToList, ({keys})")]
    [InlineData("public Order[] FindOrders(ISet<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).ToArray();", "FindOrders: One of Rows by Id, ToHashSet, ({keys})")]
    [InlineData("public List<Order> FindMany(List<int> ids, int limit = 10) => db.Orders.Where(o => ids.Contains(o.Id)).ToList();", "FindMany: One of Rows by Id, ToList, ({keys})")]
    public void A_sibling_that_selects_alike(string sibling, string expected) => Check(Find, sibling, "store.Find(order.CustomerId)", expected);

    [Theory]
    [InlineData("public List<Order> FindMany(List<int> ids) => db.Orders.Where(o => ids.Contains(o.Id) && o.Number != \"\").ToList();")]
    [InlineData("public IDictionary<int, Order> Ignored(List<int> ids) => null!; public List<Order> FindMany(List<int> ids) { Console.WriteLine(ids); return db.Orders.Where(o => ids.Contains(o.Id)).ToList(); }")]
    [InlineData("public List<Order> FindMany(List<int> ids) { ids.Add(1); return db.Orders.Where(o => ids.Contains(o.Id)).ToList(); }")]
    [InlineData("public List<Order> FindMany(List<int> ids) { ids = new(); return db.Orders.Where(o => ids.Contains(o.Id)).ToList(); }")]
    public void A_sibling_that_is_only_named(string sibling) => Check(Find, sibling, "store.Find(order.CustomerId)", "FindMany");

    [Theory]
    [InlineData("")]
    [InlineData("public List<Order> FindMany(List<int> ids) => db.Orders.Where(o => ids.Contains(o.CustomerId)).ToList();")]
    [InlineData("public List<Order> FindMany(List<int> customerIds) { Console.WriteLine(); return db.Orders.Where(o => customerIds.Contains(o.CustomerId)).ToList(); }")]
    [InlineData("public List<Order> Oldest(List<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).ToList();")]
    [InlineData("public List<Line> FindMany(List<int> ids) => db.Lines.Where(l => ids.Contains(l.Id)).ToList();")]
    [InlineData("public List<Order> FindMany(List<string> ids) => db.Orders.Where(o => ids.Contains(o.Number)).ToList();")]
    [InlineData("public List<Order> FindMany(List<int> ids, int limit) => db.Orders.Where(o => ids.Contains(o.Id)).Take(limit).ToList();")]
    [InlineData("public Task<List<Order>> FindMany(List<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).ToListAsync();")]
    [InlineData("public List<Order> FindMany(List<int> ids) => ids.Select(id => new Order { Id = id }).ToList();")]
    [InlineData("public List<Order> FindMany(List<int> ids) => ids.Select(id => db.Orders.First(o => o.Id == id)).ToList();")]
    [InlineData("public List<Order> FindMany(List<int> ids) { db.Orders.ExecuteDelete(); return db.Orders.Where(o => ids.Contains(o.Id)).ToList(); }")]
    [InlineData("public List<T> FindMany<T>(List<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).Cast<T>().ToList();")]
    [InlineData("public List<Order> FindMany(List<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).ToList(); public List<Order> FindAll(List<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).ToList();")]
    public void No_sibling(string sibling) => Check(Find, sibling, "store.Find(order.CustomerId)", null);

    [Theory]
    [InlineData(
        "public IEnumerable<Line> Lines(int orderId) => db.Lines.Where(l => l.OrderId == orderId).ToList();",
        "public ILookup<int, Line> LinesOf(IEnumerable<int> orderIds) => db.Lines.Where(l => orderIds.Contains(l.OrderId)).ToLookup(l => l.OrderId);",
        "store.Lines(order.Id)",
        "LinesOf: Many of Lookup by OrderId, ToList, ({keys})")]
    [InlineData(
        "public Line[] Lines(decimal least, int orderId) => db.Lines.Where(l => l.OrderId == orderId && l.Price > least).OrderBy(l => l.Id).ToArray();",
        "public List<Line> LinesForOrders(IEnumerable<int> orderIds, decimal least) => db.Lines.Where(x => x.Price > least).Where(x => orderIds.Contains(x.OrderId)).OrderBy(x => x.Id).ToList();",
        "store.Lines(1, order.Id)",
        "LinesForOrders: Many of Rows by OrderId, ToList, ({keys}, 1), ToArray")]
    [InlineData(
        "public Line[] Lines(int orderId) => db.Lines.Where(l => l.OrderId == orderId).OrderBy(l => l.Id).ToArray();",
        "public List<Line> LinesMany(IEnumerable<int> orderIds) => db.Lines.Where(l => orderIds.Contains(l.OrderId)).ToList();",
        "store.Lines(order.Id)",
        "LinesMany")]
    [InlineData(
        "public bool Exists(int id) => db.Orders.Any(o => o.Id == id);",
        "public HashSet<int> Existing(IEnumerable<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).Select(o => o.Id).ToHashSet();",
        "store.Exists(order.CustomerId)",
        "Existing: Any of Set by Id, ToList, ({keys})")]
    [InlineData(
        "public List<Line> Lines(int orderId) { Use(0); return db.Lines.Where(l => l.OrderId == orderId).ToList(); }",
        "public List<Line> LinesByIds(IEnumerable<int> lineIds) => db.Lines.Where(l => lineIds.Contains(l.Id)).ToList();",
        "store.Lines(order.Id)",
        null)]
    [InlineData(
        "public bool Exists(int id) => db.Orders.Any(o => o.Id == id);",
        "public HashSet<int> Existing(IEnumerable<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).Select(o => o.CustomerId).ToHashSet();",
        "store.Exists(order.CustomerId)",
        "Existing")]
    [InlineData(
        "public Order Get(int id) => db.Orders.Single(o => o.Id == id);",
        "public List<Order> GetMany(IEnumerable<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).ToList();",
        "store.Get(order.CustomerId)",
        "GetMany: One of Rows by Id, ToList, ({keys}), Single")]
    [InlineData(
        "public Order Get(int id) => db.Orders.Single(o => o.Id == id);",
        "public Dictionary<int, Order> GetMany(IEnumerable<int> ids) => db.Orders.Where(o => ids.Contains(o.Id)).ToDictionary(o => o.Id);",
        "store.Get(order.CustomerId)",
        "GetMany")]
    [InlineData(
        "public Order? OfCustomer(int customerId) => db.Orders.FirstOrDefault(o => o.CustomerId == customerId);",
        "public Dictionary<int, Order> OfCustomers(IEnumerable<int> customerIds) => db.Orders.Where(o => customerIds.Contains(o.CustomerId)).ToDictionary(o => o.CustomerId);",
        "store.OfCustomer(order.CustomerId)",
        "OfCustomers")]
    public void Answers_of_every_kind(string one, string many, string call, string? expected) => Check(one, many, call, expected);

    private static void Check(string one, string many, string call, string? expected)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            public class Store(Shop db)
            {
                {{one}}
                {{many}}
                private static void Use(object? value) { }
            }

            public class Report(Store store)
            {
                public void Run(List<Order> orders)
                {
                    foreach (var order in orders)
                        Use({{call}});
                }

                private static void Use(object? value) { }
            }
            """);
        OwnCall asked = code.Bodies().Single(body => body.Owner.Name == "Run").Facts.OwnCalls.Single(own => own.Name != "Use");
        BatchSibling? sibling = code.Facts.BatchSiblingOf(asked, asked.RepetitionBeyond(4).PerElement!);
        string? found = sibling?.Lookup is { } lookup
            ? $"{lookup.Method.Name}: {lookup.Shape} of {lookup.Batch} by {lookup.Member}, {lookup.Collect}, ({lookup.Arguments}){(lookup.Finish is { } finish ? ", " + finish : "")}"
            : sibling?.Method.Name;
        Assert.Equal(expected, found);
    }
}
