using DbRules.Rules.Lifetimes;
using Xunit;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>When DBR411 speaks, and when it is quiet.</summary>
public sealed class PoolPerCallTests
{
    [Theory]
    // PostgreSQL.
    [InlineData("using var source = NpgsqlDataSource.{|DBR411:Create|}(text);\nusing var c = source.OpenConnection();\nc.Execute(\"select 1\");")]
    [InlineData("await using var source = NpgsqlDataSource.{|DBR411:Create|}(text);\nreturn await source.OpenConnectionAsync(ct);")]
    [InlineData("var source = NpgsqlDataSource.{|DBR411:Create|}(text);\nawait using var command = source.CreateCommand(\"select 1\");\nreturn await command.ExecuteScalarAsync(ct);")]
    [InlineData("await using (var source = new NpgsqlDataSourceBuilder(text).{|DBR411:Build|}())\n{\n    await using var c = await source.OpenConnectionAsync(ct);\n    await c.ExecuteAsync(\"select 1\");\n}")]
    [InlineData("var builder = new NpgsqlDataSourceBuilder(text);\nbuilder.EnableDynamicJson();\nawait using var source = builder.{|DBR411:Build|}();\nawait using var c = await source.OpenConnectionAsync(ct);")]
    [InlineData("foreach (var id in ids)\n{\n    using var source = NpgsqlDataSource.{|DBR411:Create|}(text);\n    using var c = source.OpenConnection();\n}")]
    [InlineData("await Local();\nasync Task Local() { await using var source = NpgsqlDataSource.{|DBR411:Create|}(text); await using var c = await source.OpenConnectionAsync(); }")]
    // MongoDB.
    [InlineData("var client = {|DBR411:new MongoClient|}(text);\nvar database = client.GetDatabase(\"shop\");\nvar orders = database.GetCollection<Order>(\"orders\");\nreturn await orders.CountDocumentsAsync(o => o.Open);")]
    [InlineData("return await {|DBR411:new MongoClient|}(text).GetDatabase(\"shop\").GetCollection<Order>(\"orders\").CountDocumentsAsync(o => o.Open);")]
    [InlineData("IMongoClient client = {|DBR411:new MongoClient|}(text);\nawait client.GetDatabase(\"shop\").GetCollection<Order>(\"orders\").InsertOneAsync(new Order());")]
    [InlineData("var orders = {|DBR411:new MongoClient|}(text).GetDatabase(\"shop\").GetCollection<Order>(\"orders\");\nreturn orders.CountDocuments(o => o.Open);")]
    // Redis.
    [InlineData("var redis = ConnectionMultiplexer.{|DBR411:Connect|}(text);\nvar db = redis.GetDatabase();\nreturn (string?)db.StringGet(\"x\");")]
    [InlineData("using var redis = await ConnectionMultiplexer.{|DBR411:ConnectAsync|}(text);\nawait redis.GetDatabase().StringSetAsync(\"x\", \"y\");")]
    [InlineData("await (await ConnectionMultiplexer.{|DBR411:ConnectAsync|}(text)).GetDatabase().StringSetAsync(\"x\", \"y\");")]
    [InlineData("var shop = {|DBR411:new MongoClient|}(text).GetDatabase(\"shop\");\nreturn Count(shop);\nstatic long Count(IMongoDatabase shop) => shop.GetCollection<Order>(\"orders\").CountDocuments(o => o.Open);")]
    // A helper makes it anew.
    [InlineData("var client = {|DBR411:Make|}(text);\nreturn client.GetDatabase(\"shop\").GetCollection<Order>(\"orders\").CountDocuments(o => o.Open);")]
    public Task Made_for_one_call(string statements) => Reports(statements);

