using System.Collections.Immutable;
using DbRules.Rules.ResultSize;
using DbRules.Tests.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>Code on which no rule about limits, orders and asynchronous twins may speak.</summary>
public sealed class ResultSizeTrapsTests
{
    [Theory]
    [InlineData("Use(await db.OrderLines.Where(l => l.OrderId == ids[0]).ToListAsync(ct));")]
    [InlineData("Use((await db.Customers.Where(c => c.Id == ids[0]).ToListAsync(ct)).Single());")]
    [InlineData("Use(await db.OrderLines.Where(l => l.OrderId == ids[0]).ToDictionaryAsync(l => l.ProductId, ct));")]
    [InlineData("Use(await db.Orders.Where(o => o.Open).Where(o => o.CustomerId == ids[0]).OrderBy(o => o.Id).ToArrayAsync(ct));")]
    [InlineData("Use(await db.Products.Where(p => p.CategoryId == ids[0]).ToListAsync(ct));")]
    [InlineData("Use(await db.Products.Where(p => p.CategoryId!.Value == ids[0]).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => o.Id.Equals(ids[0])).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => EF.Property<int>(o, \"CustomerId\") == ids[0]).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => new[] { 1, 2 }.Contains(o.Id)).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => ids.Any(id => id == o.Id)).ToListAsync(ct));")]
    [InlineData("var set = ids.ToHashSet(); Use(await db.Orders.Where(o => set.Contains(o.CustomerId)).ToListAsync(ct));")]
    [InlineData("System.Linq.Expressions.Expression<Func<Order, bool>> filter = o => o.CustomerId == 3; Use(await db.Orders.Where(filter).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => o.Id == 3).SelectMany(o => o.Lines).ToListAsync(ct));")]
    [InlineData("Use(await (from o in db.Orders join l in db.OrderLines on o.Id equals l.OrderId where o.Id == 3 select l).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.FromSql($\"SELECT * FROM Orders WHERE CustomerId = {ids[0]}\").ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").Where(o => o.CustomerId == 3).ToListAsync(ct));")]
    [InlineData("Use((await connection.QueryAsync<OrderLine>(\"SELECT * FROM OrderLines WHERE OrderId = @id\", new { id = 3 })).AsList());")]
    [InlineData("Use(await connection.QueryAsync<OrderLine>(\"SELECT l.* FROM OrderLines l WHERE l.OrderId IN @ids\", new { ids }));")]
    [InlineData("Use(await connection.QueryAsync<OrderLine>(\"SELECT l.* FROM OrderLines l JOIN Orders o ON o.Id = l.OrderId WHERE o.Id = @id\", new { id = 3 }));")]
    [InlineData("await using var command = new NpgsqlCommand(\"SELECT * FROM order_lines WHERE order_id = @id\", npgsql); var list = new List<int>(); await using var reader = await command.ExecuteReaderAsync(ct); while (await reader.ReadAsync(ct)) list.Add(reader.GetInt32(0)); Use(list);")]
    public Task T13_A_key_a_unique_index_or_one_parent(string code) => QuietAsync(code);

    [Theory]
    [InlineData("Use(db.OrderLines.Where(l => l.OrderId == ids[0]).ToList());")]
    [InlineData("Use(db.Orders.Where(o => ids.Contains(o.Id)).ToDictionary(o => o.Id));")]
    [InlineData("Use(connection.Query<OrderLine>(\"SELECT * FROM OrderLines WHERE OrderId = @id\", new { id = 3 }).ToList());")]
    public Task T13_Synchronously(string code) => QuietWithoutAsyncAsync(code);

