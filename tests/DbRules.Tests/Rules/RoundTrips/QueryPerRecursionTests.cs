using System.Collections.Immutable;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR109: recursions that query at every level, and those that do not.</summary>
public sealed class QueryPerRecursionTests
{
    [Theory]
    [InlineData("void Walk(int id) { foreach (var line in db.OrderLines.Where(l => l.OrderId == id).ToList()) {|DBR109:Walk|}(line.ProductId); }")]
    [InlineData("async Task WalkAsync(int id) { foreach (var line in await db.OrderLines.Where(l => l.OrderId == id).ToListAsync()) await {|DBR109:WalkAsync|}(line.ProductId); }")]
    [InlineData("Product? Root(int id) => db.Products.Find(id) is { CategoryId: { } parent } ? {|DBR109:Root|}(parent) : null;")]
    [InlineData("async Task<Product?> RootAsync(int id) { var product = await db.Products.FindAsync(id); return product?.CategoryId is { } parent ? await {|DBR109:RootAsync|}(parent) : product; }")]
    [InlineData("async Task WalkAsync(int id, CancellationToken ct) { id = await db.Products.Where(p => p.CategoryId == id).Select(p => p.Id).FirstAsync(ct); await {|DBR109:WalkAsync|}(id, ct); }")]
    [InlineData("void A(int id) { if (db.Products.Any(p => p.Id == id)) {|DBR109:B|}(id + 1); }\nvoid B(int id) { A(id + 1); }")]
    [InlineData("void Run() { void Walk(int id) { db.Products.Find(id); {|DBR109:Walk|}(id + 1); } Walk(1); }")]
    [InlineData("void Walk(int id) { var product = connection.QueryFirst<Product>(\"SELECT * FROM Products WHERE Id = @id\", new { id }); {|DBR109:Walk|}(product.Id); Walk(id + 1); }")]
    [InlineData("int Count(int id) { using var command = connection.CreateCommand(); command.CommandText = \"SELECT COUNT(*) FROM Products\"; return (int)command.ExecuteScalar()! + {|DBR109:Count|}(id - 1); }")]
    // What it hands over does not end it.
    [InlineData("Product? Load(int id, ShopContext? given = null)\n{\n    if (given == null) return {|DBR109:Load|}(id, Find(id));\n    return given.Products.Find(id);\n}\nstatic ShopContext? Find(int id) => id > 3 ? new() : null;")]
    [InlineData("Product? Load(int id, ShopContext? given = null)\n{\n    if (given == null) { using var own = new ShopContext(); return Load(id, own); }\n    return given.Products.Find(id) ?? {|DBR109:Load|}(id + 1, given);\n}")]
    public Task Recursions_that_query(string member) => RunAsync(member);

    [Theory]
    [InlineData("void Walk(int id) { if (id > 0) Walk(id - 1); }")]
    [InlineData("void Run() { var all = db.Products.ToList(); Walk(all, 1); }\nvoid Walk(List<Product> all, int id) { foreach (var product in all.Where(p => p.CategoryId == id)) Walk(all, product.Id); }")]
    [InlineData("private readonly Dictionary<int, Product?> _known = new();\nProduct? Root(int id)\n{\n    if (!_known.TryGetValue(id, out var product)) _known[id] = product = db.Products.Find(id);\n    return product?.CategoryId is { } parent ? Root(parent) : product;\n}")]
    [InlineData("void Load(int id) => db.Products.Find(id);\nvoid Run() => Load(1);")]
    [InlineData("void Save(int id) { db.SaveChanges(); if (id > 0) Save(id - 1); }")]
    [InlineData("async Task<int> NextAsync()\n{\n    var next = await db.Products.CountAsync();\n    try { await db.SaveChangesAsync(); }\n    catch (DbUpdateException) { return await NextAsync(); }\n    return next;\n}")]
    [InlineData("void Open(int id) { if (db.Products.Any(p => p.Id == id)) Join(id); }\nvoid Join(int id)\n{\n    try { db.SaveChanges(); }\n    catch (DbUpdateException) { Open(id); }\n}")]
    [InlineData("async Task<int> SendAsync(int id, CancellationToken ct)\n{\n    var count = await db.Products.CountAsync(ct);\n    if (count == 0)\n    {\n        await Task.Delay(10, ct);\n        return await SendAsync(id, ct);\n    }\n    return count;\n}")]
    // Calls itself once at most, with what it was called without.
    [InlineData("Product? Load(int id, ShopContext? given = null)\n{\n    if (given == null) { using var own = new ShopContext(); return Load(id, own); }\n    return given.Products.Find(id);\n}")]
    [InlineData("async Task<Product?> LoadAsync(int id, ShopContext? given = default)\n{\n    if (given == default) { await using var own = new ShopContext(); return await LoadAsync(id, own); }\n    return await given.Products.FindAsync(id);\n}")]
    [InlineData("Product? Load(int id, ShopContext? given = default)\n{\n    if (given == default) { using var own = New(); return Load(id, own); }\n    return given.Products.Find(id);\n}\nstatic ShopContext New() => new();")]
    [InlineData("void SeedTree(int id) { db.Products.Find(id); SeedTree(id + 1); }")]
    public Task Recursions_that_do_not(string member) => RunAsync(member);

    [Fact]
    public Task A_way_through_an_interface_is_not_followed() => RunTestAsync(
        """
        interface INode { void Visit(int id); }

        class Node(ShopContext db, INode next) : INode
        {
            public void Visit(int id) { db.Products.Find(id); next.Visit(id); }
        }
        """);

    private static Task RunAsync(string member) => RunTestAsync($"class Tree(ShopContext db, DbConnection connection)\n{{\n{member}\n}}");

    private static Task RunTestAsync(string source) => new Test { TestCode = source }.RunAsync();

    private sealed class Test : RoundTripTest
    {
        protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new QueryPerRecursion(), new CallPerElement(), new QueryPerElement()];
    }
}
