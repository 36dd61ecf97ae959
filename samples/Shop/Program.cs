// Runs each piece of the shop on a fresh database, and prints what it gave back, how many statements it sent, and how many connections it left open.
using Shop;

var none = CancellationToken.None;

await ShowAsync("EF Core", "orders page", async shop => Lines(await shop.Ef.WithTaxAsync(await shop.Ef.OpenOrdersAsync(none), none)));
await ShowAsync("EF Core", "unpaid orders", async shop => Lines(await shop.Ef.UnpaidAsync([new OrderRow(2, "Ada", 1248), new OrderRow(20, "Miles", 2544)], none)));
await ShowAsync("EF Core", "packing list", async shop => await shop.Ef.PackingListAsync(none));
await ShowAsync("EF Core", "labels", async shop => await shop.Ef.LabelsAsync(none));
await ShowAsync("EF Core", "ship orders", async shop =>
{
    await shop.Ef.ShipAsync([2, 3, 4, 6], none);
    return shop.Rows("SELECT 'shipped: ' || COUNT(*) FROM Orders WHERE Shipped = 1");
});
await ShowAsync("EF Core", "catalog", async shop => (await shop.Catalog.AllAsync(none)).Select(p => p.Name));
await ShowAsync("EF Core", "second page", async shop => (await shop.Catalog.PageAsync(1, none)).Select(p => p.Name));
await ShowAsync("EF Core", "cheap products", async shop => (await shop.Catalog.CheapAsync(500, none)).Select(p => p.Name));
await ShowAsync("EF Core", "failed checkout", async shop =>
{
    await Failing(() => new EfCoreCheckout(shop.Db).PlaceAsync(1, 99, none));
    return shop.Rows("SELECT 'orders without a line: ' || COUNT(*) FROM Orders o WHERE NOT EXISTS (SELECT 1 FROM OrderLines l WHERE l.OrderId = o.Id)");
});
await ShowAsync("EF Core", "payment", async shop =>
{
    await new EfCoreCheckout(shop.Db).PayAsync(new Order { Id = 7, Cents = 1330 }, none);
    return shop.Rows("SELECT 'payments: ' || COUNT(*) FROM Payments WHERE OrderId = 7");
});
await ShowAsync("EF Core", "reports", async shop =>
{
    var reports = new EfCoreReports(shop.Database);
    var counts = $"{await reports.CountOpenAsync(none)} of {await reports.CountAllAsync(shop.Db)}";
    return [counts, .. reports.Cities()];
});

await ShowAsync("Dapper", "orders page", async shop => Lines(await shop.Dapper.WithTaxAsync(await shop.Dapper.OpenOrdersAsync())));
await ShowAsync("Dapper", "ship orders", async shop =>
{
    await shop.Dapper.ShipAsync([2, 3, 4, 6]);
    return shop.Rows("SELECT 'shipped: ' || COUNT(*) FROM Orders WHERE Shipped = 1");
});
await ShowAsync("Dapper", "catalog", async shop => (await new DapperCatalog(shop.Connection).AllAsync()).Select(p => p.Name));
await ShowAsync("Dapper", "second page", async shop => (await new DapperCatalog(shop.Connection).PageAsync(10)).Select(p => p.Name));
await ShowAsync("Dapper", "surprise", async shop => ["in stock: " + (await new DapperCatalog(shop.Connection).SurpriseAsync()).Stock]);
await ShowAsync("Dapper", "failed move", async shop =>
{
    await Failing(() => new DapperCheckout(shop.Database).MoveStockAsync(1, 2, 5));
    return shop.Rows("SELECT 'in stock: ' || Stock FROM Products WHERE Id = 1");
});
await ShowAsync("Dapper", "restock", async shop =>
{
    await new DapperCheckout(shop.Database).RestockAsync(1, 5);
    return shop.Rows("SELECT 'in stock: ' || Stock FROM Products WHERE Id = 1");
});
await ShowAsync("Dapper", "reports", async shop =>
{
    var reports = new DapperReports(shop.Database);
    return [$"{await reports.CountOpenAsync()} of {await reports.CountAllAsync()}"];
});
await ShowAsync("Dapper", "search", async shop => (await new DapperSearch(shop.Connection).ByNameAsync("Miles O'Brien")).Select(c => c.City));
await ShowAsync("Dapper", "orders of one", async shop => (await new DapperSearch(shop.Connection).OrdersOfAsync(3)).Select(id => id.ToString()));
await ShowAsync("Dapper", "free couriers", async shop => await new DapperSearch(shop.Connection).FreeCouriersAsync());

