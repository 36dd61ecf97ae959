using DbRules.Rules.Lifetimes;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>When DBR410 speaks, and when it is quiet.</summary>
public sealed class SessionSharedByAllTests
{
    [Theory]
    [InlineData("private static readonly ShopContext {|DBR410:Db|} = new();")]
    [InlineData("public static ShopContext {|DBR410:Db|} { get; } = new ShopContext();")]
    [InlineData("public static ShopContext? {|DBR410:Db|} { get; set; } = new ShopContext();")]
    [InlineData("private static NpgsqlConnection {|DBR410:_c|} = new(\"Host=x\");")]
    [InlineData("private static readonly IDbConnection {|DBR410:C|} = new NpgsqlConnection(\"Host=x\"), D = null!;")]
    [InlineData("private static readonly DbConnection {|DBR410:C|} = Open();\nprivate static DbConnection Open() { var c = new NpgsqlConnection(\"Host=x\"); c.Open(); return c; }")]
    [InlineData("private static DbConnection? _c;\nvoid Run() { {|DBR410:_c|} = new NpgsqlConnection(\"Host=x\"); _c.Open(); }")]
    [InlineData("private static DbConnection? _c;\nstatic DbConnection Get() => {|DBR410:_c|} ??= new NpgsqlConnection(\"Host=x\");")]
    [InlineData("private static ShopContext? _db;\nstatic ShopContext Get() { if (_db == null) {|DBR410:_db|} = new ShopContext(); return _db; }")]
    [InlineData("private static readonly ShopContext Db;\nstatic Report() { {|DBR410:Db|} = new ShopContext(); }")]
    [InlineData("private static ShopContext _db = null!;\npublic Report(ShopContext db) { {|DBR410:_db|} = db; }")]
    [InlineData("public static ShopContext Db { get; private set; } = null!;\npublic Report(ShopContext db) { {|DBR410:Db|} = db; }")]
    [InlineData("private static ShopContext? _db;\nvoid Run(Func<ShopContext> make) { Action set = () => {|DBR410:_db|} = make(); set(); }")]
    public Task Static(string members) => Reports(Members(members));

    [Theory]
    [InlineData("private static readonly NpgsqlDataSource Source = NpgsqlDataSource.Create(\"Host=x\");")]
    [InlineData("private static readonly MongoDB.Driver.IMongoClient Client = new MongoDB.Driver.MongoClient(\"mongodb://x\");")]
    [InlineData("private static readonly StackExchange.Redis.IConnectionMultiplexer Redis = StackExchange.Redis.ConnectionMultiplexer.Connect(\"x\");")]
    [InlineData("private static IDbContextFactory<ShopContext>? _factory;\nvoid Set(IDbContextFactory<ShopContext> factory) => _factory = factory;")]
    [InlineData("private static readonly Func<ShopContext> Make = () => new ShopContext();")]
    [InlineData("private static readonly Lazy<ShopContext> Db = new(() => new ShopContext());")]
    [InlineData("private static readonly AsyncLocal<ShopContext?> Db = new();\nvoid Set(ShopContext db) => Db.Value = db;")]
    [InlineData("private static readonly ThreadLocal<ShopContext> Db = new(() => new ShopContext());")]
    [InlineData("[ThreadStatic]\nprivate static ShopContext? _db;\nvoid Set(ShopContext db) => _db = db;")]
    [InlineData("private static DbContextOptions<ShopContext> _options = new();")]
    [InlineData("private static ShopContext? _db;\nvoid Clear() => _db = null;")]
    [InlineData("private static ShopContext _db = null!;")]
    [InlineData("private static ShopContext Db => new();")]
    [InlineData("private ShopContext _db = new();")]
    [InlineData("private static readonly string Text = new NpgsqlConnection(\"Host=x\").ConnectionString;")]
    // Alive for a database in memory.
    [InlineData("private static readonly SqliteConnection C = new(\"Data Source=:memory:\");")]
    [InlineData("public static string Text { get; } = \"Data Source=x;Mode=Memory;Cache=Shared\";\nprivate static readonly SqliteConnection C = new(Text);")]
    [InlineData("private static readonly string Text = \"Data Source=x;\" + \"Mode=Memory\";\nprivate static readonly SqliteConnection C = new(Text);")]
    [InlineData("private const string Text = \"Data Source=x;Mode=Memory;Cache=Shared\";\nprivate static readonly SqliteConnection C = new(Text);")]
    [InlineData("private static SqliteConnection? _keepAlive;\nvoid Run(string text) => _keepAlive = new SqliteConnection(text);")]
    public Task Quiet(string members) => Reports(Members(members));

