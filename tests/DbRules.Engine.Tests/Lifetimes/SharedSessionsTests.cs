using DbRules.Engine.Lifetimes;
using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Lifetimes;

/// <summary>What all callers share: static members and singletons.</summary>
public sealed class SharedSessionsTests
{
    [Theory]
    [InlineData("private static readonly Shop Db = new();", "static Db Context")]
    [InlineData("private static NpgsqlConnection? _c;\nvoid Run(string text) { _c = new NpgsqlConnection(text); }", "static _c Connection")]
    [InlineData("private static DbConnection? _c;\nstatic DbConnection Get() => _c ??= new NpgsqlConnection(\"\");", "static _c Connection")]
    [InlineData("private static Shop Db { get; } = new();", "static Db Context")]
    // Made to be shared, of one thread, in memory, or nothing.
    [InlineData("private static readonly NpgsqlDataSource Source = NpgsqlDataSource.Create(\"\");", "")]
    [InlineData("[ThreadStatic]\nprivate static Shop? _db;\nvoid Run() { _db = new Shop(); }", "")]
    [InlineData("private static readonly NpgsqlConnection C = new(\"Data Source=:memory:\");", "")]
    [InlineData("private static readonly NpgsqlConnection KeepAlive = new(\"\");", "")]
    [InlineData("private static Shop? _db;\nvoid Run() { _db = null; }", "")]
    [InlineData("private readonly Shop _db = new();", "")]
    [InlineData("private static Shop _db = null!;\nprivate static Shop _before = null!;\nvoid Run() { _db = _before; }", "")]
    public void Static_members(string members, string expected) => Assert.Equal(expected, Shared($"class Report {{ {members} }}"));

    [Theory]
    [InlineData("AddSingleton<Shop>", "Shop Context")]
    [InlineData("AddSingleton<OfShop>", "OfShop Context by db")]
    [InlineData("AddSingleton<IStore, OfShop>", "OfShop Context by db")]
    [InlineData("AddSingleton<OfConnection>", "OfConnection Connection by connection")]
    [InlineData("AddSingleton<Page>", "Page Context by store")]
    [InlineData("AddSingleton<Deep>", "Deep Context by page")]
    [InlineData("AddSingleton<OfInterface>", "OfInterface Context by one")]
    [InlineData("AddScoped<OfShop>", "")]
    [InlineData("AddSingleton<OfFactory>", "")]
    [InlineData("AddSingleton<OfFactoryInside>", "")]
    [InlineData("AddSingleton<TwoWays>", "")]
    [InlineData("AddSingleton<OfSeveral>", "")]
    [InlineData("AddSingleton<Round>", "")]
    // One finding is enough.
    [InlineData("AddSingleton<OfShop>(); services.AddSingleton<Page>", "OfShop Context by db")]
    public void Singletons(string registration, string expected) => Assert.Equal(expected, Shared(
        $$"""
        using Microsoft.Extensions.DependencyInjection;

        static class SetUp { static void Add(IServiceCollection services) { services.{{registration}}(); } }

        interface IStore { }
        class OfShop(Shop db) : IStore { public Shop Db => db; }
        class Other(Shop db) : IStore { public Shop Db => db; }
        class OfConnection(DbConnection connection) { public DbConnection Connection => connection; }
        class OfFactory(IDbContextFactory<Shop> factory) { public Shop Make() => factory.CreateDbContext(); }
        class OfFactoryInside(OfFactory inside) { public Shop Make() => inside.Make(); }
        class TwoWays { public TwoWays() { } public TwoWays(Shop db) { } }
        class Page(OfShop store) { public OfShop Store => store; }
        class Deep(Page page) { public Page Page => page; }
        interface IOne { }
        class One(Shop db) : IOne { public Shop Db => db; }
        class OfInterface(IOne one) { public IOne One => one; }
        class OfSeveral(IStore store) { public IStore Store => store; }
        class Round(Round? other) { public Round? Other => other; }
        """));

    private static string Shared(string source)
    {
        CodeUnderTest code = CodeUnderTest.Of(source);
        return string.Join(", ", code.Bodies().SelectMany(body => code.Facts.Lifetimes.SharedBy(body.Facts)).Select(Describe));
    }

    private static string Describe(SharedSession shared) =>
        (shared.IsStatic ? "static " : "") + $"{shared.Name} {shared.Kind}" + (shared.Captured is { } parameter ? " by " + parameter.Name : "");
}
