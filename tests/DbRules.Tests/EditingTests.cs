using System.Collections.Immutable;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DbRules.Tests;

/// <summary>
/// What an earlier compilation has worked out about other files serves an editor again: after each edit the findings in the open file are those that are expected, and those of a
/// project that nobody has seen before.
/// </summary>
public sealed class EditingTests
{
    private const string Open = "Open.cs";

    [Fact]
    public Task Round_trips_behind_calls() => EditAsync(
        "DBR102",
        [
            (Open, "class Report(Repository repository) { public void Run(int[] ids) { foreach (int id in ids) repository.Load(id); } }"),
            ("Repository.cs", "class Repository(Store store, ShopContext db) { public Order? Load(int id) { return store.Read(id); } }"),
            ("Store.cs", "class Store(ShopContext db) { const string Number = \"1\"; public Order? Read(int id) { return db.Orders.First(order => order.Id == id); } }"),
        ],
        findings: 1,
        (Open, "repository.Load(id);", "repository.Load(id + 1);", 1),
        (Open, "repository.Load(id + 1);", "repository.Load(id + 1).ToString();", 1),
        ("Store.cs", "db.Orders.First(order => order.Id == id)", "new Order()", 0),
        (Open, ".ToString();", ";", 0),
        ("Repository.cs", "store.Read(id)", "store.Read(id) ?? db.Orders.Find(id)", 1),
        (Open, "id + 1", "id", 1),
        ("Repository.cs", " ?? db.Orders.Find(id)", "", 0),
        ("Store.cs", "new Order()", "db.Orders.First(order => order.Number == Number)", 1),
        ("Store.cs", "const string Number", "static readonly string Number", 1));

    [Fact]
    public Task Implementations_of_what_is_called() => EditAsync(
        "DBR102",
        [
            (Open, "class Report(IRepository repository) { public void Run(int[] ids) { foreach (int id in ids) repository.Load(id); } }"),
            ("IRepository.cs", "interface IRepository { Order? Load(int id); }"),
            ("Repository.cs", "class Repository(ShopContext db) : IRepository { public Order? Load(int id) { return db.Orders.First(order => order.Id == id); } }"),
            ("Another.cs", "class Another { public Order? Load(int id) { return null; } }"),
        ],
        findings: 1,
        (Open, "repository.Load(id);", "repository.Load(id + 1);", 1),
        ("Repository.cs", "db.Orders.First(order => order.Id == id)", "null", 0),
        (Open, "id + 1", "id", 0),
        ("Another.cs", "return null;", "return new ShopContext().Orders.First(order => order.Id == id);", 0),
        ("Another.cs", "class Another", "class Another : IRepository", 0),
        ("Repository.cs", "return null;", "return db.Orders.First(order => order.Id == id);", 1),
        (Open, "repository.Load(id);", "repository.Load(id + 1);", 1),
        ("IRepository.cs", "Load", "Find", 0));

    private static readonly (string, string)[] Checkout =
    [
        (Open, "class Checkout(ShopContext db, Log log) { public async Task PayAsync(Order order) { db.Add(order); await db.SaveChangesAsync(); await log.WriteAsync(order); } }"),
        ("Log.cs", "class Log(ShopContext db, Lines lines) { public async Task WriteAsync(Order order) { db.Add(new Payment()); await db.SaveChangesAsync(); } public Task AddAsync() => Task.CompletedTask; }"),
        ("Lines.cs", "class Lines(ShopContext db) { public async Task AddAsync() { await Task.Yield(); } }"),
        ("Page.cs", "class Page(Service service, ShopContext db) { public async Task PostAsync(Order order) { await service.PayAsync(order); } }"),
        ("Service.cs", "class Service(Checkout checkout) { public async Task PayAsync(Order order) { await checkout.PayAsync(order); } }"),
    ];

    [Fact]
    public Task Ways_to_writes() => EditAsync(
        "DBR302",
        Checkout,
        findings: 1,
        (Open, "db.Add(order);", "db.Orders.Add(order);", 1),
        ("Log.cs", "await db.SaveChangesAsync();", "await AddAsync();", 0),
        (Open, "db.Orders.Add(order);", "db.Add(order);", 0),
        ("Log.cs", "public Task AddAsync() => Task.CompletedTask;", "public async Task AddAsync() { await db.SaveChangesAsync(); }", 1),
        (Open, "db.Add(order);", "db.Orders.Add(order);", 1),
        ("Log.cs", "await db.SaveChangesAsync();", "await Task.Yield();", 0));

    [Fact]
    public Task Transactions_of_callers() => EditAsync(
        "DBR302",
        Checkout,
        findings: 1,
        ("Page.cs", "await service", "await using var transaction = await db.Database.BeginTransactionAsync(); await service", 0),
        (Open, "db.Add(order);", "db.Orders.Add(order);", 0),
        ("Service.cs", "await checkout.PayAsync(order)", "await Task.Yield()", 1),
        (Open, "db.Orders.Add(order);", "db.Add(order);", 1),
        ("Service.cs", "await Task.Yield()", "await checkout.PayAsync(order)", 0),
        ("Page.cs", "await using var transaction = await db.Database.BeginTransactionAsync(); ", "", 1),
        (Open, "db.Add(order);", "db.Orders.Add(order);", 1));