await ShowAsync("ADO.NET", "orders page", shop => Task.FromResult(Lines(shop.Ado.WithTax(shop.Ado.OpenOrders()))));
await ShowAsync("ADO.NET", "page by hand", shop => Task.FromResult(Lines(shop.Ado.Page())));
await ShowAsync("ADO.NET", "ship orders", shop =>
{
    shop.Ado.Ship([2, 3, 4, 6]);
    return Task.FromResult(shop.Rows("SELECT 'shipped: ' || COUNT(*) FROM Orders WHERE Shipped = 1"));
});
await ShowAsync("ADO.NET", "catalog", shop => Task.FromResult<IEnumerable<string>>(new AdoNetCatalog(shop.Connection).Names()));
await ShowAsync("ADO.NET", "payment", shop =>
{
    new AdoNetCheckout(shop.Database).Pay(7, 1330);
    return Task.FromResult(shop.Rows("SELECT 'payments: ' || COUNT(*) FROM Payments WHERE OrderId = 7"));
});
await ShowAsync("ADO.NET", "remove order", shop =>
{
    new AdoNetCheckout(shop.Database).Remove(7);
    return Task.FromResult(shop.Rows("SELECT 'orders: ' || COUNT(*) FROM Orders"));
});
await ShowAsync("ADO.NET", "reports", shop =>
{
    var reports = new AdoNetReports(shop.Database);
    return Task.FromResult<IEnumerable<string>>([reports.CityOf(99) ?? "no such customer", reports.CourierOf(shop.Connection, 1) ?? "no courier"]);
});
await ShowAsync("ADO.NET", "search", shop => Task.FromResult<IEnumerable<string>>([$"customers: {new AdoNetSearch(shop.Connection).CountIn("L'Aquila")}"]));
await ShowAsync("ADO.NET", "no courier", shop => Task.FromResult<IEnumerable<string>>([$"orders: {new AdoNetSearch(shop.Connection).CountWithoutCourier()}"]));
await ShowAsync("ADO.NET", "forget payments", shop =>
{
    using var transaction = shop.Connection.BeginTransaction();
    return Task.FromResult<IEnumerable<string>>([$"forgotten: {new AdoNetSearch(shop.Connection).ForgetPayments(transaction)}"]);
});

await ShowAsync("all", "quiet code", async shop =>
{
    var quiet = new QuietCode(shop.Db, shop.Connection);
    var found = await quiet.FindAsync(Enumerable.Range(1, 5), none);
    return [$"orders: {quiet.CountOrders()}", .. await quiet.CitiesAsync(found.Select(o => o.CustomerId), [])];
});

static IEnumerable<string> Lines(IEnumerable<OrderRow> rows) => rows.Select(row => $"{row.OrderId} {row.Customer} {row.Cents}");

// What fails here is meant to: the question is what it leaves behind.
static async Task Failing(Func<Task> work)
{
    try
    {
        await work();
    }
    catch (Exception)
    {
        return;
    }

    throw new InvalidOperationException("This was meant to fail.");
}

static async Task ShowAsync(string library, string page, Func<ShopWindow, Task<IEnumerable<string>>> work)
{
    using var shop = new ShopWindow();
    string rows;
    try
    {
        rows = string.Join(", ", await work(shop));
    }
    catch (Exception failure)
    {
        rows = "FAILS: " + failure.GetType().Name;
    }

    Console.WriteLine($"{library,-7} | {page,-15} | {shop.Database.Statements,2} statements | {shop.Database.OpenConnections - 1} left open | {rows}");
}