    [Theory]
    [InlineData("public Task<List<Order>> Read(int page) => Paged(db.Orders.OrderBy(o => o.Id), page); static Task<List<Order>> Paged(IQueryable<Order> query, int page) => query.Skip(page * 10).Take(10).ToListAsync();")]
    [InlineData("public Task<List<Order>> Read(int page) => db.Orders.OrderBy(o => o.Id).PageBy(page).ToListAsync();")]
    [InlineData("public Task<List<Order>> Read(int page) => db.Orders.PageBy(page).Ordered().ToListAsync();")]
    [InlineData("public Task<List<Order>> Read(int page) => db.Orders.Ordered().PageBy(page).Include(o => o.Lines).ToListAsync();")]
    [InlineData("public Task<List<Order>> Read(IQueryable<Order> query) => query.ToListAsync();")]
    [InlineData("public Task<List<Order>> Read(IQueryable<Order> query) => query.Where(o => o.Open).Skip(10).ToListAsync();")]
    [InlineData("public IQueryable<Order> Read() => db.Orders;")]
    [InlineData("public IQueryable<Order> Read() { var query = db.Orders.Where(o => o.Open); return query; }")]
    [InlineData("public Task<List<Order>> Read() => First(10).ToListAsync(); IQueryable<Order> First(int size) => db.Orders.OrderBy(o => o.Id).Take(size);")]
    [InlineData("public Task<List<Order>> Read() => Recent.ToListAsync(); IQueryable<Order> Recent => db.Orders.OrderByDescending(o => o.Id).Take(10);")]
    [InlineData("public Task<List<Order>> Read() => Some.ToListAsync(); IQueryable<Order> Some { get { var all = db.Orders.OrderBy(o => o.Id); return all.Take(10); } }")]
    [InlineData("public Task<List<Order>> Read(Specification<Order> specification) => specification.Apply(db.Orders).ToListAsync();")]
    [InlineData("public Task<List<Order>> Read(ISpecification<Order> specification) => specification.Apply(db.Orders).ToListAsync();")]
    [InlineData("public Task<List<Order>> Read(Specification<Order> specification) { var query = db.Orders.AsQueryable(); query = specification.Apply(query); return query.ToListAsync(); }")]
    [InlineData("public Task<List<Order>> Read(List<ISpecification<Order>> all) { IQueryable<Order> query = db.Orders; foreach (var one in all) query = one.Apply(query); return query.ToListAsync(); }")]
    [InlineData("public Task<List<Order>> Read(List<ISpecification<Order>> all) => all.Aggregate(db.Orders.AsQueryable(), (query, one) => one.Apply(query)).ToListAsync();")]
    [InlineData("public Task<List<Order>> Read(Func<IQueryable<Order>, IQueryable<Order>> more) => more(db.Orders).ToListAsync();")]
    [InlineData("public Task<List<Order>> Read() { IQueryable<Order> query = db.Orders; Limit(ref query); return query.ToListAsync(); } void Limit(ref IQueryable<Order> query) => query = query.Take(10);")]
    [InlineData("public Task<List<Order>> Read() => _query.ToListAsync(); private readonly IQueryable<Order> _query = null!;")]
    [InlineData("public Task<List<Order>> Read(Repository<Order> repository) => repository.GetAll().OrderBy(o => o.Id).Take(10).ToListAsync();")]
    [InlineData("public Task<List<Order>> Read(IRepository<Order> repository) => repository.GetAll().ToListAsync();")]
    [InlineData("public Task<List<Order>> Read(int? take) { IQueryable<Order> query = db.Orders.OrderBy(o => o.Id); if (take is { } n) query = query.Take(n); return query.ToListAsync(); }")]
    [InlineData("public Task<List<Order>> Read(int? take) { IQueryable<Order> query = db.Orders.OrderBy(o => o.Id); query = take.HasValue ? query.Take(take.Value) : query; return query.ToListAsync(); }")]
    [InlineData("public Task<List<Order>> Read(int? take) { var query = db.Orders.OrderBy(o => o.Id); var page = take switch { null => query, > 100 => query.Take(100), { } n => query.Take(n) }; return page.ToListAsync(); }")]
    [InlineData("public async Task<(int, List<Order>)> Read(int page) { var query = db.Orders.Where(o => o.Open); var count = await query.CountAsync(); return (count, await query.OrderBy(o => o.Id).Skip(page * 10).Take(10).ToListAsync()); }")]
    [InlineData("public Task<List<Order>> Read() => Paging.Page(db.Orders.OrderBy(o => o.Id), 1, 10).ToListAsync();")]
    [InlineData("public Task<PagedList<Order>> Read(int page) => PagedList<Order>.CreateAsync(db.Orders.OrderBy(o => o.Id), page, 10);")]
    [InlineData("public Task<List<Order>> Read() => db.Orders.GroupBy(o => o.CustomerId).Select(g => g.OrderByDescending(o => o.Id).First()).ToListAsync();")]
    public Task T14_A_limit_in_a_helper_or_another_layer(string member) => QuietAsync(Helpers + "class Store(ShopContext db) { " + member + " }");

