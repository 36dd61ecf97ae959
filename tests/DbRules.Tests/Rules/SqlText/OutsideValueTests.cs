using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>DBR501 knows the values that come from outside of a program: parts of requests, and what code is given that answers them.</summary>
public class OutsideValueTests
{
    private const string Framework =
        """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.Primitives;

        namespace Microsoft.Extensions.Primitives
        {
            public readonly struct StringValues { public static implicit operator string?(StringValues values) => ""; public string? this[int index] => ""; public int Count => 1; }
        }

        namespace Microsoft.AspNetCore.Http
        {
            public interface IQueryCollection { StringValues this[string key] { get; } bool TryGetValue(string key, out StringValues value); bool ContainsKey(string key); }
            public interface IFormCollection { StringValues this[string key] { get; } }
            public interface IHeaderDictionary : IDictionary<string, StringValues> { }
            public class RouteValues { public object? this[string key] => null; }
            public abstract class HttpRequest
            {
                public abstract IQueryCollection Query { get; }
                public abstract IFormCollection Form { get; }
                public abstract IHeaderDictionary Headers { get; }
                public RouteValues RouteValues { get; } = new();
                public abstract Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken = default);
            }
            public abstract class HttpContext { public abstract HttpRequest Request { get; } }
            public class AsParametersAttribute : Attribute { }
        }

        namespace Microsoft.AspNetCore.Mvc
        {
            public abstract class ControllerBase { public HttpContext HttpContext => null!; public HttpRequest Request => HttpContext.Request; }
            public class FromQueryAttribute : Attribute { public string? Name { get; set; } }
            public class BindPropertyAttribute : Attribute { }
        }

        namespace Microsoft.AspNetCore.Builder
        {
            public delegate Task RequestDelegate(HttpContext context);
            public interface IEndpointRouteBuilder { }
            public static class EndpointRouteBuilderExtensions
            {
                public static void MapGet(this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) { }
                public static void MapGet(this IEndpointRouteBuilder endpoints, string pattern, RequestDelegate requestDelegate) { }
                public static void MapPost(this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) { }
            }
        }

        """;

    [Fact]
    public Task Lambdas_that_answer_requests() => Reports(
        """
        public record Search(string Table, string Name, State State);
        public enum State { Open }
        public class ShopOptions { public string Schema { get; set; } = ""; }
        public interface INames { string Table { get; } }

        internal static class Endpoints
        {
            public static void Map(IEndpointRouteBuilder app)
            {
                app.MapGet("/a", (string name, DbConnection connection) => connection.ExecuteScalar<int>($"SELECT Id FROM Orders WHERE Number = '{{|DBR501:name|}}'"));
                app.MapGet("/b", async (string sort, DbConnection connection) => await connection.QueryAsync<Order>($"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {{|DBR501:sort|}}"));
                app.MapPost("/c", (Search search, DbConnection connection) => connection.Execute($"DELETE FROM {{|DBR501:search.Table|}} WHERE Name = '{{|DBR501:search.Name|}}' AND State = '{search.State}'"));
                app.MapPost("/d", ([AsParameters] Search search, DbConnection connection) => connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:search.Name|}}'"));
                app.MapGet("/e", (string[] names, DbConnection connection) => connection.Execute($"DELETE FROM Orders WHERE Number IN ('{{|DBR501:string.Join("','", names)|}}')"));
                app.MapGet("/f", Handed);
                app.MapGet("/g", Local);
                app.MapGet("/h", async context => await context.Connection().ExecuteAsync($"DELETE FROM Orders WHERE Number = '{{|DBR501:context.Request.Query["number"]|}}'"));

                // Services, numbers, parameters, allowed names.
                app.MapGet("/i", (int id, DbConnection connection) => connection.Execute($"DELETE FROM Orders WHERE Number = '{id}'"));
                app.MapGet("/j", (string name, DbConnection connection) => connection.Execute("DELETE FROM Orders WHERE Number = @name", new { name }));
                app.MapGet("/k", (ShopOptions options, INames names, DbConnection connection) => connection.Execute($"DELETE FROM {options.Schema}.Orders WHERE Number = '{names.Table}'"));
                app.MapGet("/l", (string name, DbConnection connection) => name is "a" or "b" ? connection.Execute($"DELETE FROM Orders WHERE Number = '{name}'") : 0);
                app.MapGet("/m", (string sort, DbConnection connection) => connection.Query<Order>($"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {(sort == "number" ? "Number" : "Id")}"));

                static int Local(string name, DbConnection connection) => connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:name|}}'");
            }

            private static int Handed(string name, string table, INames names, DbConnection connection) => connection.Execute($"DELETE FROM {{|DBR501:table|}} WHERE Number = '{{|DBR501:name|}}' AND Number <> '{names.Table}'");
            private static int Unknown(Func<string, DbConnection, int> run) => run("a", null!);
            private static int Given(string name, DbConnection connection) => connection.Execute($"DELETE FROM Orders WHERE Number = '{name}'");
            private static int Use() => Unknown(Given);
            private static DbConnection Connection(this HttpContext context) => null!;
        }
        """);

