using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR117 and DBR101, DBR102, DBR116: which of them speaks depends on what the loop goes over.</summary>
public sealed class QueryPerFewRowsTests
{
    [Theory]
    [InlineData("foreach (var country in countries) Use(await db.Orders.Where(o => o.Id > country.Id).{|DBR117:MaxAsync|}(o => o.Id, ct));")]
    [InlineData("foreach (var country in countries) Use(db.Orders.Where(o => o.Id > country.Id).{|DBR117:Max|}(o => o.Id));")]
    [InlineData("for (var i = 0; i < countries.Count; i++) Use(store.{|DBR117:Last|}(countries[i].Id));")]
    [InlineData("foreach (var country in db.Countries.AsNoTracking().ToList()) Use(store.{|DBR117:Last|}(country.Id));")]
    [InlineData("foreach (var role in roles) Use(store.{|DBR117:WithSql|}(role.Id));")]
    [InlineData("foreach (var role in roles.Where(r => r.Id > 3)) Use(await connection.{|DBR117:ExecuteScalarAsync|}<int>(\"SELECT MAX(id) FROM orders WHERE id > @id\", new { id = role.Id }));")]
    [InlineData("foreach (var language in languages) Use(store.{|DBR117:Last|}(language.Id));")]
    [InlineData("var last = roles.Select(r => store.{|DBR117:Last|}(r.Id)).ToList();")]
    [InlineData("await Task.WhenAll(roles.Select(r => store.{|DBR117:LastAsync|}(r.Id)));")]
    [InlineData("await foreach (var role in more) Use(await store.{|DBR117:LastAsync|}(role.Id));")]
    [InlineData("foreach (var day in days) Use(store.{|DBR117:Last|}((int)day));")]
    [InlineData("foreach (var paint in paints) Use(store.{|DBR117:Last|}(paint.Id));")]
    [InlineData("foreach (var setting in siteSettings) Use(store.{|DBR117:Last|}(setting.Id));")]
    [InlineData("foreach (var role in roles)\n{\n    Use(store.{|DBR117:Last|}(role.Id));\n    System.IO.File.Delete(role.Name);\n}")]
    public Task Few_rows(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("foreach (var order in orders) Use(store.{|DBR102:Last|}(order.Id));")]
    [InlineData("foreach (var role in userRoles) Use(store.{|DBR102:Last|}(role.RoleId));")]
    [InlineData("foreach (var status in orderStatuses) Use(store.{|DBR102:Last|}(status.Id));")]
    [InlineData("foreach (var id in ids) Use(db.Countries.Where(c => c.Id > id).{|DBR101:Max|}(c => c.Id));")]
    [InlineData("foreach (var (id, role) in pairs) Use(store.{|DBR102:Last|}(id));")]
    [InlineData("foreach (var found in await store.FoundAsync()) Use(store.{|DBR102:Last|}(found));")]
    [InlineData("for (var i = 0; i < orders.Count; i++) Use(store.{|DBR102:Last|}(orders[i].Id));")]
    [InlineData("foreach (var pair in byId) Use(store.{|DBR102:Last|}(pair.Key));")]
    public Task Any_number_of_rows(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("foreach (var role in roles) Use(await db.Orders.{|DBR101:FirstOrDefaultAsync|}(o => o.Id == role.Id, ct));")]
    [InlineData("foreach (var role in roles) Use(await store.{|DBR102:FindCustomerAsync|}(role.Id));")]
    public Task The_remedy_is_at_hand(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("foreach (var role in roles) if (db.Orders.Any(o => o.Id > role.Id)) break;")]
    [InlineData("foreach (var role in roles) Use(role.Name);")]
    [InlineData("foreach (var group in roles.Chunk(100)) Use(db.Orders.Where(o => group.Select(r => r.Id).Contains(o.Id)).ToList());")]
    public Task Quiet(string statements) => RunAsync(statements);

    [Fact]
    public Task The_options_name_a_small_table()
    {
        var test = new RoundTripTest { TestCode = "class Report { public void Run(ShopContext db, List<Order> orders) { foreach (var order in orders) Console.WriteLine(db.Orders.Where(o => o.Id < order.Id).{|DBR117:Max|}(o => o.Id)); } }" };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\ndbrules.small_entities = Order\n"));
        return test.RunAsync();
    }

    [Fact]
    public Task The_message_names_the_table_and_the_way()
    {
        var test = new CSharpAnalyzerVerifier<QueryPerFewRows>.Test { TestCode = Source("foreach (var role in roles) Use(store.{|#0:Last|}(role.Id));") };
        test.ExpectedDiagnostics.Add(new DiagnosticResult("DBR117", DiagnosticSeverity.Info).WithLocation(0)
            .WithMessage("'Last' queries the database for each element of 'roles', of which there are few ('Role'): Last → Max").WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
        return test.RunAsync();
    }

    private static Task RunAsync(string statements) => RoundTripTest.RunSourceAsync(Source(statements));

    private static string Source(string statements) =>
        $$"""
        class SmallTableAttribute : Attribute;

        class Option<T> : List<T>;

        class Role { public int Id { get; set; } public string Name { get; set; } = ""; }

        class UserRole { public int UserId { get; set; } public int RoleId { get; set; } }

        class SiteSetting { public int Id { get; set; } public int SiteId { get; set; } }

        class OrderStatus { public int Id { get; set; } public Order Order { get; set; } = null!; }

        record LanguageDto(int Id);

        [SmallTable]
        class Paint { public int Id { get; set; } }

        class Store(ShopContext db, DbConnection connection)
        {
            public Task<Option<int>> FoundAsync() => Task.FromResult(new Option<int>());

            public int Last(int id) => db.Orders.Where(o => o.Id > id).Max(o => o.Id);

            public Task<int> LastAsync(int id) => db.Orders.Where(o => o.Id > id).MaxAsync(o => o.Id);

            public int WithSql(int id) => connection.ExecuteScalar<int>("SELECT MAX(id) FROM orders WHERE id > @id", new { id });

            public Task<Customer?> FindCustomerAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);

            public Task<List<Customer>> FindCustomersAsync(IReadOnlyCollection<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToListAsync();
        }

        class Report
        {
            async Task RunAsync(
                ShopContext db, DbConnection connection, Store store, List<Country> countries, List<Role> roles, IAsyncEnumerable<Role> more, LanguageDto[] languages, DayOfWeek[] days, List<Paint> paints,
                List<SiteSetting> siteSettings, List<UserRole> userRoles, List<OrderStatus> orderStatuses, List<Order> orders, int[] ids, List<(int, Role)> pairs, Dictionary<int, Role> byId, CancellationToken ct)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
            }

            static void Use(object? value) { }
        }
        """;
}
