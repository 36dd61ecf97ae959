using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Good code that analyzers of this kind report by mistake. Neither DBR101 nor DBR107 may speak, but where markup says so.</summary>
public sealed class QueryPerElementTestsOfTraps
{
    private const string FindOrder = "\"SELECT * FROM Orders WHERE Id = @id\", new { id }";

    [Theory]
    [InlineData("foreach (var order in db.Orders.Where(o => o.Open).ToList()) Use(order);")]
    [InlineData("foreach (var order in await db.Orders.Where(o => o.Open).ToListAsync(ct)) Use(order);")]
    [InlineData("foreach (var order in db.Orders) Use(order);")]
    [InlineData("foreach (var order in db.Orders.Where(o => o.Open).OrderBy(o => o.Id)) Use(order);")]
    [InlineData("await foreach (var order in db.Orders.AsAsyncEnumerable()) Use(order);")]
    [InlineData("await foreach (var order in db.Orders.AsNoTracking().AsAsyncEnumerable().WithCancellation(ct)) Use(order);")]
    [InlineData("foreach (var order in connection.Query<Order>(\"SELECT * FROM Orders\")) Use(order);")]
    [InlineData("foreach (var order in await connection.QueryAsync<Order>(\"SELECT * FROM Orders\")) Use(order);")]
    [InlineData("await foreach (var order in connection.QueryUnbufferedAsync<Order>(\"SELECT * FROM Orders\")) Use(order);")]
    [InlineData("for (int i = 0, n = db.Orders.Count(); i < n; i++) Use(i);")]
    [InlineData("for (var each = db.Orders.ToList().GetEnumerator(); each.MoveNext();) Use(each.Current);")]
    [InlineData("db.Orders.ToList().ForEach(order => Use(order));")]
    [InlineData("Use(db.Orders.ToList().Select(o => o.Number).ToList());")]
    [InlineData("Use((await db.Orders.ToListAsync()).Where(o => o.Open).Sum(o => o.Id));")]
    [InlineData("await Parallel.ForEachAsync(await db.Orders.ToListAsync(ct), ct, (order, token) => { Use(order); return default; });")]
    [InlineData("foreach (var id in ids) Use(id);\nUse(db.Orders.ToList());")]
    [InlineData("Use(db.Orders.First());\nUse(await connection.QueryFirstAsync<Order>(\"SELECT 1\"));")]
    public Task T1_the_source_runs_once(string code) => RoundTripTest.RunAsync(code);

    [Fact]
    public Task T1_the_limit_of_a_for_does_not() => RoundTripTest.RunAsync(
        "for (var i = 0; i < db.Orders.{|DBR107:Count|}(); i++) Use(i);");

    [Theory]
    [InlineData("var filter = db.Orders.AsQueryable();\nforeach (var id in ids) filter = filter.Where(o => db.OrderLines.Any(l => l.OrderId == o.Id && l.ProductId == id));\nUse(await filter.ToListAsync());")]
    [InlineData("System.Linq.Expressions.Expression<Func<Order, bool>>? filter = null;\nforeach (var id in ids) filter = o => db.OrderLines.Any(l => l.OrderId == o.Id && l.ProductId == id);\nUse(filter);")]
    [InlineData("var filters = ids.Select(id => db.Orders.Where(o => db.OrderLines.Count(l => l.OrderId == o.Id) > id)).ToList();\nUse(filters);")]
    [InlineData("Use(db.Orders.Select(o => new { o.Id, Lines = db.OrderLines.Where(l => l.OrderId == o.Id).ToList() }).ToList());")]
    [InlineData("Use(await db.Orders.Where(o => db.Customers.First(c => c.Id == o.CustomerId).Active).ToListAsync());")]
    [InlineData("var union = db.Orders.Where(o => o.Open);\nforeach (var id in ids) union = union.Union(db.Orders.Where(o => o.CustomerId == id));\nUse(union.ToList());")]
    public Task T2_expression_trees_are_translated(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("for (var n = 0; n < 10; n++)\n{\n    try { return await db.Orders.FirstAsync(o => o.Id == n, ct); }\n    catch (DbException) { await Task.Delay(50, ct); }\n}")]
    [InlineData("for (var n = 0; n < 10; n++)\n{\n    try { Use(db.Orders.First(o => o.Open)); break; }\n    catch (DbException) { Use(n); }\n}")]
    [InlineData("for (var n = 0; n < ids.Length; n++)\n{\n    try { Use(connection.QueryFirst<Order>(\"SELECT * FROM Orders\")); break; }\n    catch (DbException) when (n < 5) { Use(n); }\n}")]
    [InlineData("for (var attempt = 1; attempt <= 20; attempt++)\n{\n    using var command = connection.CreateCommand();\n    command.CommandText = \"SELECT 1\";\n    try { return command.ExecuteScalar(); }\n    catch (DbException) { Thread.Sleep(attempt * 100); }\n}")]
    [InlineData("while (true)\n{\n    try { return await connection.QuerySingleAsync<Order>(\"SELECT * FROM Orders\"); }\n    catch (DbException) { await Task.Delay(50); }\n}")]
    [InlineData("var left = 10;\ndo\n{\n    try { Use(await db.Orders.CountAsync()); left = 0; }\n    catch (DbException) { left--; }\n} while (left > 0);")]
    [InlineData("foreach (var wait in new[] { 1, 2, 4, 8, 16, 32 })\n{\n    try { return await db.Orders.ToListAsync(); }\n    catch (DbException) { await Task.Delay(wait); }\n}")]
    [InlineData("for (var attempts = 0; attempts < _position; attempts++)\n{\n    var next = connection.ExecuteScalar<int>(\"SELECT MAX(Id) FROM Orders\");\n    if (next.Equals(ids[0])) return null;\n}")]
    public Task T3_retries(string code) => RoundTripTest.RunAsync(code);

