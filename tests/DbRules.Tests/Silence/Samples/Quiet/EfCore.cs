// Code that uses EF Core as its authors mean it. No rule has anything to say here.

public sealed class OrderService(ShopContext db)
{
    public async Task<Order?> FindAsync(int id, CancellationToken cancellationToken) =>
        await db.Orders.AsNoTracking().FirstOrDefaultAsync(order => order.Id == id, cancellationToken);

    public async Task<List<Customer>> CustomersOfAsync(IReadOnlyCollection<Order> orders, CancellationToken cancellationToken)
    {
        List<int> ids = orders.Select(order => order.CustomerId).Distinct().ToList();
        return await db.Customers.AsNoTracking().Where(customer => ids.Contains(customer.Id)).ToListAsync(cancellationToken);
    }

    public async Task<decimal> TotalAsync(int orderId, CancellationToken cancellationToken) =>
        await db.OrderLines.Where(line => line.OrderId == orderId).SumAsync(line => line.Price * line.Quantity, cancellationToken);

    public async Task RenameAsync(int customerId, string name, CancellationToken cancellationToken)
    {
        Customer? customer = await db.Customers.FirstOrDefaultAsync(one => one.Id == customerId, cancellationToken);
        if (customer is null)
            return;

        customer.Name = name;
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<int> AddAsync(IEnumerable<Payment> payments, CancellationToken cancellationToken)
    {
        foreach (Payment payment in payments)
            db.Payments.Add(payment);
        return await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<Order?> WithRetryAsync(int id, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await db.Orders.AsNoTracking().SingleOrDefaultAsync(order => order.Id == id, cancellationToken);
            }
            catch (TimeoutException) when (attempt < 3)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }
    }
}
