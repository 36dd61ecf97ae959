using Xunit;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR210 speaks and when it is quiet.</summary>
public sealed class SynchronousCallInAsyncCodeTests
{
    [Theory]
    [InlineData("Use(db.Orders.{|DBR210:ToList|}());")]
    [InlineData("Use(db.Orders.Where(o => o.Open).OrderBy(o => o.Id).{|DBR210:First|}());")]
    [InlineData("Use(db.Orders.{|DBR210:FirstOrDefault|}(o => o.Id == 3));")]
    [InlineData("if (db.Orders.{|DBR210:Any|}(o => o.Open)) Use(1);")]
    [InlineData("Use(db.Orders.{|DBR210:Sum|}(o => o.Id));")]
    [InlineData("Use(db.Orders.{|DBR210:ToDictionary|}(o => o.Id));")]
    [InlineData("Use((from o in db.Orders where o.Open select o).{|DBR210:ToArray|}());")]
    [InlineData("Use(db.Orders.Select(o => new { o.Id }).{|DBR210:ToList|}());")]
    [InlineData("Use(db.Orders.Select(o => ValueTuple.Create(o.Id, o.Open)).{|DBR210:First|}());")]
    [InlineData("Use(db.Orders.GroupBy(o => o.CustomerId).{|DBR210:ToList|}());")]
    [InlineData("Use(db.Orders.Select(o => new[] { o.Id }).{|DBR210:ToArray|}());")]
    [InlineData("foreach (var row in {|DBR210:db.Orders.Select(o => new { o.Id })|}) Use(row.Id);")]
    [InlineData("Use(db.Orders.{|DBR210:Find|}(3));")]
    [InlineData("Use(db.{|DBR210:Find|}<Order>(3));")]
    [InlineData("db.{|DBR210:SaveChanges|}();")]
    [InlineData("db.Orders.Where(o => o.Open).{|DBR210:ExecuteDelete|}();")]
    [InlineData("db.Orders.{|DBR210:ExecuteUpdate|}(s => s.SetProperty(o => o.Open, false));")]
    [InlineData("db.Orders.{|DBR210:Load|}();")]
    [InlineData("db.Entry(orders[0]).Collection(o => o.Lines).{|DBR210:Load|}();")]
    [InlineData("db.Entry(orders[0]).{|DBR210:Reload|}();")]
    [InlineData("db.Database.{|DBR210:ExecuteSqlRaw|}(\"delete from orders\");")]
    [InlineData("db.Database.{|DBR210:ExecuteSql|}($\"delete from orders where id = {ids[0]}\");")]
    [InlineData("foreach (var order in {|DBR210:db.Orders|}) Use(order);")]
    [InlineData("foreach (var order in {|DBR210:db.Orders.Where(o => o.Open)|}) Use(order);")]
    [InlineData("using var t = db.Database.{|DBR210:BeginTransaction|}(); t.{|DBR210:Commit|}();")]
    [InlineData("connection.{|DBR210:Open|}();")]
    [InlineData("npgsql.{|DBR210:Open|}();")]
    // Npgsql sends BEGIN with the first command.
    [InlineData("using var t = npgsql.BeginTransaction(); t.{|DBR210:Commit|}();")]
    [InlineData("using var t = connection.{|DBR210:BeginTransaction|}(); t.{|DBR210:Rollback|}();")]
    [InlineData("using var c = connection.CreateCommand(); c.{|DBR210:ExecuteNonQuery|}();")]
    [InlineData("using var c = connection.CreateCommand(); Use(c.{|DBR210:ExecuteScalar|}());")]
    [InlineData("using var c = connection.CreateCommand(); using var r = c.{|DBR210:ExecuteReader|}(); while (r.Read()) Use(r[0]);")]
    [InlineData("using var c = npgsql.CreateCommand(); using var r = c.{|DBR210:ExecuteReader|}();")]
    [InlineData("Use(connection.{|DBR210:Query|}<Order>(\"select * from orders\").ToList());")]
    [InlineData("Use(plain.{|DBR210:QueryFirst|}<int>(\"select 1\"));")]
    [InlineData("connection.{|DBR210:Execute|}(\"delete from orders where id = @id\", new { id = 1 });")]
    [InlineData("Use(SqlMapper.{|DBR210:QuerySingle|}<int>(connection, \"select 1\"));")]
    [InlineData("Func<Task> run = async () => { await Task.Yield(); db.{|DBR210:SaveChanges|}(); }; await run();")]
    [InlineData("async Task Run() { await Task.Yield(); db.{|DBR210:SaveChanges|}(); } await Run();")]
    [InlineData("try { await Task.Yield(); } catch (Exception) { db.{|DBR210:SaveChanges|}(); }")]
    public Task Reported(string statements) => AsyncCode.Blocks(statements);

