using Xunit;
using Deletes = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.SqlText.DeleteWithoutWhere, DbRules.CodeFixes.SqlText.NullComparedBySignFix>;
using Updates = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.SqlText.UpdateWithoutWhere, DbRules.CodeFixes.SqlText.NullComparedBySignFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR502 and DBR503 speak, and when they are quiet.</summary>
public sealed class WholeTableWriteTests
{
    [Theory]
    // Dapper
    [InlineData("connection.Execute(\"{|DBR502:DELETE|} FROM Orders\");")]
    [InlineData("await connection.ExecuteAsync(\"{|DBR502:delete|} from shop.orders;\");")]
    [InlineData("await connection.ExecuteAsync(new CommandDefinition(@\"{|DBR502:DELETE|} FROM [dbo].[Orders] -- WHERE Id = 3\", cancellationToken: ct));")]
    [InlineData("connection.Execute($\"{|DBR502:DELETE|} FROM {connectionString}.orders\");")]
    [InlineData("connection.Execute(\"DELETE FROM OrderLines WHERE OrderId = @id; {|DBR502:DELETE|} FROM Orders\", new { id = 3 });")]
    [InlineData("connection.Execute(\"IF EXISTS (SELECT 1 FROM Orders WHERE Id = 3) {|DBR502:DELETE|} FROM OrderLines\");")]
    [InlineData("connection.Execute(\"{|DBR502:DELETE|} Orders\");")]
    [InlineData("connection.Execute(\"{|DBR502:DELETE|} FROM `order_lines`\");")]
    // ADO.NET
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"{|DBR502:DELETE|} FROM \\\"Orders\\\"\";\nawait command.ExecuteNonQueryAsync(ct);")]
    [InlineData("new NpgsqlCommand(\"{|DBR502:DELETE|} FROM ONLY orders AS o\", npgsql).ExecuteNonQuery();")]
    // EF Core
    [InlineData("db.Orders.{|DBR502:ExecuteDelete|}();")]
    [InlineData("await db.Orders.{|DBR502:ExecuteDeleteAsync|}(ct);")]
    [InlineData("await db.Set<OrderLine>().AsNoTracking().TagWith(\"x\").{|DBR502:ExecuteDeleteAsync|}(ct);")]
    [InlineData("await db.Database.ExecuteSqlRawAsync(\"{|DBR502:DELETE|} FROM Orders\", ct);")]
    public Task Delete(string code) => Deletes.Reports(code);

    [Theory]
    [InlineData("connection.Execute(\"{|DBR503:UPDATE|} Orders SET Number = @n\", new { n = \"a\" });")]
    [InlineData("await connection.ExecuteAsync(\"{|DBR503:update|} shop.orders set open = 0, number = number + 1\");")]
    [InlineData("connection.Execute($\"{|DBR503:UPDATE|} [Orders] SET Number = {keys}\");")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"{|DBR503:UPDATE|} `Orders` SET `Open` = 1 /* WHERE Id = 3 */\";\nawait command.ExecuteNonQueryAsync(ct);")]
    [InlineData("new NpgsqlCommand(\"{|DBR503:UPDATE|} orders SET data = @d::jsonb\", npgsql).ExecuteNonQuery();")]
    [InlineData("db.Orders.{|DBR503:ExecuteUpdate|}(s => s.SetProperty(o => o.Open, false));")]
    [InlineData("await db.Orders.{|DBR503:ExecuteUpdateAsync|}(s => s.SetProperty(o => o.Open, o => !o.Open), ct);")]
    [InlineData("await db.Database.ExecuteSqlAsync($\"{|DBR503:UPDATE|} Orders SET Number = {connectionString}\", ct);")]
    public Task Update(string code) => Updates.Reports(code);

    [Theory]
    // Something says which rows.
    [InlineData("DELETE FROM Orders WHERE Id = 3")]
    [InlineData("DELETE FROM Orders WHERE 1 = 1")]
    [InlineData("DELETE FROM Orders o USING Lines l WHERE l.OrderId = o.Id")]
    [InlineData("DELETE o FROM Orders o JOIN Lines l ON l.OrderId = o.Id")]
    [InlineData("DELETE o, l FROM Orders o JOIN Lines l ON l.OrderId = o.Id")]
    [InlineData("DELETE TOP (100) FROM Orders")]
    [InlineData("DELETE FROM Orders LIMIT 100")]
    [InlineData("DELETE FROM Orders ORDER BY Id LIMIT @n")]
    [InlineData("DELETE FROM Orders WHERE CURRENT OF c")]
    [InlineData("WITH old AS (SELECT TOP 10 * FROM Orders ORDER BY Id) DELETE FROM old")]
    [InlineData("DELETE FROM Orders RETURNING *")]
    [InlineData("DELETE FROM Orders OUTPUT deleted.Id")]
    [InlineData("WITH gone AS (DELETE FROM Orders RETURNING *) INSERT INTO Archive SELECT * FROM gone")]
    // Not meant to stay.
    [InlineData("DELETE FROM #Found")]
    [InlineData("DELETE FROM @rows")]
    [InlineData("CREATE TEMP TABLE found (Id int); DELETE FROM found")]
    [InlineData("DELETE FROM temp.found")]
    [InlineData("DELETE FROM staging_orders")]
    [InlineData("DELETE FROM PriceCache")]
    [InlineData("DELETE FROM tmpOrders")]
    [InlineData("DELETE FROM sqlite_sequence")]
    // Filled anew.
    [InlineData("DELETE FROM Orders; INSERT INTO Orders (Id) SELECT Id FROM Archive")]
    // No DELETE, or not understood.
    [InlineData("-- DELETE FROM Orders\nSELECT 'DELETE FROM Orders'")]
    [InlineData("TRUNCATE TABLE Orders")]
    [InlineData("DELETE FROM Orders WHERE ((")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON Orders BEGIN DELETE FROM Lines; END")]
    public Task Quiet_delete_text(string sql) => Deletes.Reports($"connection.Execute(\"\"\"\n{sql}\n\"\"\", new {{ n = 3 }});");

    [Theory]
    [InlineData("UPDATE Orders SET Open = 0 WHERE Id = 3")]
    [InlineData("UPDATE Orders SET Open = u.Open FROM Updates u WHERE u.Id = Orders.Id")]
    [InlineData("UPDATE o SET Open = 0 FROM Orders o JOIN Lines l ON l.OrderId = o.Id")]
    [InlineData("UPDATE Orders o, Lines l SET o.Open = 0 WHERE l.OrderId = o.Id")]
    [InlineData("UPDATE TOP (10) Orders SET Open = 0")]
    [InlineData("UPDATE Orders SET Open = 0 ORDER BY Id LIMIT 10")]
    [InlineData("UPDATE Counters SET Next = Next + 1 RETURNING Next")]
    [InlineData("UPDATE Orders SET Open = CASE WHEN Id IN @ids THEN 1 ELSE 0 END")]
    [InlineData("UPDATE Orders SET Open = IIF(Id > 3, 1, 0)")]
    [InlineData("UPDATE Orders SET Open = IF(Id > 3, 1, 0)")]
    [InlineData("UPDATE Orders SET Total = (SELECT SUM(Price) FROM Lines l WHERE l.OrderId = Orders.Id)")]
    [InlineData("UPDATE Settings SET Value = @n")]
    [InlineData("UPDATE schema_version SET version = 3")]
    [InlineData("UPDATE #Found SET Open = 0")]
    [InlineData("UPDATE staging_orders SET Open = 0")]
    [InlineData("INSERT INTO Orders (Id) VALUES (1) ON CONFLICT (Id) DO UPDATE SET Open = 0")]
    [InlineData("MERGE INTO Orders t USING s ON t.Id = s.Id WHEN MATCHED THEN UPDATE SET Open = 0;")]
    [InlineData("SELECT Id FROM Orders WHERE Id = 3 FOR UPDATE")]
    [InlineData("-- UPDATE Orders SET Open = 0\nSELECT 'UPDATE Orders SET Open = 0'")]
    public Task Quiet_update_text(string sql) => Updates.Reports($"connection.Execute(\"\"\"\n{sql}\n\"\"\", new {{ n = 3, ids }});");

    // The same type reads the table as one that has a single row.
    [Theory]
    [InlineData("UPDATE", "DocumentLock", "connection.Query<bool>(\"select Locked from shop.DocumentLock\").FirstOrDefault()")]
    [InlineData("UPDATE", "counters", "connection.ExecuteScalar<int>(\"SELECT Locked FROM Counters\")")]
    [InlineData("UPDATE", "counters", "await connection.QuerySingleAsync<int>(\"SELECT Locked FROM Counters\")")]
    [InlineData("UPDATE", "DocumentLock", "connection.Query<bool>(\"if (exists (select * from information_schema.tables)) begin select Locked from DocumentLock; end\").First()")]
    [InlineData("UPDATE", "DocumentLock", "connection.Query<bool>(@\"\n                if (exists (select * \n                    from information_schema.tables \n                    where table_schema = 'shop' \n                    and  table_name = 'DocumentLock'))\n                begin\n                    select Locked from shop.DocumentLock;\n                end\").First()")]
    [InlineData("{|DBR503:UPDATE|}", "DocumentLock", "connection.Query<bool>(\"select Locked from DocumentLock where Id = 3\").FirstOrDefault()")]
    [InlineData("{|DBR503:UPDATE|}", "Documents", "connection.Query<bool>(\"select Locked from Documents\").FirstOrDefault()")]
    [InlineData("{|DBR503:UPDATE|}", "Documents", "connection.ExecuteScalar<int>(\"SELECT COUNT(*) FROM Documents\")")]
    [InlineData("{|DBR503:UPDATE|}", "Documents", "connection.ExecuteScalar<int>(\"SELECT MAX(Locked) FROM Documents\")")]
    [InlineData("{|DBR503:UPDATE|}", "Documents", "connection.QueryFirst<int>(\"SELECT Locked FROM Documents ORDER BY Id\")")]
    [InlineData("{|DBR503:UPDATE|}", "Documents", "connection.QueryFirst<int>(\"SELECT TOP 1 Locked FROM Documents\")")]
    [InlineData("{|DBR503:UPDATE|}", "Documents", "connection.ExecuteScalar<int>(\"SELECT Locked FROM Counters\")")]
    public Task A_table_of_one_row(string verb, string table, string read) => Updates.Reports(
        $$"""
        class Store(DbConnection connection)
        {
            public Task Mark(bool locked) => connection.ExecuteAsync("{{verb}} {{table}} SET Locked = @locked", new { locked });

            public async Task<object?> Read() { await Task.Yield(); return {{read}}; }
        }
        """);

    [Fact]
    public Task A_table_of_one_row_that_is_read_through_a_wrapper() => Updates.Reports(
        """
        using Npgsql;

        interface IDatabase
        {
            Task ExecuteAsync(string sql, params NpgsqlParameter[] values);
            Task<IReadOnlyCollection<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> map, params NpgsqlParameter[] values);
        }

        interface IShopDatabase : IDatabase { }

        class Database(NpgsqlConnection connection) : IShopDatabase
        {
            public async Task ExecuteAsync(string sql, params NpgsqlParameter[]? values)
            {
                using (var command = new NpgsqlCommand(sql, connection))
                {
                    if (values != null && values.Length != 0)
                        command.Parameters.AddRange(values);
                    await command.ExecuteNonQueryAsync();
                }
            }

            public async Task<IReadOnlyCollection<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> map, params NpgsqlParameter[]? values)
            {
                var result = new List<T>();
                using (var command = new NpgsqlCommand(sql, connection))
                {
                    if (values != null && values.Length != 0)
                        command.Parameters.AddRange(values);
                    using (var reader = await command.ExecuteReaderAsync())
                    {
                        while (reader.Read())
                            result.Add(map(reader));
                    }
                }

                return result;
            }
        }

        class Store
        {
            private readonly IShopDatabase _db;

            public Store(IShopDatabase db) => _db = db;

            public async Task<bool> IsLockedAsync()
            {
                var query = @"
                        if (exists (select *
                            from information_schema.tables
                            where table_schema = 'shop'
                            and  table_name = 'DocumentLock'))
                        begin
                            select IsLocked from shop.DocumentLock;
                        end";
                var locked = await _db.ReadAsync(query, (r) => { return (bool)r["IsLocked"]; });
                return locked.FirstOrDefault();
            }

            public Task SetLockedAsync(bool locked)
            {
                var cmd = "update shop.DocumentLock set IsLocked = @IsLocked";
                return _db.ExecuteAsync(cmd, new NpgsqlParameter("@IsLocked", locked));
            }

            public Task SetPricesAsync(bool free)
            {
                var cmd = "{|DBR503:update|} shop.Documents set Free = @Free";
                return _db.ExecuteAsync(cmd, new NpgsqlParameter("@Free", free));
            }
        }
        """);

    [Theory]
    [InlineData("connection.Execute($\"DELETE FROM Orders {connectionString}\");")]
    [InlineData("connection.Execute(\"DELETE FROM Orders \" + connectionString);")]
    [InlineData("connection.Execute(\"DELETE FROM \" + connectionString);")]
    [InlineData("connection.Execute($\"DELETE FROM [{connectionString}]\");")]
    [InlineData("var sql = \"DELETE FROM Orders\"; if (ids.Length > 0) sql += \" WHERE Id = 3\"; connection.Execute(sql);")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM Orders\"; command.CommandText += \" WHERE Id = 3\"; command.ExecuteNonQuery();")]
    [InlineData("Use(\"DELETE FROM Orders\");")]
    [InlineData("connection.Execute(\"DELETE FROM Orders\"); connection.Execute(\"INSERT INTO orders (Id) VALUES (@Id)\", orders);")]
    [InlineData("await db.Orders.ExecuteDeleteAsync(ct); db.Orders.AddRange(orders); await db.SaveChangesAsync(ct);")]
    [InlineData("await db.Orders.ExecuteDeleteAsync(ct); foreach (var order in orders) db.Add(order); await db.SaveChangesAsync(ct);")]
    [InlineData("connection.Execute(\"DELETE FROM orders\"); using var w = npgsql.BeginBinaryImport(\"COPY orders FROM STDIN (FORMAT BINARY)\");")]
    [InlineData("await db.Orders.Where(o => o.Open).ExecuteDeleteAsync(ct);")]
    [InlineData("var old = db.Orders.AsQueryable(); if (ids.Length > 0) old = old.Where(o => o.Open); await old.ExecuteDeleteAsync(ct);")]
    [InlineData("await db.Orders.OrderBy(o => o.Id).Take(100).ExecuteDeleteAsync(ct);")]
    [InlineData("await db.Entry(orders[0]).Collection(o => o.Lines).Query().ExecuteDeleteAsync(ct);")]
    [InlineData("await db.Orders.FromSqlRaw(\"SELECT * FROM Orders WHERE Id = 3\").ExecuteDeleteAsync(ct);")]
    [InlineData("await db.Orders.Where(o => o.Open).SelectMany(o => o.Lines).ExecuteDeleteAsync(ct);")]
    [InlineData("void DeleteAll() => connection.Execute(\"DELETE FROM Orders\"); DeleteAll();")]
    public Task Quiet_delete_code(string code) => Deletes.Reports(code);

    [Theory]
    [InlineData("await db.Orders.Where(o => o.Open).ExecuteUpdateAsync(s => s.SetProperty(o => o.Open, false), ct);")]
    [InlineData("await db.Countries.ExecuteUpdateAsync(s => s.SetProperty(c => c.Name, \"\"), ct);")]
    [InlineData("connection.Execute($\"UPDATE Orders SET Open = 0 {connectionString}\");")]
    [InlineData("connection.Execute(\"UPDATE Orders SET \" + connectionString);")]
    [InlineData("db.Orders.Update(orders[0]); db.SaveChanges();")]
    public Task Quiet_update_code(string code) => Updates.Reports(code);

    [Theory]
    [InlineData("class Orders { public void ClearAsync(DbConnection c) => c.Execute(\"DELETE FROM Orders\"); }")]
    [InlineData("class Orders { public void DeleteAll(ShopContext db) => db.Orders.ExecuteDelete(); }")]
    [InlineData("class Orders { public void delete_all_orders(DbConnection c) => c.Execute(\"DELETE FROM Orders\"); }")]
    [InlineData("class Orders { public void PurgeOrders(DbConnection c) => c.Execute(\"DELETE FROM Orders\"); }")]
    [InlineData("class DatabaseCleaner { public void Run(DbConnection c) => c.Execute(\"DELETE FROM Orders\"); }")]
    [InlineData("class OrderImport { public void Before(DbConnection c) => c.Execute(\"DELETE FROM Orders\"); }")]
    [InlineData("class OrderSeeder { public void Before(DbConnection c) => c.Execute(\"DELETE FROM Orders\"); }")]
    [InlineData("class Orders { public void Put(DbConnection c, Order[] all) { c.Execute(\"DELETE FROM Orders\"); foreach (var o in all) InsertOne(c, o); } void InsertOne(DbConnection c, Order o) => c.Execute(\"INSERT INTO Orders (Id) VALUES (@Id)\", o); }")]
    [InlineData("class TenantContext : DbContext { public DbSet<Order> Orders => Set<Order>(); int Tenant = 3; protected override void OnModelCreating(ModelBuilder b) => b.Entity<Order>().HasQueryFilter(o => o.CustomerId == Tenant); public void Delete() => Orders.ExecuteDelete(); }")]
    [InlineData("class Repository<T>(DbContext db) where T : class { public void Delete() => db.Set<T>().ExecuteDelete(); }")]
    [InlineData("class Repository(DbContext db) { public void Delete(IQueryable<Order> some) => some.ExecuteDelete(); }")]
    public Task Meant_or_not_known(string code) => Deletes.Reports(code);

    [Theory]
    [InlineData("class Orders { public void Deleted(DbConnection c) => c.Execute(\"{|DBR502:DELETE|} FROM Orders\"); }")]
    [InlineData("class Allocations { public void Delete(DbConnection c) => c.Execute(\"{|DBR502:DELETE|} FROM Tempos\"); }")]
    [InlineData("class Orders { private const string Old = \"DELETE FROM Orders\"; public void Delete(DbConnection c) => c.Execute({|DBR502:Old|}); }")]
    public Task Names_that_say_nothing(string code) => Deletes.Reports(code);
}
