using System.Collections.Immutable;
using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using DbRules.Rules.RoundTrips;
using DbRules.Testing;
using DbRules.Tests.Rules.RoundTrips;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>Libraries that project, filter, order and page the queries of EF Core. They are stood in for by assemblies with their names and signatures.</summary>
public sealed class QueryHelpersTests
{
    [Theory]
    // AutoMapper: a projection limits nothing.
    [InlineData("Use(await db.Orders.ProjectTo<Row>(configuration).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(await mapper.ProjectTo<Row>(db.Orders.OrderBy(o => o.Id)).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("var rows = mapper.ProjectTo<Row>(db.Orders.Where(o => o.Open)); Use(await rows.{|DBR202:ToListAsync|}(ct));")]
    [InlineData("Use(await db.Orders.Where(o => o.Open).ProjectTo<Row>(configuration).{|DBR202:ToListAsync|}(ct));")]
    [InlineData("Use(await db.Orders.ProjectTo<Row>(configuration).{|DBR204:Skip|}(10).Take(10).ToListAsync(ct));")]
    // System.Linq.Dynamic.Core
    [InlineData("Use(await db.Orders.OrderBy(text).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(db.Orders.Select(\"new (Id, Number)\").{|DBR201:ToDynamicList|}());")]
    [InlineData("Use(await db.Orders.OrderBy(text).Select(text).{|DBR201:ToDynamicListAsync|}(ct));")]
    [InlineData("Use(await db.Orders.Where(text).{|DBR204:Skip|}(10).Take(10).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => o.Open).{|DBR204:Page|}(2, 10).ToListAsync(ct));")]
    // Gridify
    [InlineData("Use(await db.Orders.ApplyOrdering(text).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(await db.Orders.ApplyFiltering(text).{|DBR204:ApplyPaging|}(2, 10).ToListAsync(ct));")]
    // X.PagedList
    [InlineData("Use(db.Orders.{|DBR204:ToPagedList|}(2, 10, null));")]
    [InlineData("Use(await db.Orders.Where(o => o.Open).{|DBR204:ToPagedListAsync|}(2, 10, null, ct));")]
    [InlineData("Use(db.Orders.{|DBR201:ToPagedList|}());")]
    [InlineData("foreach (var id in ids) Use(await db.Orders.Where(o => o.CustomerId == id).OrderBy(o => o.Id).{|DBR101:ToPagedListAsync|}(1, 10, null, ct));")]
    public Task Reported(string code) => RunAsync(code);

    [Theory]
    [InlineData("Use(await db.Orders.Where(o => o.CustomerId == 3).ProjectTo<Row>(configuration).ToListAsync(ct));")]
    [InlineData("Use(await mapper.ProjectTo<Row>(db.Orders.OrderBy(o => o.Id).Take(10)).ToListAsync(ct));")]
    [InlineData("Use(await mapper.ProjectTo<Row>(db.Orders).OrderBy(r => r.Id).Take(10).ToListAsync(ct));")]
    [InlineData("Use(await mapper.ProjectTo<Row>(db.Countries).ToListAsync(ct));")]
    [InlineData("Use(await mapper.ProjectTo<Row>(query).ToListAsync(ct));")]
    [InlineData("Use(mapper.ProjectTo<Row>(orders.AsQueryable()).ToList());")]
    // What the text says is not known.
    [InlineData("Use(await db.Orders.Where(text).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(text).OrderBy(text).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.OrderBy(text).Page(2, 10).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.OrderBy(text).Skip(10).Take(10).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.ApplyFiltering(text).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.ApplyFiltering(text).ApplyOrdering(text).ApplyPaging(2, 10).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.ApplyFilteringOrderingPaging(text).ToListAsync(ct));")]
    [InlineData("Use(db.Orders.OrderBy(o => o.Id).ToPagedList(2, 10, null));")]
    [InlineData("Use(await db.Orders.OrderBy(o => o.Id).ToPagedListAsync(2, 10, null, ct));")]
    [InlineData("Use(db.Orders.ToPagedList(o => o.Id, 2, 10));")]
    [InlineData("Use(query.ToPagedList(2, 10, null));")]
    [InlineData("Use(orders.ToPagedList(2, 10));")]
    [InlineData("Use(orders.ToPagedList());")]
    [InlineData("for (var page = 1; page < 9; page++) Use(await db.Orders.OrderBy(o => o.Id).ToPagedListAsync(page, 10, null, ct));")]
    [InlineData("for (var page = 1; page < 9; page++) Use(await db.Orders.OrderBy(o => o.Id).Page(page, 10).ToListAsync(ct));")]
    // A helper that no row speaks of.
    [InlineData("Use(await db.Orders.WithSpecification(text).ToListAsync(ct));")]
    [InlineData("Use(await specifications.GetQuery(db.Orders, text).ToListAsync(ct));")]
    public Task Quiet(string code) => RunAsync(code);

    [Theory]
    [InlineData("public object Read(int page, int size) => db.Orders.OrderBy(o => o.Id).ToPagedList(page, {|DBR206:size|}, null);")]
    [InlineData("public object Read(int page, int size) => db.Orders.OrderBy(o => o.Id).Page(page, {|DBR206:size|}).ToList();")]
    [InlineData("public object Read(int page, int size) => db.Orders.OrderBy(o => o.Id).ApplyPaging(page, {|DBR206:size|}).ToList();")]
    [InlineData("public object Read(int page, int size) => db.Orders.OrderBy(o => o.Id).ToPagedList(page, Math.Min(size, 50), null);")]
    [InlineData("public object Read(int page) => db.Orders.OrderBy(o => o.Id).ToPagedList(page, 50, null);")]
    public Task Page_sizes(string member) => RunSourceAsync("class Store(ShopContext db) { " + member + " }");

    [Theory]
    [InlineData("Use(await db.Orders.ProjectTo<Row>(configuration).{|DBR201:ToListAsync|}(ct));", "Use(await db.Orders.OrderBy(o => o.Id).Take(100).ProjectTo<Row>(configuration).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.OrderBy(text).{|DBR201:ToListAsync|}(ct));", "Use(await db.Orders.OrderBy(text).Take(100).ToListAsync(ct));")]
    // The rows have no type that LINQ could take, or no place behind the entities.
    [InlineData("Use(await db.Orders.OrderBy(text).Select(text).{|DBR201:ToDynamicListAsync|}(ct));", null)]
    [InlineData("Use(await mapper.ProjectTo<Row>(db.Orders).{|DBR201:ToListAsync|}(ct));", null)]
    public Task Limit(string statements, string? fixedStatements) => FixAsync<WholeTableRead, WholeTableReadFix>(statements, fixedStatements);

    [Theory]
    [InlineData("Use(db.Orders.{|DBR204:ToPagedList|}(2, 10, null));", "Use(db.Orders.OrderBy(o => o.Id).ToPagedList(2, 10, null));")]
    [InlineData("Use(await db.Orders.Where(o => o.Open).{|DBR204:Page|}(2, 10).ToListAsync(ct));", "Use(await db.Orders.Where(o => o.Open).OrderBy(o => o.Id).Page(2, 10).ToListAsync(ct));")]
    public Task Order(string statements, string fixedStatements) => FixAsync<UnorderedPage, UnorderedPageFix>(statements, fixedStatements);

    private static Task FixAsync<TRule, TFix>(string statements, string? fixedStatements)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        new CSharpCodeFixVerifier<TRule, TFix>.Test { TestCode = Usings + Method(statements), FixedCode = Usings + Method(fixedStatements ?? statements), ReferenceAssemblies = References.Value }.RunAsync();

    private static Task RunAsync(string statements) => RunSourceAsync(Method(statements));

    private static string Method(string statements) =>
        $$"""
        class Row { public int Id { get; set; } }
        class Report
        {
            async Task RunAsync(ShopContext db, IMapper mapper, IConfigurationProvider configuration, Specifications specifications, IQueryable<Order> query, List<Order> orders, int[] ids, string text, CancellationToken ct)
            {
                {{statements}}
                await Task.Yield();
            }
            static void Use(object? value) { }
        }
        """;

    private static Task RunSourceAsync(string source) => new Test { TestCode = Usings + source, ReferenceAssemblies = References.Value }.RunAsync();

    private const string Usings =
        """
        using AutoMapper;
        using AutoMapper.QueryableExtensions;
        using Gridify;
        using Others;
        using System.Linq.Dynamic.Core;
        using X.PagedList.EF;
        using X.PagedList.Extensions;

        """;

    private static readonly Lazy<ReferenceAssemblies> References = new(() => new ReferenceAssemblies(
    [
        .. TestReferences.All,
        StandIn("AutoMapper",
            """
            namespace AutoMapper
            {
                public interface IConfigurationProvider;
                public interface IMapper { IQueryable<T> ProjectTo<T>(IQueryable source, object? parameters = null, params Expression<Func<T, object>>[] membersToExpand); }
            }
            namespace AutoMapper.QueryableExtensions
            {
                public static class Extensions { public static IQueryable<T> ProjectTo<T>(this IQueryable source, IConfigurationProvider configuration, params Expression<Func<T, object>>[] membersToExpand) => null!; }
            }
            """),
        StandIn("System.Linq.Dynamic.Core",
            """
            namespace System.Linq.Dynamic.Core
            {
                public static class DynamicQueryableExtensions
                {
                    public static IQueryable<T> Where<T>(this IQueryable<T> source, string predicate, params object?[] args) => null!;
                    public static IOrderedQueryable<T> OrderBy<T>(this IQueryable<T> source, string ordering, params object?[] args) => null!;
                    public static IQueryable Select(this IQueryable source, string selector, params object?[] args) => null!;
                    public static IQueryable<T> Page<T>(this IQueryable<T> source, int page, int pageSize) => null!;
                }
                public static class DynamicEnumerableExtensions { public static List<object> ToDynamicList(this IEnumerable source) => null!; }
                public static class DynamicEnumerableAsyncExtensions { public static Task<List<object>> ToDynamicListAsync(this IEnumerable source, CancellationToken cancellationToken = default) => null!; }
            }
            """),
        StandIn("Gridify",
            """
            namespace Gridify
            {
                public static class GridifyExtensions
                {
                    public static IQueryable<T> ApplyFiltering<T>(this IQueryable<T> query, string filter) => null!;
                    public static IQueryable<T> ApplyOrdering<T>(this IQueryable<T> query, string orderBy, bool startWithThenBy = false) => null!;
                    public static IQueryable<T> ApplyPaging<T>(this IQueryable<T> query, int page, int pageSize) => null!;
                    public static IQueryable<T> ApplyFilteringOrderingPaging<T>(this IQueryable<T> query, string gridifyQuery) => null!;
                }
            }
            """),
        StandIn("X.PagedList",
            """
            namespace X.PagedList.Extensions
            {
                public static class PagedListExtensions
                {
                    public static List<T> ToPagedList<T>(this IEnumerable<T> superset) => null!;
                    public static List<T> ToPagedList<T>(this IEnumerable<T> superset, int pageNumber, int pageSize) => null!;
                    public static List<T> ToPagedList<T>(this IQueryable<T> superset, int pageNumber, int pageSize, int? totalSetCount) => null!;
                    public static List<T> ToPagedList<T, TKey>(this IQueryable<T> superset, Expression<Func<T, TKey>> keySelector, int pageNumber, int pageSize) => null!;
                }
            }
            """),
        StandIn("X.PagedList.EF",
            """
            namespace X.PagedList.EF
            {
                public static class PagedListExtensions { public static Task<List<T>> ToPagedListAsync<T>(this IQueryable<T> superset, int pageNumber, int pageSize, int? totalSetCount, CancellationToken cancellationToken) => null!; }
            }
            """),
        StandIn("Others",
            """
            namespace Others
            {
                public static class Extensions { public static IQueryable<T> WithSpecification<T>(this IQueryable<T> source, string specification) => null!; }
                public class Specifications { public IQueryable<T> GetQuery<T>(IQueryable<T> source, string specification) => null!; }
            }
            """),
    ]));

    private static MetadataReference StandIn(string name, string source)
    {
        const string Imports = "global using System; global using System.Collections; global using System.Collections.Generic; global using System.Linq; global using System.Linq.Expressions; global using System.Threading; global using System.Threading.Tasks;\n";
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(Imports + source)], TestReferences.Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation.ToMetadataReference();
    }

    private sealed class Test : RoundTripTest
    {
        protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() =>
            [new WholeTableRead(), new FilterWithoutLimit(), new UnorderedPage(), new UnclampedPageSize(), new QueryPerElement()];
    }
}