    [Fact]
    public Task Rows_of_types_that_only_the_class_can_name() => AsyncCode.Blocks(
        """
        class Report<T>(ShopContext db) where T : Order
        {
            public async Task<object> RunAsync()
            {
                await Task.Yield();
                var rows = db.Orders.Where(o => o.Open).Select(o => new Row(o.Id)).{|DBR210:ToList|}();
                var own = db.Set<T>().Where(o => o.Open).{|DBR210:First|}();
                foreach (var row in {|DBR210:db.Orders.Select(o => new Row(o.Id))|})
                    rows.Add(row);
                return (rows, own);
            }

            private sealed record Row(int Id);
        }
        """);

    [Theory]
    // Awaited already, or no round trip.
    [InlineData("Use(await db.Orders.ToListAsync(ct));")]
    [InlineData("db.Orders.Add(orders[0]); db.AddRange(orders); using var other = factory.CreateDbContext();")]
    [InlineData("connection.Close(); connection.Dispose();")]
    [InlineData("var query = db.Orders.Where(o => o.Open); Use(query);")]
    [InlineData("await using var c = connection.CreateCommand(); await using var r = await c.ExecuteReaderAsync(ct); while (r.Read()) Use(r[0]);")]
    // The nearest function is not asynchronous, or code cannot await there.
    [InlineData("Action run = () => db.SaveChanges(); run();")]
    [InlineData("void Run() { db.SaveChanges(); } Run();")]
    [InlineData("Use(keys.Select(k => db.Orders.Find(k)).ToList());")]
    [InlineData("Use((from k in keys let o = db.Orders.FirstOrDefault(o => o.Id == k) select o).ToList());")]
    [InlineData("lock (_cache) { db.SaveChanges(); }")]
    [InlineData("try { Use(1); } catch (Exception) when (db.Orders.Any()) { }")]
    [InlineData("await Task.Run(() => db.SaveChanges(), ct);")]
    [InlineData("Use(db.Orders.Where(o => db.Customers.Any(c => c.Id == o.CustomerId)));")]
    [InlineData("Span<int> span = stackalloc int[3]; db.SaveChanges(); span[0] = 1;")]
    [InlineData("ref int first = ref ids[0]; db.SaveChanges(); first = 2;")]
    // No database.
    [InlineData("Use(orders.AsQueryable().Where(o => o.Open).ToList());")]
    [InlineData("foreach (var order in orders.AsQueryable()) Use(order);")]
    [InlineData("Use(orders.Find(o => o.Id == 3));")]
    [InlineData("Use(db.Orders.Local.ToList());")]
    // No twin: an interface without it, a result in memory, a twin that is not there.
    [InlineData("plain.Open();")]
    [InlineData("using var c = plain.CreateCommand(); c.ExecuteNonQuery();")]
    [InlineData("Use(db.Orders.ToLookup(o => o.Id));")]
    [InlineData("Use(db.Orders.AsEnumerable().Where(o => o.Open).ToList());")]
    [InlineData("foreach (var order in db.Orders.AsEnumerable().Where(o => o.Open)) Use(order);")]
    [InlineData("Use(connection.Query<Order>(\"select * from orders\", buffered: false));")]
    [InlineData("adapter.Fill(new DataSet());")]
    // Awaiting what may be null fails.
    [InlineData("ShopContext? maybe = db; maybe?.SaveChanges();")]
    [InlineData("ShopContext? maybe = db; Use(maybe?.Orders.ToList());")]
    // SQLite has no asynchronous calls.
    [InlineData("sqlite.Open();")]
    [InlineData("using var c = sqlite.CreateCommand(); c.ExecuteNonQuery();")]
    [InlineData("Use(sqlite.Query<int>(\"select 1\"));")]
    [InlineData("using DbConnection lite = new SqliteConnection(connectionString); lite.Open(); Use(lite.Query<int>(\"select 1\")); using var c = lite.CreateCommand(); c.ExecuteNonQuery();")]
    // The code offers both.
    [InlineData("var wait = ids.Length > 3; Use(wait ? await db.Orders.ToListAsync(ct) : db.Orders.ToList());")]
    [InlineData("if (ids.Length > 3) await db.SaveChangesAsync(ct); else db.SaveChanges();")]
    public Task Quiet(string statements) => AsyncCode.Blocks(statements);

