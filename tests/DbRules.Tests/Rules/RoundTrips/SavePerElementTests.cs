using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR105 speaks where a loop saves once per element and no pass has a reason to.</summary>
public sealed class SavePerElementTests
{
    [Theory]
    [InlineData("order.Open = false;\ndb.{|DBR105:SaveChanges|}();")]
    [InlineData("order.Open = false;\nawait db.{|DBR105:SaveChangesAsync|}(ct);")]
    [InlineData("order.Open = false;\nawait db.{|DBR105:SaveChangesAsync|}(ct).ConfigureAwait(false);")]
    [InlineData("order.Open = false;\ndb.{|DBR105:SaveChangesAsync|}(ct).GetAwaiter().GetResult();")]
    [InlineData("order.Open = false;\n_db.{|DBR105:SaveChanges|}();")]
    [InlineData("db.Orders.Add(order);\ndb.{|DBR105:SaveChanges|}();")]
    [InlineData("db.Orders.Remove(order);\nawait db.{|DBR105:SaveChangesAsync|}();")]
    [InlineData("db.Entry(order).State = EntityState.Modified;\ndb.{|DBR105:SaveChanges|}();")]
    [InlineData("var payment = new Payment { OrderId = order.Id };\ndb.Add(payment);\nawait db.{|DBR105:SaveChangesAsync|}();\nConsole.WriteLine(order.Number);")]
    [InlineData("var customer = await db.Customers.FindAsync(order.CustomerId);\ncustomer!.Active = true;\nawait db.{|DBR105:SaveChangesAsync|}(ct);\nConsole.WriteLine(customer.Id);")]
    [InlineData("if (order.Open)\n{\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();\n}")]
    [InlineData("if (order.Open)\n    continue;\norder.Open = true;\ndb.{|DBR105:SaveChanges|}();")]
    [InlineData("if (order.Open) { order.Open = false; db.{|DBR105:SaveChanges|}(); } else { order.Open = true; db.{|DBR105:SaveChanges|}(); }")]
    [InlineData("try\n{\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();\n}\ncatch (DbUpdateException)\n{\n    Console.WriteLine(order.Number);\n    throw;\n}")]
    [InlineData("try\n{\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();\n}\ncatch (DbUpdateException)\n{\n    return null;\n}")]
    [InlineData("try\n{\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();\n}\nfinally\n{\n    Console.WriteLine(order.Number);\n}")]
    [InlineData("foreach (var line in order.Lines)\n    line.Quantity++;\ndb.{|DBR105:SaveChanges|}();")]
    [InlineData("order.Open = false;\n_position += await db.{|DBR105:SaveChangesAsync|}(ct);")]
    [InlineData("if (!db.Payments.Any(p => p.OrderId == order.Id))\n{\n    db.Payments.Add(new Payment { OrderId = order.Id });\n    db.{|DBR105:SaveChanges|}();\n}")]
    [InlineData("if (order.Id % 2 == 0)\n    continue;\norder.Open = true;\ndb.{|DBR105:SaveChanges|}();")]
    [InlineData("db.Entry(order).State = EntityState.Modified;\nawait db.{|DBR105:SaveChangesAsync|}(ct);\nUse(order.Id);")]
    [InlineData("order.Id = 0;\ndb.Entry(order).State = EntityState.Added;\nawait db.{|DBR105:SaveChangesAsync|}(ct);\n_position++;")]
    [InlineData("order.CustomerId = 0;\ndb.{|DBR105:SaveChanges|}();\nUse(order.Id);")]
    [InlineData("order.CustomerId = 0;\nif (order.Open)\n    order.CustomerId = ids[0];\ndb.{|DBR105:SaveChanges|}();\nUse(order.CustomerId);")]
    public Task In_a_loop(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("for (var i = 0; i < orders.Count; i++)\n{\n    orders[i].Open = false;\n    db.{|DBR105:SaveChanges|}();\n}")]
    [InlineData("for (var i = 0; i < orders.Count; i++)\n{\n    if (orders[i].Open)\n        db.{|DBR105:SaveChanges|}();\n}")]
    [InlineData("var queue = new Queue<Order>(orders);\nwhile (queue.TryDequeue(out var order))\n{\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();\n}")]
    [InlineData("orders.ForEach(order => { order.Open = false; db.{|DBR105:SaveChanges|}(); });")]
    [InlineData("foreach (var order in db.Orders.Where(o => o.Open).ToList())\n{\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();\n}")]
    [InlineData("foreach (var order in await db.Orders.Where(o => o.Open).ToListAsync(ct))\n{\n    order.Open = false;\n    await db.{|DBR105:SaveChangesAsync|}(ct);\n}")]
    [InlineData("await foreach (var order in db.Orders.AsAsyncEnumerable())\n{\n    order.Open = false;\n    await db.{|DBR105:SaveChangesAsync|}(ct);\n}")]
    [InlineData("foreach (var order in orders)\nforeach (var line in order.Lines)\n{\n    line.Quantity++;\n    db.{|DBR105:SaveChanges|}();\n}")]
    [InlineData("using var transaction = db.Database.BeginTransaction();\nforeach (var order in orders)\n{\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();\n}\ntransaction.Commit();")]
    [InlineData("foreach (var text in await _gateway.SendAsync(\"\") is { } answer ? answer.Split(',') : [])\n{\n    db.Countries.Add(new Country { Name = text });\n    db.{|DBR105:SaveChanges|}();\n}")]
    public Task In_every_kind_of_loop(string code) => WriteTest.RunAsync(code);

    [Fact]
    public Task Awaited_work_on_the_same_store_is_no_outside_work() => WriteTest.RunSourceAsync(
        """
        class Report
        {
            async Task RunAsync(ShopContext db, List<Order> orders)
            {
                foreach (var order in orders)
                {
                    await CloseAsync(db, order);
                    await db.{|DBR105:SaveChangesAsync|}();
                }
            }

            static async Task CloseAsync(ShopContext db, Order order)
            {
                var customer = await db.Customers.FirstAsync(c => c.Id == order.CustomerId);
                order.Open = customer.Active;
            }
        }
        """);
}