    [Theory]
    [InlineData("Use(await db.Countries.OrderBy(c => c.Name).ToListAsync(ct));")]
    [InlineData("Use(await db.Set<Country>().AsNoTracking().ToListAsync(ct));")]
    [InlineData("Use(await db.Customers.Select(c => c.CountryId).Distinct().ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.GroupBy(o => o.Open).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.GroupBy(o => o.CustomerId).ToDictionaryAsync(g => g.Key, g => g.Count(), ct));")]
    [InlineData("Use(await db.Orders.CountBy(o => o.Open).ToListAsync(ct));")]
    [InlineData("Use((await connection.QueryAsync<Country>(\"SELECT * FROM Countries ORDER BY Name\")).AsList());")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT DISTINCT CountryId FROM Customers\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT Open, COUNT(*) FROM Orders GROUP BY Open\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT * FROM user_roles\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT Name, Value FROM dbo.Settings\"));")]
    public Task T15_Small_by_nature(string code) => QuietAsync(code);

    [Theory]
    [InlineData("await foreach (var row in db.Orders.AsNoTracking().AsAsyncEnumerable()) await Console.Out.WriteLineAsync(row.Number);")]
    [InlineData("await foreach (var row in db.Orders.Where(o => o.Open).AsAsyncEnumerable().WithCancellation(ct)) await Console.Out.WriteLineAsync(row.Number);")]
    [InlineData("await foreach (var row in db.Orders.AsAsyncEnumerable().Select(o => o.Number)) await Console.Out.WriteLineAsync(row);")]
    [InlineData("await foreach (var batch in db.Orders.AsAsyncEnumerable().Chunk(100)) Use(batch);")]
    [InlineData("await foreach (var row in db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").AsAsyncEnumerable()) Use(row);")]
    [InlineData("await foreach (var row in npgsql.QueryUnbufferedAsync<Order>(\"SELECT * FROM Orders\")) Use(row);")]
    [InlineData("await using var command = new NpgsqlCommand(\"SELECT number FROM orders\", npgsql); await using var reader = await command.ExecuteReaderAsync(ct); while (await reader.ReadAsync(ct)) await Console.Out.WriteLineAsync(reader.GetString(0));")]
    [InlineData("await db.Orders.ForEachAsync(o => Console.WriteLine(o.Number), ct);")]
    public Task T16_Streaming(string code) => QuietAsync(code);

    [Theory]
    [InlineData("foreach (var row in db.Orders.AsNoTracking()) Console.WriteLine(row.Number);")]
    [InlineData("foreach (var batch in db.Orders.AsEnumerable().Chunk(100)) Use(batch);")]
    [InlineData("foreach (var batch in db.Orders.AsNoTracking().AsEnumerable().Select(o => o.Number).Chunk(100)) Use(batch);")]
    [InlineData("System.IO.File.WriteAllLines(\"orders.txt\", db.Orders.Select(o => o.Number));")]
    [InlineData("System.IO.File.WriteAllLines(\"orders.txt\", db.Orders.AsEnumerable().Select(o => o.Number));")]
    [InlineData("foreach (var row in connection.Query<Order>(\"SELECT * FROM Orders\", buffered: false)) Use(row);")]
    public Task T16_Streaming_synchronously(string code) => QuietWithoutAsyncAsync(code);

    [Theory]
    [InlineData("class Export(ShopContext db) { public IAsyncEnumerable<Order> All() => db.Orders.AsNoTracking().AsAsyncEnumerable(); }")]
    [InlineData("class Export(ShopContext db) { public IEnumerable<Order> All() => db.Orders.AsNoTracking(); }")]
    [InlineData("class Export(ShopContext db) { public IEnumerable<string> All() { foreach (var order in db.Orders) yield return order.Number; } }")]
    [InlineData("class Export(ShopContext db) { public async IAsyncEnumerable<string> All([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct) { await foreach (var order in db.Orders.AsAsyncEnumerable().WithCancellation(ct)) yield return order.Number; } }")]
    public Task T16_Exports(string source) => QuietAsync(source);

    [Theory]
    [InlineData("const string T = \"Orders\"; Use(await connection.QueryAsync<int>($\"SELECT Id FROM {T} WHERE Id = @id\", new { id = 3 }));")]
    [InlineData("Use(await connection.QueryAsync<int>($\"SELECT Id FROM {nameof(db.Orders)} WHERE {nameof(Order.CustomerId)} = @id\", new { id = 3 }));")]
    [InlineData("await db.Database.ExecuteSqlAsync($\"DELETE FROM Orders WHERE Id = {ids[0]}\", ct);")]
    [InlineData("Use(await db.Database.SqlQuery<int>($\"SELECT COUNT(*) AS Value FROM Orders\").ToListAsync(ct));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT COUNT(*) FROM Orders\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT MAX(Id), MIN(Id) FROM Orders\"));")]
    [InlineData("Use(await connection.QueryAsync<bool>(\"SELECT EXISTS (SELECT * FROM Orders)\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT 1 WHERE EXISTS (SELECT * FROM Orders)\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT * FROM #rows\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"/* SELECT * FROM Orders */ SELECT 1\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT 'SELECT * FROM Orders' -- FROM Orders\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT * FROM Orders \" + connectionString));")]
    [InlineData("Use(await connection.QueryAsync<int>($\"SELECT * FROM Orders {connectionString}\"));")]
    [InlineData("Use(await connection.QueryAsync<int>($\"SELECT * FROM Orders WHERE {connectionString}\"));")]
    [InlineData("var sql = \"SELECT * FROM Orders\"; if (ids.Length > 3) sql += \" LIMIT 10\"; Use(await connection.QueryAsync<int>(sql));")]
    [InlineData("var sql = new System.Text.StringBuilder(\"SELECT * FROM Orders\"); sql.Append(connectionString); Use(await connection.QueryAsync<int>(sql.ToString()));")]
    [InlineData("await connection.ExecuteAsync(\"DELETE FROM Orders o USING Customers c WHERE c.Id = o.CustomerId\");")]
    [InlineData("await connection.ExecuteAsync(\"INSERT INTO Archive SELECT * FROM Orders\");")]
    [InlineData("Use(await npgsql.QueryAsync<int>(\"SELECT id FROM orders WHERE customer_id = @id::int\", new { id = 3 }));")]
    [InlineData("Use(await npgsql.QueryAsync<int>(\"SELECT id FROM orders WHERE id = ANY(@ids)\", new { ids }));")]
    [InlineData("Use(await npgsql.QueryAsync<int>(\"SELECT generate_series(1, 3)\"));")]
    public Task T23_Text_that_only_looks_like_a_whole_table(string code) => QuietAsync(code);

    [Theory]
    [InlineData("protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(\"INSERT INTO Archive SELECT * FROM Orders\");")]
    [InlineData("protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(\"SELECT * FROM Orders\");")]
    [InlineData("protected override void Up(MigrationBuilder migrationBuilder) { using var db = new ShopContext(); foreach (var order in db.Orders.ToList()) order.Open = false; db.SaveChanges(); }")]
    [InlineData("protected override void Up(MigrationBuilder migrationBuilder) { using var db = new ShopContext(); foreach (var order in db.Orders.Take(100).ToList()) order.Open = false; db.SaveChanges(); }")]
    [InlineData("protected override void Up(MigrationBuilder migrationBuilder) { } protected override void Down(MigrationBuilder migrationBuilder) { using var db = new ShopContext(); foreach (var order in db.Orders.Where(o => o.Open).ToList()) order.Open = false; }")]
    [InlineData("protected override void Up(MigrationBuilder migrationBuilder) { } static List<Order> Rows(DbConnection connection) => connection.Query<Order>(\"SELECT * FROM Orders\").ToList();")]
    public Task T24_Migrations(string member) => QuietAsync("using Microsoft.EntityFrameworkCore.Migrations;\nclass Change : Migration { " + member + " }");

    [Theory]
    [InlineData("db.Orders.Add(orders[0]); await db.SaveChangesAsync(ct);")]
    [InlineData("db.AddRange(orders); db.Orders.AddRange(orders); db.Update(orders[0]); db.Remove(orders[0]); await db.SaveChangesAsync(ct);")]
    [InlineData("Use(db.Orders.Local.ToList()); await Task.Yield();")]
    [InlineData("Use(orders.AsQueryable().Where(o => o.Open).ToList()); await Task.Yield();")]
    [InlineData("Use(orders.Skip(10).Take(10).ToList()); await Task.Yield();")]
    [InlineData("sqlite.Open(); using var command = sqlite.CreateCommand(); command.CommandText = \"SELECT 1\"; Use(command.ExecuteScalar()); await Task.Yield();")]
    public Task T25_The_other_member_is_wrong_here(string code) => QuietAsync(code);

    [Theory]
    [InlineData("// <auto-generated/>\nclass Store(ShopContext db) { public List<Order> All() => db.Orders.ToList(); }")]
    [InlineData("[System.CodeDom.Compiler.GeneratedCode(\"tool\", \"1\")] class Store(ShopContext db) { public List<Order> All() => db.Orders.Skip(10).ToList(); }")]
    [InlineData("class Store(ShopContext db) { [System.CodeDom.Compiler.GeneratedCode(\"tool\", \"1\")] public List<Order> All() => db.Orders.Skip(10).ToList(); }")]
    public Task T25_Generated_code(string source) => QuietAsync(source);

    private const string Helpers =
        """
        static class Paging
        {
            public static IQueryable<T> PageBy<T>(this IQueryable<T> query, int page) => query.Skip(page * 10).Take(10);
            public static IQueryable<T> Page<T>(IQueryable<T> query, int page, int size) { var skip = (page - 1) * size; return query.Skip(skip).Take(size); }
            public static IQueryable<Order> Ordered(this IQueryable<Order> query) => query.OrderBy(o => o.Id);
        }
        class PagedList<T> : List<T>
        {
            public static async Task<PagedList<T>> CreateAsync(IQueryable<T> source, int page, int size)
            {
                var list = new PagedList<T>();
                list.AddRange(await source.Skip((page - 1) * size).Take(size).ToListAsync());
                return list;
            }
        }
        interface ISpecification<T> { IQueryable<T> Apply(IQueryable<T> query); }
        abstract class Specification<T> : ISpecification<T> { public abstract IQueryable<T> Apply(IQueryable<T> query); }
        interface IRepository<T> { IQueryable<T> GetAll(); }
        class Repository<T>(ShopContext db) : IRepository<T> where T : class { public IQueryable<T> GetAll() => db.Set<T>(); }

        """;

    private static Task QuietAsync(string code) => new Test { TestCode = code.Contains("class ", StringComparison.Ordinal) ? code : RoundTripTest.Method(code) }.RunAsync();

    /// <summary>As <see cref="QuietAsync"/>, in a method whose calls have no need of asynchronous twins.</summary>
    private static Task QuietWithoutAsyncAsync(string code) => QuietAsync(RoundTripTest.Method(code).Replace("async Task<object?> RunAsync", "object? Run", StringComparison.Ordinal));

    private sealed class Test : RoundTripTest
    {
        protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() =>
            [new WholeTableRead(), new FilterWithoutLimit(), new SelectWithoutLimit(), new UnorderedPage(), new UnclampedPageSize(), new SynchronousCallInAsyncCode()];
    }
}