    [Theory]
    [InlineData("return NpgsqlDataSource.Create(text);")]
    [InlineData("var source = NpgsqlDataSource.Create(text);\nreturn source;")]
    [InlineData("_source = NpgsqlDataSource.Create(text);")]
    [InlineData("_source ??= NpgsqlDataSource.Create(text);")]
    [InlineData("var source = NpgsqlDataSource.Create(text);\n_source = source;")]
    [InlineData("if (_source == null)\n{\n    var source = NpgsqlDataSource.Create(text);\n    _source = source;\n}")]
    [InlineData("return Sources.GetOrAdd(text, static key => NpgsqlDataSource.Create(key));")]
    [InlineData("return Sources.GetOrAdd(text, static key => { var source = NpgsqlDataSource.Create(key); return source; });")]
    [InlineData("var lazy = new Lazy<NpgsqlDataSource>(() => NpgsqlDataSource.Create(text));\nreturn lazy;")]
    [InlineData("options.UseNpgsql(NpgsqlDataSource.Create(text));")]
    [InlineData("var source = NpgsqlDataSource.Create(text);\noptions.UseNpgsql(source);")]
    [InlineData("sources.Add(NpgsqlDataSource.Create(text));")]
    [InlineData("return new Holder(NpgsqlDataSource.Create(text));")]
    [InlineData("return new MongoClient(text).GetDatabase(\"shop\");")]
    [InlineData("var client = new MongoClient(text);\nvar database = client.GetDatabase(\"shop\");\nreturn database.GetCollection<Order>(\"orders\");")]
    [InlineData("_orders = new MongoClient(text).GetDatabase(\"shop\").GetCollection<Order>(\"orders\");")]
    [InlineData("var redis = await ConnectionMultiplexer.ConnectAsync(text);\n_redis = redis.GetDatabase();")]
    [InlineData("var redis = ConnectionMultiplexer.Connect(text);\nvar db = redis.GetDatabase();\nreturn db;")]
    [InlineData("var redis = ConnectionMultiplexer.Connect(text);\nusing (redis) { }")]
    [InlineData("await using var c = await given.OpenConnectionAsync(ct);")]
    [InlineData("await using var c = new NpgsqlConnection(text);")]
    [InlineData("services.AddSingleton(NpgsqlDataSource.Create(text));")]
    [InlineData("var shop = new MongoClient(text).GetDatabase(\"shop\");\nreturn Reader(shop);\nstatic object Reader(IMongoDatabase shop) => shop.GetCollection<Order>(\"orders\");")]
    [InlineData("return Reader(new MongoClient(text));\nstatic IDisposable? Reader(MongoClient client) { client.GetDatabase(\"shop\"); return null; }")]
    public Task Quiet(string statements) => Reports(statements);

    [Theory]
    [InlineData("class Program { static void Main(string text) { BODY } }")]
    [InlineData("class Startup { void Add(string text) { BODY } }")]
    [InlineData("class Report { public Report(string text) { BODY } }")]
    [InlineData("class Report { static Report() { var text = \"Host=x\"; BODY } }")]
    [InlineData("class Report { void ConfigureServices(string text) { BODY } }")]
    [InlineData("static class Report { static void AddShop(this IServiceCollection services, string text) { BODY } }")]
    [InlineData("static class Report { static void Add(Action<Action<IServiceCollection>> host, string text) => host(services => { BODY }); }")]
    [InlineData("class Worker : Microsoft.Extensions.Hosting.IHostedService { void Run(string text) { BODY } }")]
    [InlineData("class ShopSeeder { void Run(string text) { BODY } }")]
    public Task Runs_once(string code) => SessionCode.Reports<PoolPerCall>(Around(code.Replace("BODY", "using var source = NpgsqlDataSource.Create(text); using var c = source.OpenConnection();", StringComparison.Ordinal)));

    private static Task Reports(string statements) => SessionCode.Reports<PoolPerCall>(Around(
        $$"""
        class Holder(NpgsqlDataSource source) { public NpgsqlDataSource Source => source; }

        class Report
        {
            private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, NpgsqlDataSource> Sources = new();
            private readonly IServiceCollection registered = null!;
            private NpgsqlDataSource? _source;
            private IMongoCollection<Order>? _orders;
            private StackExchange.Redis.IDatabase? _redis;

            async Task<object?> RunAsync(NpgsqlDataSource given, DbContextOptionsBuilder options, List<NpgsqlDataSource> sources, string text, int[] ids, CancellationToken ct)
            {
                await Task.Yield();
                {{statements.Replace("services.", "registered.", StringComparison.Ordinal).ReplaceLineEndings("\n        ")}}
                return null;
            }

            private static MongoClient Make(string text) => new(text);
        }
        """));

    private static string Around(string code) =>
        $$"""
        using Microsoft.Extensions.DependencyInjection;
        using MongoDB.Driver;
        using Npgsql;
        using StackExchange.Redis;
        using Order = ShopModel.Order;

        {{code}}

        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostedService { }
        }
        """;
}
