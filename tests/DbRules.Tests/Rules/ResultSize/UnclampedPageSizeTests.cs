using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.ResultSize.UnclampedPageSize, DbRules.CodeFixes.ResultSize.UnclampedPageSizeFix>;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR206 speaks, when it is quiet, and what its fix writes.</summary>
public class UnclampedPageSizeTests
{
    [Theory]
    [InlineData("public Task<List<Order>> Page(int page, int size) => db.Orders.OrderBy(o => o.Id).Skip(page * size).Take({|DBR206:size|}).ToListAsync();")]
    [InlineData("public List<Order> Page(int size) { var count = size; return db.Orders.OrderBy(o => o.Id).Take({|DBR206:count|}).ToList(); }")]
    [InlineData("public List<Order> Page(Request request) => db.Orders.OrderBy(o => o.Id).Take({|DBR206:request.Size|}).ToList();")]
    public Task Reported(string method) => Code.Reports(Class(method));

    [Theory]
    [InlineData("public List<Order> Page(int size) => db.Orders.OrderBy(o => o.Id).Take(Math.Min(size, 50)).ToList();")]
    [InlineData("public List<Order> Page(int size) => db.Orders.OrderBy(o => o.Id).Take(Math.Clamp(size, 1, 50)).ToList();")]
    [InlineData("public List<Order> Page(int size) { size = Math.Min(size, 50); return db.Orders.OrderBy(o => o.Id).Take(size).ToList(); }")]
    [InlineData("public List<Order> Page(int size) { if (size > 50) throw new ArgumentOutOfRangeException(); return db.Orders.OrderBy(o => o.Id).Take(size).ToList(); }")]
    [InlineData("public List<Order> Page(int size) { if (size is < 1 or > 50) return new(); return db.Orders.OrderBy(o => o.Id).Take(size).ToList(); }")]
    [InlineData("public List<Order> Page(int size) { Check(size); return db.Orders.OrderBy(o => o.Id).Take(size).ToList(); } static void Check(int size) { }")]
    [InlineData("public List<Order> Page(Request request) { Check(request); return db.Orders.OrderBy(o => o.Id).Take(request.Size).ToList(); } static void Check(Request request) { }")]
    [InlineData("public List<Order> Page([System.ComponentModel.DataAnnotations.Range(1, 50)] int size) => db.Orders.OrderBy(o => o.Id).Take(size).ToList();")]
    [InlineData("public List<Order> Page(Request request) => db.Orders.OrderBy(o => o.Id).Take(request.Limited).ToList();")]
    // Who calls is in view, or the code decides itself.
    [InlineData("private List<Order> Page(int size) => db.Orders.OrderBy(o => o.Id).Take(size).ToList();")]
    [InlineData("public List<Order> Page() => db.Orders.OrderBy(o => o.Id).Take(20).ToList();")]
    [InlineData("public List<Order> Page() => db.Orders.OrderBy(o => o.Id).Take(_size).ToList(); private readonly int _size = 20;")]
    [InlineData("public int Count(int size) => db.Orders.OrderBy(o => o.Id).Take(size).Count();")]
    [InlineData("public List<Order> Page(List<Order> orders, int size) => orders.Take(size).ToList();")]
    public Task Quiet(string method) => Code.Reports(Class(method));

    [Theory]
    [InlineData(
        "public List<Order> Page(int size) => db.Orders.OrderBy(o => o.Id).Take({|DBR206:size|}).ToList();",
        "public List<Order> Page(int size) => db.Orders.OrderBy(o => o.Id).Take(Math.Min(size, 100)).ToList();")]
    [InlineData(
        "public List<Order> Page(Request request) => db.Orders.OrderBy(o => o.Id).Take({|DBR206:request.Size|} /* rows */).ToList();",
        "public List<Order> Page(Request request) => db.Orders.OrderBy(o => o.Id).Take(Math.Min(request.Size, 100) /* rows */).ToList();")]
    public Task Fixed(string method, string fixedMethod) => Code.Fixes(Class(method), Class(fixedMethod));

    private static string Class(string method) =>
        $$"""
        public class Request { public int Size { get; set; } private int _limited; public int Limited { get => _limited; set => _limited = Math.Min(value, 50); } }

        public class Orders(ShopContext db)
        {
            {{method}}
        }
        """;
}