    [Fact]
    public Task Transactions_around_a_call_that_is_still_being_written() => EditAsync(
        "DBR302",
        Checkout,
        findings: 1,
        ("Page.cs", "await service.PayAsync(order)", "await using var transaction = await db.Database.BeginTransactionAsync(); await service.PayAsync(order, 1)", 0),
        ("Service.cs", "await checkout", "await Task.Yield(); await checkout", 0),
        (Open, "db.Add(order);", "db.Orders.Add(order);", 0));

    [Fact]
    public Task Constructors_of_singletons() => EditAsync(
        "DBR410",
        [
            (Open, "using Microsoft.Extensions.DependencyInjection; static class Start { static void Add(IServiceCollection services) { services.AddSingleton<Page>(); } }"),
            ("Page.cs", "class Page(IStore store);"),
            ("IStore.cs", "interface IStore { }"),
            ("Store.cs", "class Store(ShopContext db) : IStore;"),
        ],
        findings: 1,
        (Open, "services.AddSingleton<Page>();", "services.AddScoped<Page>();", 0),
        (Open, "services.AddScoped<Page>();", "services.AddSingleton<Page>();", 1),
        ("Store.cs", "ShopContext db", "int[] ids", 0),
        (Open, "services.AddSingleton<Page>();", "services.AddSingleton<Page>().ToString();", 0),
        ("Page.cs", "IStore store", "ShopContext db", 1),
        (Open, ".ToString();", ";", 1));

    [Fact]
    public Task Set_ups_of_contexts() => EditAsync(
        "DBR305",
        [
            (Open, "class Orders(ShopContext db) { public async Task CloseAsync(Order order) { await using var transaction = await db.Database.BeginTransactionAsync(); order.Open = false; await db.SaveChangesAsync(); await transaction.CommitAsync(); } }"),
            ("Start.cs", "using Microsoft.Extensions.DependencyInjection; static class Start { static void Add(IServiceCollection services) { services.AddDbContext<ShopContext>(options => Options.Set(options)); } }"),
            ("Options.cs", "static class Options { public static void Set(DbContextOptionsBuilder options) { options.UseNpgsql(\"\", npgsql => npgsql.EnableRetryOnFailure()); } }"),
        ],
        findings: 1,
        (Open, "order.Open = false;", "order.Open = true;", 1),
        ("Options.cs", "npgsql.EnableRetryOnFailure()", "npgsql.CommandTimeout(3)", 0),
        (Open, "order.Open = true;", "order.Open = false;", 0),
        ("Options.cs", "npgsql.CommandTimeout(3)", "npgsql.EnableRetryOnFailure()", 1),
        ("Start.cs", "ShopContext", "AnotherContext", 0),
        (Open, "order.Open = false;", "order.Open = true;", 0));

    private static async Task EditAsync(string rule, (string Path, string Source)[] files, int findings, params (string Path, string Old, string Other, int Findings)[] edits)
    {
        Project project = TestProjects.Create(TestReferences.All, withShop: true);
        foreach ((string path, string source) in files)
            project = project.WithSource(path, "using System.Linq; using System.Threading.Tasks; using Microsoft.EntityFrameworkCore; " + source);
        // Of a small project the editor has read most.
        foreach (int i in Enumerable.Range(0, 20))
            project = project.WithSource($"Other{i}.cs", $"class Other{i} {{ int Next(int id) => id + {i}; }}");
        project = project.WithSource("AnotherContext.cs", "class AnotherContext : Microsoft.EntityFrameworkCore.DbContext;");
        Compilation compilation = (await project.GetCompilationAsync())!;
        Assert.Empty(compilation.GetDiagnostics().Where(static problem => problem.Severity == DiagnosticSeverity.Error));
        Assert.Equal(findings, (await FindAsync(rule, compilation)).Length);
        foreach ((string path, string old, string other, int expected) in edits)
        {
            SyntaxTree file = FileOf(compilation, path);
            int start = file.ToString().IndexOf(old, StringComparison.Ordinal);
            Assert.True(start >= 0, old);
            compilation = compilation.ReplaceSyntaxTree(file, file.WithChangedText(file.GetText().WithChanges(new TextChange(new TextSpan(start, old.Length), other))));
            string[] found = await FindAsync(rule, compilation);
            Assert.True(expected == found.Length, $"{found.Length} findings after '{other}'.");
            SyntaxTree[] anew = [.. compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath))];
            Assert.Equal(found, await FindAsync(rule, compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(anew)));
        }
    }

    private static SyntaxTree FileOf(Compilation compilation, string path) => compilation.SyntaxTrees.Single(tree => Path.GetFileName(tree.FilePath) == path);

    /// <summary>The findings of a rule that an editor shows in the open file.</summary>
    private static async Task<string[]> FindAsync(string rule, Compilation compilation)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(ProductParts.CreateAnalyzers());
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerSemanticDiagnosticsAsync(analysis.Compilation.GetSemanticModel(FileOf(compilation, Open)), null, default);
        return [.. found.Where(finding => finding.Id == rule).Select(FindingText.Of)];
    }
}
