using Microsoft.EntityFrameworkCore;

namespace Shop;

/// <summary>The orders page on EF Core.</summary>
public sealed class EfCoreOrders(ShopContext db)
{
    /// <summary>One query for the orders, and one more for the customer of each.</summary>
    public async Task<List<OrderRow>> OpenOrdersAsync(CancellationToken cancellation)
    {
        var orders = await db.Orders.AsNoTracking().Where(o => !o.Shipped).OrderBy(o => o.Id).ToListAsync(cancellation);
        var rows = new List<OrderRow>();
        foreach (var order in orders)
        {
            var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == order.CustomerId, cancellation);
            rows.Add(new OrderRow(order.Id, customer.Name, order.Cents));
        }

        return rows;
    }

    /// <summary>The tax is the same for all rows, and is asked for once per row.</summary>
    public async Task<List<OrderRow>> WithTaxAsync(List<OrderRow> rows, CancellationToken cancellation)
    {
        var taxed = new List<OrderRow>();
        foreach (var row in rows)
        {
            var tax = await db.Settings.AsNoTracking().SingleAsync(s => s.Name == "tax-percent", cancellation);
            taxed.Add(row with { Cents = row.Cents * (100 + tax.Value) / 100 });
        }

        return taxed;
    }

    /// <summary>The same page in two statements: the customers come with their orders, the tax comes before the loop.</summary>
    public async Task<List<OrderRow>> PageAsync(CancellationToken cancellation)
    {
        var tax = await db.Settings.AsNoTracking().SingleAsync(s => s.Name == "tax-percent", cancellation);
        var rows = new List<OrderRow>();
        foreach (var order in await db.Orders.AsNoTracking().Include(o => o.Customer).Where(o => !o.Shipped).OrderBy(o => o.Id).ToListAsync(cancellation))
            rows.Add(new OrderRow(order.Id, order.Customer!.Name, order.Cents * (100 + tax.Value) / 100));
        return rows;
    }

    /// <summary>One statement per two hundred ids: the loop is the batch.</summary>
    public async Task<List<Order>> FindAsync(IEnumerable<int> ids, CancellationToken cancellation)
    {
        var found = new List<Order>();
        foreach (var chunk in ids.Chunk(200))
        {
            var part = chunk.ToList();
            found.AddRange(await db.Orders.AsNoTracking().Where(o => part.Contains(o.Id)).ToListAsync(cancellation));
        }

        return found;
    }
}
