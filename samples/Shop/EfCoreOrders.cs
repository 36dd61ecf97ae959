using Microsoft.EntityFrameworkCore;

namespace Shop;

/// <summary>Orders on EF Core: queries and writes that run once per element.</summary>
public sealed class EfCoreOrders(ShopContext db, PaymentStore payments)
{
    /// <summary>One query for the orders, and one more for the customer of each.</summary>
    public async Task<List<OrderRow>> OpenOrdersAsync(CancellationToken cancellation)
    {
        var orders = await db.Orders.AsNoTracking().Where(o => !o.Shipped).OrderBy(o => o.Id).Take(50).ToListAsync(cancellation);
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
            var tax = await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Name == "tax-percent", cancellation);
            taxed.Add(row with { Cents = row.Cents * (100 + (tax?.Value ?? 0)) / 100 });
        }

        return taxed;
    }

    /// <summary>The query hides behind a call; the store has a method that answers for all orders at once.</summary>
    public async Task<List<OrderRow>> UnpaidAsync(List<OrderRow> rows, CancellationToken cancellation)
    {
        var unpaid = new List<OrderRow>();
        foreach (var row in rows)
        {
            var paid = await payments.OfOrderAsync(row.OrderId, cancellation);
            if (paid.Sum(p => p.Cents) < row.Cents)
                unpaid.Add(row);
        }

        return unpaid;
    }

    /// <summary>The lines of each order are loaded one order at a time.</summary>
    public async Task<List<string>> PackingListAsync(CancellationToken cancellation)
    {
        var list = new List<string>();
        foreach (var order in await db.Orders.Where(o => !o.Shipped).OrderBy(o => o.Id).Take(50).ToListAsync(cancellation))
        {
            await db.Entry(order).Collection(o => o.Lines).LoadAsync(cancellation);
            list.Add($"order {order.Id}: {order.Lines.Sum(l => l.Quantity)} pieces");
        }

        return list;
    }

    /// <summary>Nothing loads the customers: without lazy loading there are none.</summary>
    public async Task<List<string>> LabelsAsync(CancellationToken cancellation)
    {
        var labels = new List<string>();
        foreach (var order in await db.Orders.AsNoTracking().Where(o => !o.Shipped).OrderBy(o => o.Id).Take(50).ToListAsync(cancellation))
            labels.Add($"order {order.Id} to {order.Customer!.City}");
        return labels;
    }

    /// <summary>Each order is saved by itself.</summary>
    public async Task ShipAsync(List<int> orderIds, CancellationToken cancellation)
    {
        var orders = await db.Orders.Where(o => orderIds.Contains(o.Id)).ToListAsync(cancellation);
        foreach (var order in orders)
        {
            order.Shipped = true;
            await db.SaveChangesAsync(cancellation);
        }
    }
}

/// <summary>Payments, of one order or of many.</summary>
public sealed class PaymentStore(ShopContext db)
{
    public Task<List<Payment>> OfOrderAsync(int orderId, CancellationToken cancellation) =>
        db.Payments.AsNoTracking().Where(p => p.OrderId == orderId).ToListAsync(cancellation);

    public async Task<ILookup<int, Payment>> OfOrdersAsync(IReadOnlyCollection<int> orderIds, CancellationToken cancellation) =>
        (await db.Payments.AsNoTracking().Where(p => orderIds.Contains(p.OrderId)).ToListAsync(cancellation)).ToLookup(p => p.OrderId);
}
