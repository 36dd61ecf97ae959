// One page of open orders, on three libraries, each in two ways: as it is often written, and with the statements counted.
using Shop;

using var database = new ShopDatabase();
using var db = database.NewContext();
var ef = new EfCoreOrders(db);
var dapper = new DapperOrders(database.Connection);
var ado = new AdoNetOrders(database.Connection);
var none = CancellationToken.None;

await ShowAsync("EF Core", async () => await ef.WithTaxAsync(await ef.OpenOrdersAsync(none), none), () => ef.PageAsync(none));
await ShowAsync("Dapper", async () => await dapper.WithTaxAsync(await dapper.OpenOrdersAsync()), dapper.PageAsync);
await ShowAsync("ADO.NET", () => Task.FromResult(ado.WithTax(ado.OpenOrders())), () => Task.FromResult(ado.Page()));

var found = await ef.FindAsync(Enumerable.Range(1, 5), none);
var cities = await dapper.CityAsync(found.Select(o => o.CustomerId), []);
Console.WriteLine($"{ado.CountOrders()} orders in all; the first {found.Count} go to {cities}.");
Console.WriteLine();
Console.WriteLine("The open orders, with tax:");
foreach (var row in ado.Page())
    Console.WriteLine($"  {row.OrderId,3}  {row.Customer,-8} {row.Cents / 100m,8:0.00}");

async Task ShowAsync(string library, Func<Task<List<OrderRow>>> perElement, Func<Task<List<OrderRow>>> page)
{
    var (slow, many) = await database.CountAsync(perElement);
    var (fast, few) = await database.CountAsync(page);
    var same = slow.SequenceEqual(fast) ? "the same rows" : "DIFFERENT ROWS";
    Console.WriteLine($"{library,-8} {many,3} statements with queries in loops, {few} without: {same}");
}