    [Fact]
    public Task Only_asynchronous_functions_are_asked() => AsyncCode.Blocks(
        """
        class Report(ShopContext db)
        {
            private readonly int _count = db.Orders.Count();
            public int Count => db.Orders.Count();
            public Task<List<Order>> AllAsync() => Task.FromResult(db.Orders.ToList());
            public Task SaveAsync() { db.SaveChanges(); return Task.CompletedTask; }
            public void Save() => db.SaveChanges();
            public async ValueTask<int> NumberAsync() { await Task.Yield(); return db.Orders.{|DBR210:Count|}(); }
            public async IAsyncEnumerable<Order> StreamAsync() { await Task.Yield(); foreach (var order in {|DBR210:db.Orders|}) yield return order; }
            public async void Clicked(object? sender, EventArgs args) { await Task.Yield(); db.{|DBR210:SaveChanges|}(); }
        }
        """);

    [Fact]
    public Task A_flag_says_whether_to_block() => AsyncCode.Blocks(
        """
        class Store(ShopContext db)
        {
            async Task<int> SaveCoreAsync(bool async)
            {
                if (!async)
                    return db.SaveChanges();
                return await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_type_that_has_only_the_synchronous_member_of_its_own() => AsyncCode.Blocks(
        """
        class AuditContext : ShopContext
        {
            public override int SaveChanges() { Orders.RemoveRange(Orders.Local); return base.SaveChanges(); }
        }

        class LoggedContext : ShopContext
        {
            public override int SaveChanges() { Console.WriteLine("save"); return base.SaveChanges(); }
            public override async Task<int> SaveChangesAsync(CancellationToken ct = default) { await Task.Yield(); return base.SaveChanges(); }
        }

        class Report
        {
            async Task RunAsync(AuditContext audit, LoggedContext logged)
            {
                await Task.Yield();
                audit.SaveChanges();
                logged.{|DBR210:SaveChanges|}();
            }
        }
        """);

    [Fact]
    public Task A_member_does_not_await_itself() => AsyncCode.Blocks(
        """
        abstract class Wrapped : DbConnection
        {
            public override async Task OpenAsync(CancellationToken ct) { await Task.Yield(); Open(); }
        }
        """);

    [Fact]
    public Task A_transaction_of_the_thread_does_not_cross_an_await() => AsyncCode.Blocks(AsyncCode.WithoutToken("using var scope = new TransactionScope(); db.SaveChanges(); scope.Complete();"));

    [Fact]
    public Task Unsafe_code() => AsyncCode.Blocks(
        """
        class Report
        {
            static async Task RunAsync(ShopContext db) { await Task.Yield(); unsafe { db.SaveChanges(); } }
        }
        """);

    [Fact]
    public Task Start_of_a_program() => AsyncCode.Blocks(
        """
        class Program
        {
            static async Task Main()
            {
                await using var db = new ShopContext();
                db.Database.EnsureCreated();
                Func<Task<int>> handler = async () => { await Task.Yield(); return db.Orders.{|DBR210:Count|}(); };
                await handler();
            }
        }
        """);

    [Fact]
    public Task Seeding_and_upgrades() => AsyncCode.Blocks(
        """
        class ShopSeeder
        {
            public async Task RunAsync(ShopContext db) { await Task.Yield(); db.SaveChanges(); }
        }

        class SampleDataGenerator
        {
            public async Task RunAsync(ShopContext db) { await Task.Yield(); db.SaveChanges(); }
        }

        class Store
        {
            public async Task UpgradeAsync(ShopContext db) { await Task.Yield(); db.Database.Migrate(); }
        }
        """);

    [Fact]
    public Task Code_that_brings_the_schema_up_to_date() => AsyncCode.Blocks(
        """
        class Application
        {
            public async Task PrepareAsync(ShopContext db)
            {
                await db.Database.MigrateAsync();
                if (db.Countries.Count() == 0)
                    db.Countries.Add(new Country());
                db.SaveChanges();
            }

            public async Task StartAsync(ShopContext db)
            {
                await Task.Yield();
                db.Database.EnsureCreated();
                foreach (var order in db.Orders)
                    order.Open = true;
                await db.SaveChangesAsync();
            }

            public async Task RunAsync(ShopContext db, List<Func<Task<int>>> handlers)
            {
                await db.Database.MigrateAsync();
                handlers.Add(async () => { await Task.Yield(); return db.Orders.{|DBR210:Count|}(); });
            }

            public async Task<int> SizeAsync(ShopContext db) { await db.Database.CanConnectAsync(); return db.Orders.{|DBR210:Count|}(); }
        }
        """);
}