    // By helpers of the code itself, and by those of a reference that is missing.
    [Theory]
    [InlineData("foreach (var part in Paginate(ids, 50)) Use(await db.Orders.Where(o => part.Contains(o.Id)).ToListAsync(ct));\nstatic IEnumerable<List<int>> Paginate(int[] all, int size) { yield return all.Take(size).ToList(); }")]
    [InlineData("foreach (var part in Paginate(ids, 50)) Use(connection.Query<Order>(\"SELECT * FROM Orders WHERE Id IN @part\", new { part }));\nstatic IEnumerable<int[]> Paginate(int[] all, int size) { yield return all.Take(size).ToArray(); }")]
    [InlineData("foreach (var part in ids.{|CS1061:Paginate|}(50)) Use(connection.Query<Order>(\"SELECT * FROM Orders WHERE Id IN @part\", new { part }));")]
    [InlineData("foreach (var id in Partition(ids, 50)) Use(db.Orders.Where(o => o.Id == id).{|DBR101:ToList|}());\nstatic IEnumerable<int> Partition(int[] all, int size) => all.Skip(size);")]
    public Task Batches_by_helpers(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("Func<int, DbCommand> prepare = id => connection.CreateCommand();\nforeach (var id in ids)\n{\n    using var command = prepare(id);\n    Use(await command.ExecuteScalarAsync(ct));\n}")]
    [InlineData("NpgsqlBatch Compile(Order page) => npgsql.CreateBatch();\nforeach (var page in orders)\n{\n    await using var batch = Compile(page);\n    await using var reader = await batch.ExecuteReaderAsync(ct);\n    Use(reader);\n}")]
    public Task A_command_that_another_method_made_may_be_a_write(string code) => RoundTripTest.RunAsync(code);

    [Fact]
    public Task A_command_whose_rows_are_walked_reads() => RoundTripTest.RunAsync(
        "DbCommand Prepare(int id) => connection.CreateCommand();\nforeach (var id in ids)\n{\n    using var command = Prepare(id);\n    using var reader = command.{|DBR101:ExecuteReader|}();\n    while (reader.Read()) Use(reader[0]);\n}");

