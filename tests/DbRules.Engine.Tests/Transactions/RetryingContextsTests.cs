using DbRules.Engine.Tests.Models;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DbRules.Engine.Tests.Transactions;

/// <summary>Whether the code in view sets a context up to retry.</summary>
public sealed class RetryingContextsTests
{
    private const string Usings =
        """
        using System;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Design;
        using Microsoft.EntityFrameworkCore.Storage;
        using Microsoft.Extensions.DependencyInjection;
        using Npgsql.EntityFrameworkCore.PostgreSQL;
        using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

        """;

    private const string Shop = "public class Shop(DbContextOptions options) : DbContext(options);";
    private const string Archive = "public class Archive(DbContextOptions options) : DbContext(options);";

    [Theory]
    [InlineData("services.AddDbContext<Shop>(o => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure()));")]
    [InlineData("services.AddDbContext<Shop>((provider, o) => { o.UseNpgsql(\"\", p => { p.EnableRetryOnFailure(3); }); });")]
    [InlineData("services.AddDbContextPool<Shop>(o => o.UseSqlServer(\"\", p => p.CommandTimeout(3).EnableRetryOnFailure()));")]
    [InlineData("services.AddDbContextFactory<Shop>(o => o.UseSqlServer(\"\", p => p.EnableRetryOnFailure()));")]
    [InlineData("services.AddPooledDbContextFactory<Shop>(o => o.UseSqlServer(\"\", p => p.EnableRetryOnFailure()));")]
    [InlineData("services.AddSqlServer<Shop>(\"\", p => p.EnableRetryOnFailure());")]
    [InlineData("services.AddNpgsql<Shop>(\"\", p => p.EnableRetryOnFailure());")]
    [InlineData("var builder = new DbContextOptionsBuilder<Shop>(); builder.UseNpgsql(\"\", p => p.EnableRetryOnFailure());")]
    [InlineData("DbContextOptionsBuilder<Shop> builder = new(); builder.UseNpgsql(\"\", p => p.EnableRetryOnFailure());")]
    [InlineData("_ = new Shop(new DbContextOptionsBuilder<Shop>().UseNpgsql(\"\", p => p.EnableRetryOnFailure()).Options);")]
    [InlineData("services.AddDbContext<Shop>(o => o.UseNpgsql(\"\", p => p.ExecutionStrategy(d => new NpgsqlRetryingExecutionStrategy(d))));")]
    [InlineData("services.AddDbContext<Shop>(o => o.UseNpgsql(\"\", p => p.ExecutionStrategy(d => new Patient(d))));")]
    [InlineData("if (services is null) services.AddDbContext<Shop>(o => o.UseSqlite(\"\")); else services.AddDbContext<Shop>(o => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure()));")]
    public void Retries(string setup) => Assert.Equal(RetryUse.On, Ask(Startup(setup) + Archive));

    [Theory]
    [InlineData("services.AddDbContext<Shop>(o => Helpers.Configure(o));")]
    [InlineData("services.AddDbContext<Shop>(Helpers.Configure);")]
    [InlineData("services.AddDbContext<Shop>(o => o.UseNpgsql(\"\", p => p.RetryPatiently()));")]
    [InlineData("services.AddRetrying<Shop>();")]
    public void Helpers_are_followed(string setup)
    {
        const string Helpers =
            """
            static class Helpers
            {
                public static void Configure(DbContextOptionsBuilder o) => o.UseNpgsql("", Provider);
                private static void Provider(NpgsqlDbContextOptionsBuilder p) => p.RetryPatiently();
                public static NpgsqlDbContextOptionsBuilder RetryPatiently(this NpgsqlDbContextOptionsBuilder p) => p.EnableRetryOnFailure(9);
                public static void AddRetrying<T>(this IServiceCollection services) where T : DbContext => services.AddRetrying<T>(3);
                private static void AddRetrying<T>(this IServiceCollection services, int count) where T : DbContext => services.AddDbContext<T>(o => o.UseNpgsql("", p => p.EnableRetryOnFailure(count)));
            }
            """;
        Assert.Equal(RetryUse.On, Ask(Startup(setup) + Helpers + Archive));
        Assert.NotEqual(RetryUse.On, Ask(Startup(setup.Replace("Shop", "Archive", StringComparison.Ordinal)) + Helpers + Archive));
    }

    [Theory]
    [InlineData("public class Configured : DbContext { protected override void OnConfiguring(DbContextOptionsBuilder o) => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure()); } public class Shop2 : Configured;", "Shop2")]
    [InlineData("public class Shop2 : DbContext { protected override void OnConfiguring(DbContextOptionsBuilder o) => Options(o); static void Options(DbContextOptionsBuilder o) => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure()); }", "Shop2")]
    public void Contexts_set_themselves_up(string code, string context) => Assert.Equal(RetryUse.On, Ask(code + Archive, context));

