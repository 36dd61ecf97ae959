using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Loops in which a pass has a reason to save at once, or that go over no elements: DBR105 stays quiet.</summary>
public sealed class SavePerElementTestsOfTraps
{
    [Theory]
    [InlineData("var copy = new Order { Number = order.Number };\ndb.Orders.Add(copy);\ndb.SaveChanges();\nUse(copy.Id);")]
    [InlineData("var copy = new Order { Number = order.Number };\nawait db.AddAsync(copy, ct);\nawait db.SaveChangesAsync(ct);\ndb.Payments.Add(new Payment { OrderId = copy.Id });")]
    [InlineData("var copy = new Order { Number = order.Number };\ndb.Orders.Add(copy);\ndb.SaveChanges();\nUse(copy);")]
    [InlineData("var entry = db.Orders.Add(new Order { Number = order.Number });\ndb.SaveChanges();\nUse(entry.Entity.Id);")]
    [InlineData("var entity = db.Orders.Add(new Order { Number = order.Number }).Entity;\ndb.SaveChanges();\nUse(entity.Id);")]
    [InlineData("db.Orders.Add(order);\ndb.SaveChanges();\nConsole.WriteLine(order.Id);")]
    [InlineData("var line = new OrderLine();\norder.Lines.Add(line);\ndb.SaveChanges();\nConsole.WriteLine(line.Id);")]
    [InlineData("var customer = new Customer();\norder.Customer = customer;\ndb.SaveChanges();\nUse(customer.Id);")]
    [InlineData("var customer = await db.Customers.FindAsync(order.CustomerId) ?? new Customer();\ndb.Update(customer);\nawait db.SaveChangesAsync();\norder.CustomerId = customer.Id;")]
    [InlineData("var copy = Copy(order);\ndb.SaveChanges();\nConsole.WriteLine(copy.Id);\nOrder Copy(Order one) { var two = new Order(); db.Add(two); return two; }")]
    [InlineData("if (order.Open)\n{\n    db.Orders.Add(order);\n    db.SaveChanges();\n}\norder.Number = \"N\" + order.Id;")]
    [InlineData("var old = order.Id;\norder.Id = 0;\ndb.Entry(order).State = EntityState.Added;\ndb.SaveChanges();\nUse(old + order.Id);")]
    [InlineData("db.Entry(order).State = EntityState.Added;\nawait db.SaveChangesAsync(ct);\nUse(order.Id);")]
    [InlineData("var entry = db.Entry(order);\norder.Id = default;\nentry.State = EntityState.Added;\nawait db.SaveChangesAsync(ct);\nUse(order.Id);")]
    [InlineData("order.Id = 0;\nUse(order);\ndb.SaveChanges();\nUse(order.Id);")]
    public Task Generated_keys_are_needed(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("order.Open = false;\ndb.SaveChanges();\nUse(db.Orders.Count(o => o.Open));")]
    [InlineData("order.Open = false;\nawait db.SaveChangesAsync(ct);\nUse(await db.Orders.Where(o => o.Open).ToListAsync(ct));")]
    [InlineData("order.Open = false;\ndb.SaveChanges();\nUse(connection.Query<int>(\"SELECT COUNT(*) FROM Orders\"));")]
    [InlineData("order.Open = false;\ndb.SaveChanges();\ndb.Entry(order).Reload();")]
    [InlineData("order.Open = false;\ndb.SaveChanges();\nCount();\nvoid Count() => Use(db.Orders.Count());")]
    [InlineData("order.Open = false;\ndb.SaveChanges();\n_gateway.Tell(order);")]
    public Task What_was_saved_is_read_back(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("try { order.Open = false; db.SaveChanges(); } catch (DbUpdateException) { }")]
    [InlineData("try\n{\n    order.Open = false;\n    await db.SaveChangesAsync(ct);\n}\ncatch (DbUpdateException e)\n{\n    Console.WriteLine(e.Message);\n}")]
    [InlineData("try\n{\n    order.Open = false;\n    await db.SaveChangesAsync(ct);\n}\ncatch (DbUpdateConcurrencyException) when (order.Open)\n{\n    continue;\n}")]
    [InlineData("try { order.Open = false; db.SaveChanges(); } catch (DbUpdateException e) { if (e.InnerException is null) throw; }")]
    [InlineData("try { order.Open = false; db.SaveChanges(); } catch (OperationCanceledException) { throw; } catch (Exception) { db.ChangeTracker.Clear(); }")]
    public Task One_bad_element_must_not_undo_the_others(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("using var transaction = db.Database.BeginTransaction();\norder.Open = false;\ndb.SaveChanges();\ntransaction.Commit();")]
    [InlineData("await using var transaction = await db.Database.BeginTransactionAsync(ct);\norder.Open = false;\nawait db.SaveChangesAsync(ct);\nawait transaction.CommitAsync(ct);")]
    [InlineData("using var scope = new System.Transactions.TransactionScope();\norder.Open = false;\ndb.SaveChanges();\nscope.Complete();")]
    [InlineData("await db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { order.Open = false; await db.SaveChangesAsync(ct); });")]
    public Task A_transaction_per_element(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("var i = 0;\nforeach (var order in orders)\n{\n    order.Open = false;\n    if (++i % 500 == 0)\n        await db.SaveChangesAsync(ct);\n}")]
    [InlineData("var i = 0;\nforeach (var order in orders)\n{\n    db.Orders.Remove(order);\n    i++;\n    if (i >= 500)\n    {\n        db.SaveChanges();\n        i = 0;\n    }\n}")]
    [InlineData("var batch = new List<Order>();\nforeach (var order in orders)\n{\n    batch.Add(order);\n    if (batch.Count == 100)\n    {\n        db.AddRange(batch);\n        db.SaveChanges();\n        batch.Clear();\n    }\n}")]
    [InlineData("for (var i = 0; i < orders.Count; i++)\n{\n    db.Remove(orders[i]);\n    if (i == orders.Count - 1)\n        db.SaveChanges();\n}")]
    [InlineData("for (var i = 0; i < orders.Count; i++)\n{\n    db.Remove(orders[i]);\n    if (i % 100 != 0)\n        continue;\n    db.SaveChanges();\n}")]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew();\nforeach (var order in orders)\n{\n    db.Remove(order);\n    if (watch.ElapsedMilliseconds > 5000)\n        db.SaveChanges();\n}")]
    [InlineData("var dirty = false;\nforeach (var order in orders)\n{\n    if (order.Open) dirty = true;\n    if (dirty) db.SaveChanges();\n}")]
    [InlineData("foreach (var order in orders)\n{\n    db.Remove(order);\n    _position++;\n    if (_position > 100) db.SaveChanges();\n}")]
    [InlineData("foreach (var part in orders.Chunk(100))\n{\n    db.RemoveRange(part);\n    db.SaveChanges();\n}")]
    [InlineData("foreach (var day in orders.GroupBy(o => o.CreatedAt))\n{\n    db.RemoveRange(day);\n    db.SaveChanges();\n}")]
    [InlineData("foreach (var part in new List<List<Order>>())\n{\n    db.RemoveRange(part);\n    await db.SaveChangesAsync(ct);\n}")]
    [InlineData("for (var i = 0; i < orders.Count; i += 100)\n{\n    db.RemoveRange(orders.Skip(i).Take(100));\n    db.SaveChanges();\n}")]
    [InlineData("for (var page = 0; page < 20; page++)\n{\n    foreach (var order in db.Orders.OrderBy(o => o.Id).Skip(page * 100).Take(100).ToList())\n        order.Open = false;\n    db.SaveChanges();\n}")]
    [InlineData("for (var page = 0; page < 20; page++)\n{\n    db.RemoveRange(orders.GetRange(page * 100, 100));\n    db.SaveChanges();\n}")]
    [InlineData("foreach (var id in ids)\n{\n    var page = 0;\n    while (db.Orders.Where(o => o.CustomerId == id).Skip(page++ * 100).Take(100).ToList() is { Count: > 0 } some)\n    {\n        db.RemoveRange(some);\n        db.SaveChanges();\n    }\n}")]
    [InlineData("List<Order> old;\ndo\n{\n    old = db.Orders.Where(o => !o.Open).Take(100).ToList();\n    db.RemoveRange(old);\n    db.SaveChanges();\n}\nwhile (old.Count > 0);")]
    [InlineData("var first = orders[0];\nvar done = 0;\nforeach (var order in orders)\n{\n    order.Open = false;\n    done++;\n    first.CustomerId = done;\n    db.SaveChanges();\n}")]
    [InlineData("var first = orders[0];\nforeach (var order in orders)\n{\n    first.CustomerId++;\n    db.SaveChanges();\n}")]
    public Task Checkpoints_chunks_and_pages(string code) => WriteTest.RunAsync(code);