    [Theory]
    [InlineData("foreach (var id in ids)\n{\n    try { Use(id); }\n    catch (Exception) { Use(await db.Orders.FindAsync(id)); }\n}")]
    [InlineData("try { await db.SaveChangesAsync(ct); }\ncatch (DbUpdateConcurrencyException failure) { foreach (var entry in failure.Entries) await entry.ReloadAsync(ct); }")]
    public Task Error_handling(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("foreach (var id in ids)\n{\n    db.OrderLines.Add(new OrderLine { OrderId = id });\n    await db.SaveChangesAsync(ct);\n    Use(await db.OrderLines.CountAsync(l => l.OrderId == id, ct));\n}")]
    [InlineData("foreach (var id in ids)\n{\n    db.OrderLines.Where(l => l.OrderId == id).ExecuteDelete();\n    Use(db.OrderLines.Any(l => l.OrderId == id));\n}")]
    [InlineData("Order CreateOrder(int id) { var order = new Order { CustomerId = id }; db.Add(order); db.SaveChanges(); return order; }\nforeach (var id in ids)\n{\n    var made = CreateOrder(id);\n    Use(db.Orders.Include(o => o.Lines).Single(o => o.Id == made.Id));\n}")]
    public Task Reading_back_what_the_pass_wrote(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("while (!ct.IsCancellationRequested)\n{\n    Use(await db.Orders.FirstOrDefaultAsync(o => o.Open, ct));\n    await Task.Delay(1000, ct);\n}")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));\nwhile (await timer.WaitForNextTickAsync(ct))\n    Use(await connection.QueryAsync<Order>(\"SELECT * FROM Orders\"));")]
    [InlineData("while (true)\n{\n    using var command = connection.CreateCommand();\n    command.CommandText = \"SELECT 1\";\n    Use(command.ExecuteScalar());\n    Thread.Sleep(1000);\n}")]
    [InlineData("for (;;)\n{\n    Use(db.Orders.Count());\n    await Task.Delay(10);\n}")]
    [InlineData("for (; !ct.IsCancellationRequested;) Use(await db.Orders.CountAsync());")]
    [InlineData("do { Use(db.Orders.Count()); } while (!ct.IsCancellationRequested);")]
    [InlineData("var channel = System.Threading.Channels.Channel.CreateUnbounded<int>();\nawait foreach (var id in channel.Reader.ReadAllAsync(ct)) Use(await db.Orders.FindAsync(id));")]
    [InlineData("var channel = System.Threading.Channels.Channel.CreateUnbounded<int>();\nwhile (await channel.Reader.WaitToReadAsync(ct))\n    if (channel.Reader.TryRead(out var id)) Use(connection.QueryFirst<Order>(" + FindOrder + "));")]
    [InlineData("var channel = System.Threading.Channels.Channel.CreateUnbounded<int>();\nwhile (await channel.Reader.WaitToReadAsync(ct))\n    while (channel.Reader.TryRead(out var id)) Use(connection.QueryFirst<Order>(" + FindOrder + "));")]
    [InlineData("using var work = new System.Collections.Concurrent.BlockingCollection<int>();\nforeach (var id in work.GetConsumingEnumerable(ct)) Use(db.Orders.Find(id));")]
    [InlineData("var open = true;\nwhile (open) open = await db.Orders.AnyAsync(o => o.Open);")]
    [InlineData("while (db.Orders.Any(o => o.Open)) Use(null);")]
    public Task T4_polling_and_workers(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("foreach (var part in ids.Chunk(500)) Use(await db.Orders.Where(o => part.Contains(o.Id)).ToListAsync());")]
    [InlineData("foreach (var part in orders.Select(o => o.Id).Distinct().Chunk(500)) Use(db.Orders.Where(o => part.Contains(o.Id)).ToList());")]
    [InlineData("foreach (var part in ids.Chunk(500)) Use(connection.Query<Order>(\"SELECT * FROM Orders WHERE Id IN @part\", new { part }));")]
    [InlineData("foreach (var part in ids.Chunk(500)) Use(await npgsql.QueryAsync<Order>(\"SELECT * FROM Orders WHERE Id = ANY(@part)\", new { part }));")]
    [InlineData("for (var i = 0; i < ids.Length; i += 500)\n{\n    var part = ids.Skip(i).Take(500).ToList();\n    Use(db.Orders.Where(o => part.Contains(o.Id)).ToList());\n}")]
    [InlineData("for (var i = 0; i < ids.Length; i += 500) Use(connection.Query<Order>(\"SELECT * FROM Orders WHERE Id > @i\", new { i }));")]
    [InlineData("for (var page = 0; page < 100; page++) Use(await db.Orders.OrderBy(o => o.Id).Skip(page * 50).Take(50).ToListAsync());")]
    [InlineData("for (var page = 0; page < 100; page++) Use(connection.Query<Order>(\"SELECT * FROM Orders ORDER BY Id LIMIT 50 OFFSET @skip\", new { skip = page * 50 }));")]
    [InlineData("var skip = 0;\nList<Order> rows;\ndo\n{\n    rows = await db.Orders.OrderBy(o => o.Id).Skip(skip).Take(100).ToListAsync(ct);\n    skip += rows.Count;\n} while (rows.Count > 0);")]
    [InlineData("var last = 0;\nwhile (true)\n{\n    var rows = await db.Orders.Where(o => o.Id > last).OrderBy(o => o.Id).Take(100).ToListAsync(ct);\n    if (rows.Count == 0) break;\n    last = rows[^1].Id;\n}")]
    [InlineData("var last = 0;\nwhile (true)\n{\n    var rows = connection.Query<Order>(\"SELECT * FROM Orders WHERE Id > @last ORDER BY Id LIMIT 100\", new { last }).AsList();\n    if (rows.Count == 0) break;\n    last = rows[^1].Id;\n}")]
    [InlineData("while (await db.Orders.Where(o => o.Open).Take(1000).ExecuteDeleteAsync() > 0) { }")]
    [InlineData("int n;\ndo { n = await connection.ExecuteAsync(\"DELETE FROM Orders WHERE Id IN (SELECT Id FROM Orders LIMIT 1000)\"); } while (n > 0);")]
    [InlineData("while (true)\n{\n    var batch = db.Orders.Where(o => o.Open).Take(100).ToList();\n    if (batch.Count == 0) break;\n    db.Orders.RemoveRange(batch);\n    db.SaveChanges();\n}")]
    public Task T5_T28_pages_chunks_and_batches(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("string code;\ndo code = Guid.NewGuid().ToString(); while (await db.Orders.AnyAsync(o => o.Number == code));")]
    [InlineData("var number = 1;\nwhile (db.Orders.Any(o => o.Id == number)) number++;")]
    [InlineData("foreach (var order in orders)\n{\n    var done = 0;\n    while (done < ids.Length)\n    {\n        var lines = ids.Skip(done).Take(100).Select(id => new OrderLine { OrderId = order.Id, ProductId = id }).ToList();\n        db.OrderLines.AddRange(lines);\n        await db.SaveChangesAsync(ct);\n        done += 100;\n    }\n    if (await db.OrderLines.CountAsync(l => l.OrderId == order.Id, ct) != ids.Length) throw new InvalidOperationException();\n}")]
    [InlineData("foreach (var order in orders)\n{\n    while (db.Orders.Any(o => o.Number == order.Number)) order.Number += \"-1\";\n    db.Add(order);\n}")]
    [InlineData("foreach (var order in orders)\n{\n    do order.Number = Guid.NewGuid().ToString(); while (await db.Orders.AnyAsync(o => o.Number == order.Number, ct));\n}")]
    [InlineData("foreach (var order in orders)\n{\n    while (connection.ExecuteScalar<bool>(\"SELECT EXISTS (SELECT 1 FROM orders WHERE number = @number)\", new { number = order.Number })) order.Number += \"-1\";\n}")]
    [InlineData("var number = 1;\nwhile (connection.ExecuteScalar<int>(\"SELECT COUNT(*) FROM Orders WHERE Id = @number\", new { number }) > 0) number++;")]
    [InlineData("foreach (var id in ids)\n{\n    var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);\n    if (order != null) return order;\n}")]
    [InlineData("foreach (var id in ids)\n    if (db.Orders.Any(o => o.Id == id))\n        return id;")]
    [InlineData("foreach (var id in ids)\n{\n    var order = connection.QueryFirstOrDefault<Order>(" + FindOrder + ");\n    if (order is not null)\n    {\n        Use(order);\n        break;\n    }\n}")]
    [InlineData("foreach (var id in ids)\n{\n    using var command = connection.CreateCommand();\n    command.CommandText = \"SELECT 1 FROM Orders WHERE Id = \" + id;\n    var found = command.ExecuteScalar();\n    if (found != null) return found;\n}")]
    [InlineData("Use(ids.Any(id => db.Orders.Any(o => o.Id == id)));")]
    [InlineData("Use(ids.FirstOrDefault(id => db.Orders.Any(o => o.Id == id)));")]
    [InlineData("Use(Array.Find(ids, id => connection.ExecuteScalar<bool>(\"SELECT 1 FROM Orders WHERE Id = @id\", new { id })));")]
    [InlineData("Use(ids.ToList().Exists(id => db.Orders.Any(o => o.Id == id)));")]
    [InlineData("var found = new HashSet<int>();\nforeach (var id in ids)\n{\n    if (found.Count > 0)\n        break;\n    var next = await db.Orders.Where(o => o.CustomerId == id).Select(o => o.Id).ToListAsync(ct);\n    foreach (var one in next)\n        found.Add(one);\n}\nreturn found;")]
    [InlineData("var found = new List<Order>();\nforeach (var id in ids)\n{\n    if (found.Any())\n        return found;\n    foreach (var order in db.Orders.Where(o => o.CustomerId == id))\n        found.Add(order);\n}")]
    [InlineData("var found = new List<Order>();\nforeach (var id in ids)\n{\n    found.AddRange(await connection.QueryAsync<Order>(" + FindOrder + "));\n    if (found.Count > 0)\n        break;\n}\nreturn found;")]
    [InlineData("var found = new List<object>();\nforeach (var id in ids)\n{\n    if (found.Count != 0) break;\n    using var command = connection.CreateCommand();\n    command.CommandText = \"SELECT 1 FROM Orders WHERE Id = \" + id;\n    if (command.ExecuteScalar() is { } one)\n        found.Add(one);\n}\nreturn found;")]
    public Task T6_searches_and_probes(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("foreach (var id in new[] { 1, 2 }) Use(await db.Orders.FindAsync(id));")]
    [InlineData("foreach (var open in new List<bool> { true, false }) Use(db.Orders.Count(o => o.Open == open));")]
    [InlineData("var both = new List<bool> { true, false };\nforeach (var open in both) Use(db.Orders.Count(o => o.Open == open));")]
    [InlineData("int[] few = [1, 2, 3, 4];\nforeach (var id in few) Use(connection.QueryFirst<Order>(" + FindOrder + "));")]
    [InlineData("for (var id = 0; id < 3; id++) Use(db.Orders.Find(id));")]
    [InlineData("for (var id = 4; id > 0; id--) Use(db.Orders.Find(id));")]
    [InlineData("foreach (var day in Enumerable.Range(1, 3)) Use(db.Orders.Count(o => o.Id == day));")]
    [InlineData("foreach (var kind in Enum.GetValues<CommandType>()) Use(db.Orders.Count(o => o.Number == kind.ToString()));")]
    [InlineData("Use(new[] { 1, 2 }.Select(id => db.Orders.Find(id)).ToList());")]
    [InlineData("await Task.WhenAll(new[] { 1, 2 }.Select(id => db.Orders.FirstAsync(o => o.Id == id)));")]
    public Task T6_small_sequences(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("foreach (var id in ids)\n{\n    if (!_cache.TryGetValue(id, out var order))\n        _cache[id] = order = await db.Orders.FirstAsync(o => o.Id == id);\n    Use(order);\n}")]
    [InlineData("foreach (var id in ids)\n{\n    if (!_cache.ContainsKey(id))\n    {\n        var order = connection.QueryFirst<Order>(" + FindOrder + ");\n        _cache.Add(id, order);\n    }\n}")]
    [InlineData("foreach (var id in ids)\n{\n    if (_cache.TryGetValue(id, out var known))\n    {\n        Use(known);\n        continue;\n    }\n\n    _cache[id] = db.Orders.Find(id)!;\n}")]
    [InlineData("foreach (var id in ids)\n{\n    if (_cache.TryGetValue(id, out var known))\n        Use(known);\n    else\n        _cache[id] = db.Orders.Find(id)!;\n}")]
    [InlineData("var memory = new System.Collections.Concurrent.ConcurrentDictionary<int, Order>();\nforeach (var id in ids) Use(memory.GetOrAdd(id, key => db.Orders.First(o => o.Id == key)));")]
    [InlineData("foreach (var id in ids) Use(_last ??= db.Orders.First(o => o.Open));")]
    [InlineData("foreach (var id in ids) Use(_last ??= await connection.QueryFirstAsync<Order>(\"SELECT * FROM Orders\"));")]
    [InlineData("Order? first = null;\nforeach (var id in ids)\n{\n    if (first == null)\n        first = await db.Orders.FirstAsync(o => o.Open);\n    Use(first);\n}")]
    [InlineData("Order? first = null;\nforeach (var id in ids)\n{\n    first ??= db.Orders.First();\n    Use(first);\n}")]
    [InlineData("foreach (var id in ids) Use(_cache.GetValueOrDefault(id) ?? db.Orders.First(o => o.Id == id));")]
    [InlineData("foreach (var id in ids) Use(_cache.TryGetValue(id, out var order) ? order : db.Orders.First(o => o.Id == id));")]
    [InlineData("var known = db.Orders.ToDictionary(o => o.Id);\nforeach (var id in ids)\n{\n    if (!known.TryGetValue(id, out var order))\n    {\n        using var command = connection.CreateCommand();\n        command.CommandText = \"SELECT * FROM Orders WHERE Id = \" + id;\n        using var reader = await command.ExecuteReaderAsync(ct);\n        Use(reader);\n    }\n}")]
    public Task T7_cached_lookups(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("foreach (var id in ids) Use(db.Orders.Local.First(o => o.Id == id));")]
    [InlineData("foreach (var order in orders)\n{\n    Customer? own = null;\n    own ??= db.Customers.{|DBR101:Find|}(order.CustomerId);\n    Use(own);\n}")]
    [InlineData("foreach (var order in orders)\n    Use(order.Customer ??= db.Customers.{|DBR101:First|}(c => c.Id == order.CustomerId));")]
    public Task T7_what_does_not_outlive_the_pass_is_no_cache(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("foreach (var id in ids)\n{\n    await using var own = factory.CreateDbContext();\n    var order = await own.Orders.FirstAsync(o => o.Id == id);\n    order.Open = false;\n    await own.SaveChangesAsync(ct);\n}")]
    [InlineData("foreach (var id in ids)\n{\n    using var own = new ShopContext();\n    var order = own.Orders.Find(id)!;\n    order.Open = false;\n    own.SaveChanges();\n}")]
    [InlineData("foreach (var shard in new List<string>(orders.Select(o => o.Number)))\n{\n    using var own = new NpgsqlConnection(shard);\n    Use(own.Query<Order>(\"SELECT * FROM Orders\"));\n}")]
    [InlineData("foreach (var file in System.IO.Directory.GetFiles(connectionString))\n{\n    await using var own = new SqliteConnection(\"Data Source=\" + file);\n    await own.OpenAsync(ct);\n    await using var command = own.CreateCommand();\n    command.CommandText = \"SELECT COUNT(*) FROM Orders\";\n    Use(await command.ExecuteScalarAsync(ct));\n}")]
    [InlineData("foreach (var order in orders)\n{\n    var options = new DbContextOptionsBuilder<ShopContext>().UseNpgsql(order.Number).Options;\n    await using var own = new ShopContext(options);\n    Use(await own.Orders.CountAsync(ct));\n}")]
    [InlineData("foreach (var each in new List<ShopContext>()) Use(each.Orders.Count());")]
    [InlineData("foreach (var each in new List<DbConnection>()) Use(each.ExecuteScalar<int>(\"SELECT COUNT(*) FROM Orders\"));")]
    [InlineData("foreach (var id in ids)\n{\n    await using var own = new NpgsqlConnection(connectionString);\n    var order = own.QueryFirst<Order>(" + FindOrder + ");\n    await own.ExecuteAsync(\"UPDATE Orders SET Open = 0 WHERE Id = @Id\", order);\n}")]
    public Task T8_a_session_of_its_own(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("foreach (var id in ids) Use(orders.Find(o => o.Id == id));")]
    [InlineData("foreach (var id in ids) Use(orders.AsQueryable().First(o => o.Id == id));")]
    [InlineData("foreach (var id in ids) Use(orders.AsQueryable().Where(o => o.Id == id).Select(o => o.Number).ToList());")]
    [InlineData("IQueryable<Order> query = orders.AsQueryable();\nforeach (var id in ids) Use(query.Any(o => o.Id == id));")]
    [InlineData("IQueryable<int> numbers = ids.Where(i => i > 0).AsQueryable();\nforeach (var id in ids) Use(numbers.Contains(id));")]
    [InlineData("foreach (var id in ids) Use(orders.First(o => o.Id == id));")]
    [InlineData("foreach (var id in ids) Use(orders.Where(o => o.Id == id).ToList());")]
    [InlineData("foreach (var order in orders) foreach (var line in order.Lines) Use(line);")]
    [InlineData("var all = db.Orders.ToList();\nforeach (var id in ids) Use(all.First(o => o.Id == id));")]
    [InlineData("var all = await connection.QueryAsync<Order>(\"SELECT * FROM Orders\");\nforeach (var id in ids) Use(all.First(o => o.Id == id));")]
    [InlineData("using var table = new DataTable();\nforeach (var id in ids) Use(table.Rows.Find(id));")]
    [InlineData("foreach (var id in ids) Use(System.IO.File.ReadLines(connectionString).First());")]
    public Task T9_no_database(string code) => RoundTripTest.RunAsync(code);

    [Fact]
    public Task T9_members_that_only_share_a_name() => RoundTripTest.RunSourceAsync(
        """
        class Store
        {
            public Order? Find(int id) => null;
            public List<T> Query<T>(string text) => [];
            public Task<Order?> FirstOrDefaultAsync(Func<Order, bool> predicate) => Task.FromResult<Order?>(null);
            public int SaveChanges() => 0;
            public object ExecuteScalar() => "";
            public object ExecuteReader() => "";
        }

        static class Extensions
        {
            public static Task<T?> SingleOrDefaultAsync<T>(this List<T> list, Func<T, bool> predicate) => Task.FromResult(list.SingleOrDefault(predicate));
            public static Task<List<T>> ToListAsync<T>(this IEnumerable<T> list) => Task.FromResult(list.ToList());
        }

        class Report
        {
            async Task RunAsync(Store store, List<Order> orders, int[] ids)
            {
                foreach (var id in ids)
                {
                    _ = store.Find(id);
                    _ = store.Query<Order>("SELECT * FROM Orders");
                    _ = await store.FirstOrDefaultAsync(o => o.Id == id);
                    _ = store.SaveChanges();
                    _ = store.ExecuteScalar();
                    _ = store.ExecuteReader();
                    _ = await orders.SingleOrDefaultAsync(o => o.Id == id);
                    _ = await orders.Where(o => o.Id == id).ToListAsync();
                }
            }
        }
        """);

    [Fact]
    public Task T9_a_query_of_unknown_origin() => RoundTripTest.RunSourceAsync(
        """
        interface IRepository
        {
            IQueryable<Order> Orders { get; }

            IQueryable<T> Query<T>();
        }

        class Report
        {
            private readonly IQueryable<Order> _orders = null!;

            void Run(IRepository repository, IQueryable<Order> given, int[] ids)
            {
                foreach (var id in ids)
                {
                    _ = repository.Orders.First(o => o.Id == id);
                    _ = repository.Query<Order>().Where(o => o.Id == id).ToList();
                    _ = given.Count(o => o.Id == id);
                    _ = _orders.Any(o => o.Id == id);
                    foreach (var order in given.Where(o => o.Id == id))
                        _ = order;
                }
            }
        }
        """);

    [Fact]
    public Task T9_no_database_library() => new RoundTripTest
    {
        TestCode =
            """
            class Report
            {
                void Run(List<int> ids, List<string> names, IQueryable<string> query)
                {
                    foreach (var id in ids)
                    {
                        _ = names.Find(name => name.Length == id);
                        _ = query.First(name => name.Length == id);
                        _ = names.AsQueryable().ToList();
                    }
                }
            }
            """,
        IncludeShop = false,
        ReferenceAssemblies = ShopReferences.FrameworkOnly,
    }.RunAsync();

    [Fact]
    public Task T26_a_delegate_that_nobody_knows_to_run_per_element() => RoundTripTest.RunSourceAsync(
        """
        class Maybe<T>
        {
            public Maybe<TResult> Map<TResult>(Func<T, TResult> map) => null!;
            public Maybe<TResult> Bind<TResult>(Func<T, Maybe<TResult>> bind) => null!;
            public async Task OnSuccess(Func<T, Task> then) => await then(default!);
            public Maybe<TResult> Select<TResult>(Func<T, TResult> select) => null!;
        }

        class Report
        {
            async Task RunAsync(ShopContext db, IDbConnection connection, Maybe<int> id)
            {
                _ = id.Map(x => db.Orders.Find(x));
                _ = id.Bind(x => new Maybe<bool>().Map(y => db.Orders.Any(o => o.Id == x)));
                await id.OnSuccess(async x => await db.Orders.FirstAsync(o => o.Id == x));
                _ = id.Select(x => connection.QueryFirst<Order>("SELECT * FROM Orders WHERE Id = @x", new { x }));
                _ = from x in id select db.Orders.First(o => o.Id == x);
                await Task.Run(() => db.Orders.First(o => o.Open));
            }
        }
        """);

    [Theory]
    [InlineData("using var command = plain.CreateCommand();\ncommand.CommandText = \"SELECT * FROM Orders\";\nusing var reader = command.ExecuteReader();\nwhile (reader.Read()) Use(reader.GetInt32(0));")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"SELECT * FROM Orders\";\nawait using var reader = await command.ExecuteReaderAsync(ct);\ndo\n{\n    while (await reader.ReadAsync(ct)) Use(await reader.GetFieldValueAsync<int>(0, ct));\n} while (await reader.NextResultAsync(ct));")]
    [InlineData("using var many = await connection.QueryMultipleAsync(\"SELECT 1; SELECT 2\");\nwhile (!many.IsConsumed) Use(await many.ReadAsync<int>());")]
    [InlineData("using var reader = await connection.ExecuteReaderAsync(\"SELECT * FROM Orders\");\nvar parse = reader.GetRowParser<Order>();\nwhile (await reader.ReadAsync()) Use(parse(reader));")]
    public Task T27_rows_of_one_reader(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("foreach (var order in orders) { order.Open = false; await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var order in orders) { db.Orders.Add(order); db.SaveChanges(); }")]
    [InlineData("var i = 0;\nforeach (var order in orders)\n{\n    db.Orders.Add(order);\n    if (++i % 500 == 0) await db.SaveChangesAsync();\n}")]
    [InlineData("foreach (var id in ids) await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();")]
    [InlineData("foreach (var id in ids) db.Orders.Where(o => o.Id == id).ExecuteUpdate(s => s.SetProperty(o => o.Open, false));")]
    [InlineData("foreach (var id in ids) await db.Database.ExecuteSqlAsync($\"DELETE FROM Orders WHERE Id = {id}\");")]
    [InlineData("foreach (var id in ids) connection.Execute(\"DELETE FROM Orders WHERE Id = @id\", new { id });")]
    [InlineData("foreach (var id in ids) Use(await connection.QuerySingleAsync<int>(\"INSERT INTO Orders (Number) VALUES (@id) RETURNING Id\", new { id }));")]
    [InlineData("foreach (var id in ids) Use(connection.ExecuteScalar<int>(\"UPDATE Orders SET Open = 0 WHERE Id = @id; SELECT 1\", new { id }));")]
    [InlineData("foreach (var id in ids)\n{\n    using var command = connection.CreateCommand();\n    command.CommandText = $\"DELETE FROM Orders WHERE Id = {id}\";\n    command.ExecuteNonQuery();\n}")]
    [InlineData("foreach (var id in ids)\n{\n    using var command = new NpgsqlCommand(\"INSERT INTO Orders (Number) VALUES ('x') RETURNING Id\", npgsql);\n    Use(await command.ExecuteScalarAsync());\n}")]
    [InlineData("foreach (var order in orders) db.Attach(order);")]
    public Task T29_T30_writes_are_for_other_rules(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("int? parent = 1;\nwhile (parent != null)\n{\n    var product = await db.Products.FindAsync(parent);\n    parent = product?.CategoryId;\n}")]
    [InlineData("var product = db.Products.First();\nwhile (product.CategoryId != null)\n    product = db.Products.First(p => p.Id == product.CategoryId);")]
    [InlineData("int? parent = 1;\nwhile (parent is not null)\n    parent = connection.QueryFirstOrDefault<int?>(\"SELECT CategoryId FROM Products WHERE Id = @parent\", new { parent });")]
    [InlineData("for (var product = db.Products.Find(1); product != null; product = db.Products.Find(product.CategoryId)) Use(product);")]
    [InlineData("var pending = new Queue<int>(ids);\nwhile (pending.Count > 0)\n{\n    var id = pending.Dequeue();\n    foreach (var child in await db.Products.Where(p => p.CategoryId == id).ToListAsync())\n        pending.Enqueue(child.Id);\n}")]
    public Task T31_chains_and_graphs(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("foreach (var group in orders.GroupBy(o => o.Open))\n{\n    var own = group.Select(o => o.CustomerId).ToList();\n    Use(await db.Customers.Where(c => own.Contains(c.Id)).ToListAsync());\n}")]
    [InlineData("foreach (var group in orders.GroupBy(o => o.Open))\n    Use(db.Customers.Where(c => group.Select(o => o.CustomerId).Contains(c.Id)).ToList());")]
    [InlineData("foreach (var group in orders.GroupBy(o => o.Open))\n{\n    var own = group.Select(o => o.CustomerId).ToArray();\n    Use(connection.Query<Customer>(\"SELECT * FROM Customers WHERE Id IN @own\", new { own }));\n}")]
    [InlineData("foreach (var order in orders)\n{\n    var products = order.Lines.Select(l => l.ProductId).ToHashSet();\n    Use(await db.Products.CountAsync(p => products.Contains(p.Id)));\n}")]
    public Task T32_one_query_for_a_list_of_keys(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("await using (connection.ConfigureAwait(false))\n{\n    Use(await connection.QueryAsync<Order>(\"SELECT * FROM Orders\"));\n}")]
    [InlineData("await using var _ = connection.ConfigureAwait(false);\nawait connection.OpenAsync(ct);\nUse(await connection.QueryAsync<Order>(\"SELECT * FROM Orders\"));")]
    public Task T34_configured_disposal_is_no_loop(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("var query = ids.Aggregate(db.Orders.AsQueryable(), (all, id) => all.Where(o => o.CustomerId != id));\nUse(await query.ToListAsync());")]
    [InlineData("var query = orders.Aggregate((IQueryable<Customer>)db.Customers, (all, order) => all.Where(c => c.Id != order.CustomerId));\nUse(query.ToList());")]
    [InlineData("IQueryable<Order> query = db.Orders;\nforeach (var id in ids) query = query.Include(o => o.Lines).Where(o => o.Id != id);\nUse(query.ToList());")]
    [InlineData("var queries = ids.Select(id => db.Orders.Where(o => o.CustomerId == id)).ToList();\nUse(queries.Count);")]
    [InlineData("var queries = new List<IQueryable<Order>>();\nforeach (var id in ids) queries.Add(db.Orders.Where(o => o.Id == id));")]
    public Task T35_composing_runs_nothing(string code) => RoundTripTest.RunAsync(code);

    [Fact]
    public Task Loops_that_repair_what_failed() => RoundTripTest.RunAsync(
        """
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException failure)
        {
            foreach (var entry in failure.Entries)
                await entry.ReloadAsync(ct);
        }
        """);

    [Theory]
    [InlineData("Func<int, Order?> find = id => db.Orders.Find(id);\nforeach (var id in ids) Use({|DBR102:find|}(id));")]
    [InlineData("Order? Find(int id) => db.Orders.Find(id);\nforeach (var id in ids) Use({|DBR102:Find|}(id));")]
    [InlineData("var lazy = ids.Select(id => new Lazy<Order?>(() => db.Orders.Find(id))).ToList();\nUse(lazy);")]
    [InlineData("foreach (var id in ids) ThreadPool.QueueUserWorkItem(_ => Use(id));")]
    public Task Calls_of_local_functions_and_delegates_are_for_another_rule(string code) => RoundTripTest.RunAsync(code);
}