    [Fact]
    public Task Requests() => Reports(
        """
        public class Orders(DbConnection connection)
        {
            private static readonly string[] Allowed = ["a", "b"];

            private int Named(HttpRequest request) => connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:request.Query["number"]|}}'");
            private int Unquoted(HttpRequest request) => connection.Execute("DELETE FROM Orders WHERE Id = " + {|DBR501:request.Query["id"]|});
            private int Read(HttpRequest request) { string? number = request.Form["number"]; return connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'"); }
            private int Trimmed(HttpContext context) { var number = context.Request.Query["number"].ToString().Trim(); return connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'"); }
            private int Header(HttpRequest request) => connection.Execute("DELETE FROM Orders WHERE Number = '" + {|DBR501:request.Headers["X-Number"]|} + "'");
            private int Route(HttpRequest request) => connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:request.RouteValues["number"]|}}'");
            private int Maybe(HttpRequest request) => request.Query.TryGetValue("number", out var number) ? connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'") : 0;
            private async Task<int> FormAsync(HttpRequest request) { var form = await request.ReadFormAsync(); return await connection.ExecuteAsync($"DELETE FROM Orders WHERE Number = '{{|DBR501:form["number"]|}}'"); }
            private int Ordered(HttpRequest request) => connection.Execute($"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {{|DBR501:request.Query["sort"]|}}");
            private int Table(HttpRequest request) { string? table = request.Query["table"]; return connection.Execute($"SELECT Id FROM {{|DBR501:table|}} WHERE Id = 3"); }
            private int Typed() { var number = Console.ReadLine(); return connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'"); }

            // Checked, parsed, given as a parameter.
            private int Known(HttpRequest request) { string number = request.Query["number"]!; return Allowed.Contains(number) ? connection.Execute($"DELETE FROM Orders WHERE Number = '{number}'") : 0; }
            private int Parsed(HttpRequest request) => connection.Execute($"DELETE FROM Orders WHERE Id = {int.Parse(request.Query["id"]!)}");
            private int Switched(HttpRequest request) { string sort = request.Query["sort"]!; return connection.Execute($"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {(sort switch { "number" => "Number", _ => "Id" })}"); }
            private int Doubled(HttpRequest request) => connection.Execute($"DELETE FROM Orders WHERE Number = '{request.Query["number"].ToString().Replace("'", "''")}'");
            private int Parameter(HttpRequest request) => connection.Execute("DELETE FROM Orders WHERE Number = @number", new { number = request.Query["number"].ToString() });
            private int Count(HttpRequest request) => connection.Execute($"DELETE FROM Orders WHERE Id = {request.Query["id"].Count}");
        }
        """);

    [Fact]
    public Task Controllers() => Reports(
        """
        public class OrdersController(DbConnection connection) : ControllerBase
        {
            [BindProperty] public string Number { get; set; } = "";
            public string Schema { get; set; } = "shop";

            // In a library too, and whoever else calls it.
            public int ByTable(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {{|DBR501:table|}}");
            public int Fixed() => ByTable("orders");
            public int ByName(string name) => connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:name|}}'");
            public int Bound() => connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:Number|}}'");
            public int Asked() => connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:Request.Query["number"]|}}'");
            public int Through(string name) => Inner(name);
            private int Inner(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {{|DBR501:table|}}");

            public int Own() => connection.Execute($"DELETE FROM {Schema}.Orders WHERE Number = 'a'");
            public int Compared(string table) => table == "orders" ? connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {table}") : 0;
            protected int Inherited(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {table}");
        }

        public class Reports(DbConnection connection)
        {
            internal int ByTable([FromQuery(Name = "t")] string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {{|DBR501:table|}}");
            public int OfLibrary(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {table}");
        }
        """);

    private static Task Reports(string source) => new CSharpAnalyzerVerifier<DbRules.Rules.SqlText.SplicedValue>.Test { TestCode = Framework + source }.RunAsync();
}
