// Database calls in every kind of loop and callback that C# has. Rules may report here; they must survive any mutation of it.

public class Loops(ShopContext db, DbConnection connection)
{
    private static readonly int[] Some = [1, 2, 3, 4, 5, 6];

    public async Task ForEachAsync(List<Order> orders, CancellationToken ct)
    {
        foreach (Order order in orders)
        {
            Customer? customer = await db.Customers.FindAsync(order.CustomerId);
            Customer first = db.Customers.First(c => c.Id == order.CustomerId);
            bool any = await db.Payments.AnyAsync(p => p.OrderId == order.Id, ct);
            int count = await db.Payments.CountAsync(p => p.OrderId == order.Id && p.Amount > 10, ct);
            List<OrderLine> lines = await db.OrderLines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Id).ToListAsync(ct);
            Console.WriteLine($"{customer?.Name} {first.Name} {any} {count} {lines.Count}");
        }

        for (int i = 0; i < orders.Count; i++)
            orders[i].Customer = await db.Customers.SingleAsync(c => c.Id == orders[i].CustomerId, ct);

        int at = 0;
        while (at < orders.Count)
        {
            int id = orders[at++].CustomerId;
            if (await connection.QueryFirstOrDefaultAsync<Customer>("select * from Customers where Id = @id", new { id }) is { Active: true } active)
                Console.WriteLine(active.Name);
        }

        do
        {
            await connection.ExecuteAsync("update Orders set Open = @open where Id = @id", new { open = false, id = orders[--at].Id });
        }
        while (at > 0);

        await foreach (Order order in db.Orders.AsAsyncEnumerable().WithCancellation(ct))
            db.Entry(order).Collection(o => o.Lines).Load();
    }

    public void Callbacks(List<Order> orders)
    {
        orders.ForEach(order => db.Customers.Find(order.CustomerId));
        Array.ForEach(Some, id => connection.Execute("delete from Payments where OrderId = @id", new { id }));
        Parallel.ForEach(orders, order => db.Orders.Count(o => o.Id == order.Id));
        var names = orders.Select(order => db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Name).FirstOrDefault()).ToList();
        var query = from order in orders
                    let customer = db.Customers.Find(order.CustomerId)
                    where customer is not null
                    orderby customer.Name
                    select (order, db.Payments.Where(p => p.OrderId == order.Id).ToList());
        Task.WhenAll(orders.Select(async order => await db.Products.FirstAsync(p => p.Id == order.Id))).Wait();
        Console.WriteLine(names.Count + query.Count());
        Local(orders);

        void Local(IEnumerable<Order> all)
        {
            foreach (Order order in all)
                Nested(order.Id);
            void Nested(int id) => db.Orders.Find(id);
        }
    }

    public int Recursive(int id, int depth) =>
        depth == 0 ? 0 : db.Orders.Count(o => o.Id == id) + Recursive(id + 1, depth - 1) + Other(id, depth);

    public IEnumerable<Customer> Iterator(IEnumerable<int> ids)
    {
        foreach (int id in ids)
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = $"select Name from Customers where Id = {id}";
            using DbDataReader reader = command.ExecuteReader();
            while (reader.Read())
                yield return new Customer { Name = reader.GetString(0) };
        }
    }

    private int Other(int id, int depth) => depth switch
    {
        > 10 => Recursive(id, depth / 2),
        0 => db.SaveChanges(),
        _ => db.Orders.Where(o => o.Id == id).ExecuteDelete(),
    };
}