    [Theory]
    [InlineData("await using var own = factory.CreateDbContext();\nown.Update(order);\nawait own.SaveChangesAsync(ct);")]
    [InlineData("using var own = new ShopContext();\nown.Update(order);\nown.SaveChanges();")]
    [InlineData("var own = _tenants.Of(order);\nown.Update(order);\nown.SaveChanges();")]
    [InlineData("_tenants.Of(order).SaveChanges();")]
    public Task A_session_per_element(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("order.Number = await _gateway.SendAsync(order.Number, ct);\nawait db.SaveChangesAsync(ct);")]
    [InlineData("order.Number = await new System.Net.Http.HttpClient().GetStringAsync(order.Number);\nawait db.SaveChangesAsync(ct);")]
    [InlineData("order.Number = await System.IO.File.ReadAllTextAsync(order.Number, ct).ConfigureAwait(false);\ndb.SaveChanges();")]
    [InlineData("order.Open = false;\nawait db.SaveChangesAsync(ct);\nawait _gateway.SendAsync(order.Number, ct);")]
    [InlineData("await ScanAsync(order);\ndb.SaveChanges();\nasync Task ScanAsync(Order one) => one.Number = await _gateway.SendAsync(one.Number, ct);")]
    [InlineData("order.Open = false;\nawait db.SaveChangesAsync(ct);\nawait Task.Delay(100, ct);")]
    [InlineData("var task = _gateway.SendAsync(order.Number, ct);\norder.Open = false;\nawait task;\ndb.SaveChanges();")]
    [InlineData("await foreach (var line in ReadAsync(order)) line.Quantity++;\ndb.SaveChanges();\nasync IAsyncEnumerable<OrderLine> ReadAsync(Order one) { await Task.Yield(); yield break; }")]
    [InlineData("System.IO.Directory.Move(order.Number, connectionString);\norder.Open = false;\ndb.SaveChanges();")]
    [InlineData("Archive(order);\ndb.SaveChanges();\nvoid Archive(Order one) => System.IO.File.Delete(one.Number);")]
    public Task Progress_of_slow_work_is_kept(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("for (var n = 0; n < 30; n++)\n{\n    try { db.SaveChanges(); break; }\n    catch (DbUpdateException) { await Task.Delay(50); }\n}")]
    [InlineData("while (!ct.IsCancellationRequested)\n{\n    orders[0].Open = false;\n    db.SaveChanges();\n}")]
    [InlineData("foreach (var order in orders)\n{\n    if (order.Open)\n    {\n        order.Open = false;\n        db.SaveChanges();\n        break;\n    }\n}")]
    [InlineData("foreach (var order in orders)\n{\n    order.Open = false;\n    db.SaveChanges();\n    return order;\n}")]
    [InlineData("foreach (var open in new[] { true, false })\n{\n    orders[0].Open = open;\n    db.SaveChanges();\n}")]
    [InlineData("foreach (var order in orders)\n    order.Open = false;\ndb.SaveChanges();")]
    [InlineData("foreach (var order in orders)\n    db.Orders.Add(order);\nawait db.SaveChangesAsync(ct);")]
    [InlineData("foreach (var order in orders)\n{\n    order.Open = false;\n    if (db.SaveChanges() == 0)\n        Use(order);\n}")]
    [InlineData("try { Use(1); }\ncatch (DbUpdateException e)\n{\n    foreach (var entry in e.Entries) { entry.Reload(); db.SaveChanges(); }\n}")]
    public Task No_loop_over_elements_or_not_in_it(string code) => WriteTest.RunAsync(code);

    [Fact]
    public Task Iterators_hand_each_element_out() => WriteTest.RunSourceAsync(
        """
        class Report
        {
            IEnumerable<Order> Run(ShopContext db, List<Order> orders)
            {
                foreach (var order in orders)
                {
                    order.Open = false;
                    db.SaveChanges();
                    yield return order;
                }
            }
        }
        """);

    [Theory]
    [InlineData("class ShopSeeder { void Run")]
    [InlineData("class Shop { void SeedOrders")]
    [InlineData("class OrderMigration { void Run")]
    public Task Code_that_runs_once(string start) => WriteTest.RunSourceAsync(
        start + "(ShopContext db, List<Order> orders) { foreach (var order in orders) { order.Open = false; db.SaveChanges(); } } }");

    [Fact]
    public Task A_home_made_save_changes() => WriteTest.RunSourceAsync(
        """
        class Settings { public void SaveChanges() { } }

        class Report { void Run(Settings settings, List<Order> orders) { foreach (var order in orders) settings.SaveChanges(); } }
        """);
}