    [Theory]
    [InlineData("services.AddDbContext<Shop>(o => o.UseNpgsql(\"\"));")]
    [InlineData("services.AddDbContext<Shop>(o => o.UseSqlServer(\"\", p => p.CommandTimeout(3))); services.AddDbContext<Archive>(o => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure()));")]
    [InlineData("services.AddDbContext<Shop>(o => o.UseNpgsql(\"\", p => p.ExecutionStrategy(d => new NonRetryingExecutionStrategy(d))));")]
    public void Does_not_retry(string setup) => Assert.Equal(RetryUse.Off, Ask(Startup(setup) + Archive));

    [Theory]
    [InlineData("")]
    [InlineData("services.AddDbContext<Shop>(o => o.UseNpgsql(\"\", p => p.ExecutionStrategy(d => Make(d))));")]
    [InlineData("services.AddDbContext<Shop>(o => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure(0)));")]
    [InlineData("services.AddDbContext<Shop>(o => o.UseNpgsql(\"\")); void Unnamed(DbContextOptionsBuilder o) => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure());")]
    public void Unknown(string setup) => Assert.Equal(RetryUse.Unknown, Ask(Startup(setup + " IExecutionStrategy Make(ExecutionStrategyDependencies d) => null!;") + Archive));

    [Fact]
    public void A_helper_that_names_no_context_speaks_of_the_only_one()
    {
        const string Helper = "public static class Helpers { public static void Configure(DbContextOptionsBuilder o) => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure()); }";
        Assert.Equal(RetryUse.On, Ask(Helper));
        Assert.Equal(RetryUse.Unknown, Ask(Helper + Archive));
    }

    [Fact]
    public void Tools_and_tests_do_not_count()
    {
        Assert.Equal(RetryUse.Unknown, Ask("public class Tools : IDesignTimeDbContextFactory<Shop> { public Shop CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<Shop>().UseNpgsql(\"\", p => p.EnableRetryOnFailure()).Options); }"));
        Assert.Equal(RetryUse.Unknown, Ask("public class ShopTests { [Xunit.Fact] public void Test() => new DbContextOptionsBuilder<Shop>().UseNpgsql(\"\", p => p.EnableRetryOnFailure()); } namespace Xunit { public class FactAttribute : Attribute; }"));
    }

    [Theory]
    [InlineData("builder.AddNpgsqlDbContext<Shop>(\"shop\");", RetryUse.On)]
    [InlineData("builder.EnrichNpgsqlDbContext<Shop>();", RetryUse.On)]
    [InlineData("builder.AddNpgsqlDbContext<Shop>(\"shop\", settings => settings.DisableRetry = true);", RetryUse.Unknown)]
    public void Aspire_retries_unless_told_not_to(string setup, RetryUse expected) => Assert.Equal(expected, Ask(
        $$"""
        public class Host { public void Run(object builder) { {{setup}} } }
        public class Settings { public bool DisableRetry { get; set; } }
        public static class Aspire
        {
            public static void AddNpgsqlDbContext<T>(this object builder, string name, Action<Settings>? settings = null) { }
            public static void EnrichNpgsqlDbContext<T>(this object builder, Action<Settings>? settings = null) { }
        }
        """));

    [Fact]
    public void Referenced_projects_are_read()
    {
        Compilation library = Compile(Startup("services.AddDbContext<Shop>(o => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure()));") + Shop);
        Compilation application = Libraries.Compile(Usings + "class Application;").WithAssemblyName("Application").AddReferences(library.ToMetadataReference());
        Assert.Equal(RetryUse.On, DbFacts.For(application, [], CancellationToken.None)!.Transactions.RetriesOn(application.GetTypeByMetadataName("Shop")!));
    }

    private static string Startup(string setup) =>
        $$"""
        public class Startup { public void ConfigureServices(IServiceCollection services) { {{setup}} } }
        public class Patient(ExecutionStrategyDependencies d) : Stubborn(d);
        public abstract class Stubborn(ExecutionStrategyDependencies d) : ExecutionStrategy(d, 3, TimeSpan.Zero) { protected override bool ShouldRetryOn(Exception exception) => true; }
        """;

    private static RetryUse Ask(string code, string context = "Shop")
    {
        Compilation compilation = Compile(code + Shop);
        return DbFacts.For(compilation, [], CancellationToken.None)!.Transactions.RetriesOn(compilation.GetTypeByMetadataName(context)!);
    }

    private static CSharpCompilation Compile(string code)
    {
        CSharpCompilation compilation = Libraries.Compile(Usings + code);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation;
    }
}
