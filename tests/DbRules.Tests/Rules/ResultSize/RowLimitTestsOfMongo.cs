using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using DbRules.Tests.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>DBR201, DBR202 and DBR204 on MongoDB's driver.</summary>
public sealed class RowLimitTestsOfMongo
{
    [Theory]
    [InlineData("Use(orders.Find(_ => true).{|DBR201:ToList|}());")]
    [InlineData("Use(await orders.Find(_ => true).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(await orders.Find(Builders<Order>.Filter.Empty).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(await orders.Find(FilterDefinition<Order>.Empty).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("var filter = Builders<Order>.Filter.Empty; Use(orders.Find(filter).{|DBR201:ToList|}());")]
    [InlineData("var all = orders.Find(_ => true); Use(await all.{|DBR201:ToListAsync|}());")]
    [InlineData("Use(await orders.Find(_ => true).SortBy(o => o.Number).{|DBR201:ToListAsync|}());")]
    [InlineData("Use(await orders.Find(_ => true).Skip(20).{|DBR201:ToListAsync|}());")]
    [InlineData("using var session = client.StartSession(); Use(orders.Find(session, _ => true).{|DBR201:ToList|}());")]
    [InlineData("Use(orders.AsQueryable().{|DBR201:ToList|}());")]
    [InlineData("Use(await orders.AsQueryable().{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(orders.AsQueryable().OrderBy(o => o.Number).Select(o => o.Number).{|DBR201:ToArray|}());")]
    [InlineData("Use(await orders.Aggregate().{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(await orders.Aggregate().Match(_ => true).SortBy(o => o.Id).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(database.GetCollection<Order>(\"orders\").Find(_ => true).{|DBR201:ToList|}());")]
    public Task Whole_collection(string statements) => ReportsAsync<WholeTableRead>(statements);

    [Theory]
    [InlineData("Use(orders.Find(o => o.Number == \"A\").{|DBR202:ToList|}());")]
    [InlineData("Use(await orders.Find(o => o.Number != \"A\").SortBy(o => o.Id).{|DBR202:ToListAsync|}(ct));")]
    [InlineData("System.Linq.Expressions.Expression<Func<Order, bool>> filter = o => o.Number == \"A\"; Use(orders.Find(filter).{|DBR202:ToList|}());")]
    [InlineData("Use(orders.AsQueryable().Where(o => o.Number == \"A\").{|DBR202:ToList|}());")]
    [InlineData("Use(await orders.AsQueryable().Where(o => o.Number == \"A\").{|DBR202:ToListAsync|}(ct));")]
    [InlineData("Use(await orders.Aggregate().Match(o => o.Number == \"A\").{|DBR202:ToListAsync|}(ct));")]
    public Task Filtered(string statements) => ReportsAsync<FilterWithoutLimit>(statements);

    public static TheoryData<string> Limited =>
    [
        "Use(await orders.Find(_ => true).Limit(100).ToListAsync(ct));",
        "Use(await orders.Find(_ => true).SortBy(o => o.Id).Skip(20).Limit(100).ToListAsync(ct));",
        "Use(await orders.Find(o => o.Number == \"A\").Limit(ids.Length).ToListAsync(ct));",
        "var query = orders.Find(_ => true); if (ids.Length > 3) query = query.Limit(3); Use(query.ToList());",
        "Use(orders.AsQueryable().OrderBy(o => o.Id).Take(100).ToList());",
        "Use(await orders.AsQueryable().OrderBy(o => o.Id).Skip(20).Take(100).ToListAsync(ct));",
        "Use(await orders.Aggregate().SortBy(o => o.Id).Limit(10).ToListAsync());",
        "Use(await orders.Aggregate().Sample(3).ToListAsync());",
        "Use(await orders.Aggregate().Group(o => o.CustomerId, g => new { g.Key, Count = g.Count() }).ToListAsync());",
        "Use(await Page(orders.Find(_ => true)).ToListAsync()); static IFindFluent<Order, Order> Page(IFindFluent<Order, Order> query) => query.Limit(10);",
        "Use(await Run(orders.Find(o => o.Id == 3))); static Task<List<Order>> Run(IFindFluent<Order, Order> query) => query.ToListAsync();",
        "Use(Run(orders.Find(o => o.Id == 3), 3)); static List<Order> Run(IFindFluent<Order, Order> query, int? most) { if (most != null) query = query.Limit(most.Value); return query.ToList(); }",
        "Use(await Run(orders.Aggregate().Match(o => o.Id == 3))); static Task<List<Order>> Run(IAggregateFluent<Order> query) => query.ToListAsync();",
        "Use((orders.Find(_ => true).FirstOrDefault(), await orders.Find(_ => true).AnyAsync(), await orders.CountDocumentsAsync(_ => true)));",
        // One document, one parent, the documents of a list.
        "Use(await orders.Find(o => o.Id == 3).ToListAsync());",
        "Use(await orders.Find(o => o.CustomerId == 3).ToListAsync());",
        "Use(await orders.Find(o => ids.Contains(o.Id)).ToListAsync());",
        "Use(await orders.Find(Builders<Order>.Filter.Eq(\"_id\", 3)).ToListAsync());",
        "Use(await orders.Find(Builders<Order>.Filter.In(o => o.Id, ids)).ToListAsync());",
        "Use(orders.AsQueryable().Where(o => o.Id == 3).ToList());",
        "Use(await orders.Aggregate().Match(Builders<Order>.Filter.Eq(o => o.Id, 3)).ToListAsync());",
        // What the filter is the code does not show.
        "Use(await orders.Find(Given()).ToListAsync()); static FilterDefinition<Order> Given() => Builders<Order>.Filter.Eq(o => o.Id, 3);",
        "var filter = Builders<Order>.Filter.Empty; if (ids.Length > 3) filter &= Builders<Order>.Filter.Eq(o => o.Id, 3); Use(orders.Find(filter).ToList());",
        "var filter = Builders<Order>.Filter.Empty; foreach (var id in ids) filter |= Builders<Order>.Filter.Eq(o => o.Id, id); Use(orders.Find(filter).ToList());",
        "Use(await orders.Find(\"{ _id: 3 }\").ToListAsync());",
        "Use(await orders.Find(_ => false).ToListAsync());",
        // Documents that stream.
        "await orders.Find(_ => true).ForEachAsync(order => Use(order));",
        "await orders.Find(_ => true).ForEachAsync(async order => await Task.Delay(order.Id));",
        "foreach (var order in orders.Find(_ => true).ToEnumerable()) Use(order);",
        "foreach (var order in orders.AsQueryable()) Use(order);",
        "await foreach (var order in orders.Find(_ => true).ToAsyncEnumerable()) Use(order);",
        "using var cursor = await orders.Find(_ => true).ToCursorAsync(ct); while (await cursor.MoveNextAsync(ct)) Use(cursor.Current);",
        "using var cursor = orders.Find(_ => true).ToCursor(); while (cursor.MoveNext()) Use(cursor.Current);",
        "using var cursor = await orders.FindAsync(_ => true); while (await cursor.MoveNextAsync(ct)) Use(cursor.Current);",
        // In memory.
        "Use(list.AsQueryable().ToList());",
    ];

    [Theory]
    [MemberData(nameof(Limited))]
    public async Task Quiet(string statements)
    {
        await ReportsAsync<WholeTableRead>(statements);
        await ReportsAsync<FilterWithoutLimit>(statements);
    }

    [Theory]
    [InlineData("class Store { [MongoDB.Bson.Serialization.Attributes.BsonId] public string Code { get; set; } = \"\"; }", "s => s.Code == \"A\"")]
    [InlineData("class Store { public string _id { get; set; } = \"\"; }", "s => s._id == \"A\"")]
    public Task Quiet_for_a_key(string document, string filter) => StoreTest.SourceAsync<FilterWithoutLimit>(
        $$"""
        using MongoDB.Driver;
        namespace MongoDB.Bson.Serialization.Attributes { class BsonIdAttribute : System.Attribute; }
        {{document}}
        class Stores { System.Collections.Generic.List<Store> Of(IMongoCollection<Store> stores) => stores.Find({{filter}}).ToList(); }
        """);

    [Theory]
    [InlineData("Use(await orders.Find(_ => true).{|DBR201:ToListAsync|}(ct));", "Use(await orders.Find(_ => true).SortBy(o => o.Id).Limit(100).ToListAsync(ct));")]
    [InlineData("Use(orders.Find(_ => true).SortByDescending(o => o.Number).{|DBR201:ToList|}());", "Use(orders.Find(_ => true).SortByDescending(o => o.Number).Limit(100).ToList());")]
    [InlineData("Use(await orders.Aggregate().{|DBR201:ToListAsync|}());", "Use(await orders.Aggregate().SortBy(o => o.Id).Limit(100).ToListAsync());")]
    [InlineData("Use(await orders.AsQueryable().{|DBR201:ToListAsync|}(ct));", "Use(await orders.AsQueryable().OrderBy(o => o.Id).Take(100).ToListAsync(ct));")]
    [InlineData("var all = orders.Find(_ => true); /* all */ Use(all.{|DBR201:ToList|}());", "var all = orders.Find(_ => true); /* all */ Use(all.SortBy(o => o.Id).Limit(100).ToList());")]
    [InlineData(
        "var all = await orders\n    .Find(_ => true) // all\n    .{|DBR201:ToListAsync|}(ct);\nUse(all);",
        "var all = await orders\n    .Find(_ => true)\n    .SortBy(o => o.Id)\n    .Limit(100) // all\n    .ToListAsync(ct);\nUse(all);")]
    public Task Fixed(string statements, string fixedStatements) => StoreTest.MongoFixAsync<WholeTableRead, WholeTableReadFix>(statements, fixedStatements);

    [Fact]
    public Task Fixed_behind_a_filter() => StoreTest.MongoFixAsync<FilterWithoutLimit, FilterWithoutLimitFix>(
        "Use(await orders.Find(o => o.Number == \"A\").{|DBR202:ToListAsync|}(ct));",
        "Use(await orders.Find(o => o.Number == \"A\").SortBy(o => o.Id).Limit(100).ToListAsync(ct));");

    [Theory]
    [InlineData("Use(await orders.Find(_ => true).{|DBR204:Skip|}(20).Limit(10).ToListAsync(ct));", "Use(await orders.Find(_ => true).SortBy(o => o.Id).Skip(20).Limit(10).ToListAsync(ct));")]
    [InlineData("Use(await orders.AsQueryable().{|DBR204:Skip|}(20).Take(10).ToListAsync(ct));", "Use(await orders.AsQueryable().OrderBy(o => o.Id).Skip(20).Take(10).ToListAsync(ct));")]
    public Task A_page_in_no_order(string statements, string fixedStatements) => StoreTest.MongoFixAsync<UnorderedPage, UnorderedPageFix>(statements, fixedStatements);

    [Theory]
    [InlineData("Use(await orders.Find(_ => true).Skip(20).SortBy(o => o.Id).Limit(10).ToListAsync(ct));")]
    [InlineData("Use(await orders.Find(_ => true).Sort(Builders<Order>.Sort.Ascending(o => o.Number)).Skip(20).Limit(10).ToListAsync(ct));")]
    public Task A_page_in_order(string statements) => ReportsAsync<UnorderedPage>(statements);

    private static Task ReportsAsync<TRule>(string statements)
        where TRule : DiagnosticAnalyzer, new() => StoreTest.MongoAsync<TRule>(statements);
}