    [Theory]
    [InlineData("services.{|DBR410:AddSingleton|}<ShopContext>();")]
    [InlineData("services.{|DBR410:AddSingleton|}(new ShopContext());")]
    [InlineData("services.{|DBR410:AddSingleton|}(typeof(ShopContext));")]
    [InlineData("services.{|DBR410:TryAddSingleton|}<ShopContext>();")]
    [InlineData("services.{|DBR410:AddSingleton|}<IDbConnection>(_ => new NpgsqlConnection(text));")]
    [InlineData("services.{|DBR410:AddSingleton|}<IDbConnection>(new NpgsqlConnection(text));")]
    [InlineData("services.{|DBR410:AddSingleton|}<IDbConnection>(_ => { var c = new NpgsqlConnection(text); c.Open(); return c; });")]
    [InlineData("services.{|DBR410:AddDbContext|}<ShopContext>(o => o.UseNpgsql(text), ServiceLifetime.Singleton);")]
    [InlineData("services.{|DBR410:AddDbContext|}<ShopContext>((p, o) => o.UseNpgsql(text), contextLifetime: ServiceLifetime.Singleton);")]
    // Captured.
    [InlineData("services.{|DBR410:AddSingleton|}<Store>();")]
    [InlineData("services.{|DBR410:AddSingleton|}<IStore, Store>();")]
    [InlineData("services.{|DBR410:AddSingleton|}(typeof(IStore), typeof(Store));")]
    [InlineData("services.{|DBR410:AddSingleton|}<IStore>(p => new Store(p.GetRequiredService<ShopContext>()));")]
    [InlineData("services.{|DBR410:AddSingleton|}<OfConnection>();")]
    [InlineData("services.{|DBR410:AddHostedService|}<Worker>();")]
    [InlineData("services.{|DBR410:AddSingleton|}<OfStore>();")]
    [InlineData("services.{|DBR410:AddSingleton|}<OfOnly>();")]
    [InlineData("services.{|DBR410:AddHostedService|}<DeepWorker>();")]
    // Not shared by all.
    [InlineData("services.AddScoped<OfStore>();")]
    [InlineData("services.AddSingleton<OfAny>();")]
    [InlineData("services.AddSingleton<OfFactoryInside>();")]
    [InlineData("services.AddScoped<ShopContext>();")]
    [InlineData("services.AddScoped<IStore, Store>();")]
    [InlineData("services.AddTransient<IStore, Store>();")]
    [InlineData("services.AddSingleton<Plain>();")]
    [InlineData("services.AddSingleton<IStore, OfFactory>();")]
    [InlineData("services.AddSingleton<TwoWays>();")]
    [InlineData("services.AddSingleton<IDbContextFactory<ShopContext>, Made>();")]
    [InlineData("services.AddSingleton(NpgsqlDataSource.Create(text));")]
    [InlineData("services.AddSingleton<IStore>(p => p.GetRequiredService<Store>());")]
    [InlineData("services.AddSingleton<IDbConnection>(_ => new SqliteConnection(\"Data Source=:memory:\"));")]
    [InlineData("services.AddSingleton<Func<ShopContext>>(_ => () => new ShopContext());")]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseNpgsql(text));")]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseNpgsql(text), ServiceLifetime.Transient);")]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseNpgsql(text), ServiceLifetime.Scoped, ServiceLifetime.Singleton);")]
    [InlineData("services.AddDbContext<ShopContext>(optionsLifetime: ServiceLifetime.Singleton);")]
    public Task Registered(string statement) => Suggests(
        $$"""
        using Microsoft.Data.Sqlite;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.DependencyInjection.Extensions;
        using Microsoft.Extensions.Hosting;
        using Npgsql;

        public static class SetUp
        {
            public static void Add(IServiceCollection services, string text)
            {
                {{statement}}
            }
        }

        public interface IStore { }
        public class Store(ShopContext db) : IStore { public int Count() => db.Orders.Count(); }
        public class OfFactory(IDbContextFactory<ShopContext> factory) : IStore { public ShopContext Make() => factory.CreateDbContext(); }
        public class OfConnection(DbConnection connection) { public DbConnection Connection => connection; }
        public class OfStore(Store store) { public Store Store => store; }
        public interface IOnly { }
        public class Only(ShopContext db) : IOnly { public int Count() => db.Orders.Count(); }
        public class OfOnly(IOnly only) { public IOnly Only => only; }
        public class OfAny(IStore store) { public IStore Store => store; }
        public class OfFactoryInside(OfFactory factory) { public OfFactory Factory => factory; }
        public class DeepWorker(OfOnly inside) : IHostedService { public OfOnly Inside => inside; }
        public class Made : IDbContextFactory<ShopContext> { public ShopContext CreateDbContext() => new(); }
        public class Plain { }
        public class TwoWays { public TwoWays() { } public TwoWays(ShopContext db) { } }
        public class Worker(ShopContext db) : IHostedService { public int Count() => db.Orders.Count(); }

        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostedService { }
        }

        namespace Microsoft.Extensions.DependencyInjection
        {
            public static class ServiceCollectionHostedServiceExtensions
            {
                public static IServiceCollection AddHostedService<T>(this IServiceCollection services) where T : class, IHostedService => services;
            }
        }
        """);

    [Theory]
    [InlineData("class ShopSeeder { private static readonly ShopContext Db = new(); }")]
    [InlineData("class Factory : Microsoft.EntityFrameworkCore.Design.IDesignTimeDbContextFactory<ShopContext> { private static readonly ShopContext Db = new(); public ShopContext CreateDbContext(string[] args) => Db; }")]
    public Task Quiet_classes(string code) => Reports(code);

    /// <summary>What is registered is a suggestion.</summary>
    private static Task Suggests(string code)
    {
        var test = new CSharpAnalyzerVerifier<SessionSharedByAll>.Test { TestCode = code.Replace("{|DBR410:", "{|#0:", StringComparison.Ordinal), ReferenceAssemblies = ShopReferences.StoresAndAll };
        if (code.Contains("{|DBR410:", StringComparison.Ordinal))
            test.ExpectedDiagnostics.Add(CSharpAnalyzerVerifier<SessionSharedByAll>.Diagnostic().WithSeverity(DiagnosticSeverity.Info).WithLocation(0));
        return test.RunAsync();
    }

    private static Task Reports(string code) => SessionCode.Reports<SessionSharedByAll>(code);

    private static string Members(string members) =>
        $$"""
        using Microsoft.Data.Sqlite;
        using Npgsql;

        class Report
        {
            {{members.ReplaceLineEndings("\n    ")}}
        }
        """;
}
