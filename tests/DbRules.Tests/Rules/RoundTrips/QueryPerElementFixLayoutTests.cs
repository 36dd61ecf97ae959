using Xunit;
using static DbRules.Tests.Rules.RoundTrips.QueryPerElementCode;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Comments, layout, names and several findings at once in the fix of DBR101.</summary>
public class QueryPerElementFixLayoutTests
{
    [Fact]
    public Task CommentsStayWithTheLoop() => Fixes(
        """
        Console.WriteLine("start"); // begins

        // One line per order:
        // number and name.
        foreach (var order in orders)
        {
            // Who pays?
            var customer = db.Customers.{|DBR101:Find|}(order.CustomerId); // may be gone
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        Console.WriteLine("start"); // begins

        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        // One line per order:
        // number and name.
        foreach (var order in orders)
        {
            // Who pays?
            var customer = customersById.GetValueOrDefault(order.CustomerId); // may be gone
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task CommentBehindABlankLineStaysAbove() => Fixes(
        """
        Console.WriteLine("start");
        // Not about the loop.

        foreach (var order in orders)
            Console.WriteLine(db.Customers.{|DBR101:Find|}(order.CustomerId)?.Name);
        """,
        """
        Console.WriteLine("start");
        // Not about the loop.

        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orders)
            Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
        """);

    [Fact]
    public Task BrokenChainKeepsItsLines() => Fixes(
        """
        foreach (var order in orders)
        {
            if (order.Open)
            {
                var lines = await db.OrderLines
                    .Where(l => l.OrderId == order.Id
                        && l.Quantity > 0)
                    .OrderBy(l => l.Price)
                    .{|DBR101:ToListAsync|}(ct);
                Console.WriteLine(lines.Count);
            }
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = (await db.OrderLines
            .Where(l => orderIds.Contains(l.OrderId)
                && l.Quantity > 0)
            .OrderBy(l => l.Price)
            .ToListAsync(ct))
            .ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            if (order.Open)
            {
                var lines = orderLinesByOrderId[order.Id].ToList();
                Console.WriteLine(lines.Count);
            }
        }
        """);

    [Fact]
    public Task NamesThatAreTaken() => Fixes(
        """
        var customerIds = 3;
        var customersById = 4;
        foreach (var order in orders)
        {
            var customer = db.Customers.{|DBR101:Find|}(order.CustomerId);
            Console.WriteLine($"{customer?.Name} {customerIds} {customersById}");
        }
        """,
        """
        var customerIds = 3;
        var customersById = 4;
        var customerIds2 = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById2 = db.Customers.Where(c => customerIds2.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById2.GetValueOrDefault(order.CustomerId);
            Console.WriteLine($"{customer?.Name} {customerIds} {customersById}");
        }
        """);

    [Fact]
    public Task LambdaNamesThatAreTaken() => Fixes(
        """
        var o = 1;
        var c = 2;
        foreach (var order in orders)
        {
            var customer = db.Customers.{|DBR101:Find|}(order.CustomerId);
            Console.WriteLine($"{customer?.Name} {o} {c}");
        }
        """,
        """
        var o = 1;
        var c = 2;
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(customer => customerIds.Contains(customer.Id)).ToDictionary(customer => customer.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine($"{customer?.Name} {o} {c}");
        }
        """);

    [Fact]
    public Task ShortLoopVariable() => Fixes(
        """
        foreach (var x in orders)
        {
            var lines = db.OrderLines.Where(y => y.OrderId == x.Id).{|DBR101:ToList|}();
            Console.WriteLine(lines.Count);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = db.OrderLines.Where(y => orderIds.Contains(y.OrderId)).ToLookup(y => y.OrderId);
        foreach (var x in orders)
        {
            var lines = orderLinesByOrderId[x.Id].ToList();
            Console.WriteLine(lines.Count);
        }
        """);

    [Fact]
    public Task SeveralCallsInOneLoop() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct);
            var lines = await db.OrderLines.Where(l => l.OrderId == order.Id).{|DBR101:ToListAsync|}(ct);
            var paid = await db.Payments.{|DBR101:AnyAsync|}(p => p.OrderId == order.Id, ct);
            Console.WriteLine($"{customer?.Name} {lines.Count} {paid}");
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = (await db.OrderLines.Where(l => orderIds.Contains(l.OrderId)).ToListAsync(ct)).ToLookup(l => l.OrderId);
        var orderIdsWithPayments = (await db.Payments
            .Where(p => orderIds.Contains(p.OrderId))
            .Select(p => p.OrderId)
            .Distinct()
            .ToListAsync(ct))
            .ToHashSet();
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            var lines = orderLinesByOrderId[order.Id].ToList();
            var paid = orderIdsWithPayments.Contains(order.Id);
            Console.WriteLine($"{customer?.Name} {lines.Count} {paid}");
        }
        """);

    [Fact]
    public Task SeveralCallsShareAStoredSource() => Fixes(
        """
        foreach (var order in db.Orders.OrderBy(o => o.Id).Take(50))
        {
            var customer = db.Customers.{|DBR101:Find|}(order.CustomerId);
            var lines = db.OrderLines.{|DBR101:Count|}(l => l.OrderId == order.Id);
            Console.WriteLine($"{customer?.Name} {lines}");
        }
        """,
        """
        var orderList = db.Orders.OrderBy(o => o.Id).Take(50).ToList();
        var customerIds = orderList.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        var orderIds = orderList.Select(o => o.Id).Distinct().ToList();
        var orderLineCounts = db.OrderLines
            .Where(l => orderIds.Contains(l.OrderId))
            .GroupBy(l => l.OrderId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionary(g => g.Key, g => g.Count);
        foreach (var order in orderList)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            var lines = orderLineCounts.GetValueOrDefault(order.Id);
            Console.WriteLine($"{customer?.Name} {lines}");
        }
        """);

    [Fact]
    public Task TwoLoopsInOneMethod() => Fixes(
        """
        foreach (var order in orders)
            Console.WriteLine(db.Customers.{|DBR101:Find|}(order.CustomerId)?.Name);
        foreach (var order in orders)
            Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == order.Id));
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orders)
            Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLineCounts = db.OrderLines
            .Where(l => orderIds.Contains(l.OrderId))
            .GroupBy(l => l.OrderId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionary(g => g.Key, g => g.Count);
        foreach (var order in orders)
            Console.WriteLine(orderLineCounts.GetValueOrDefault(order.Id));
        """);

    [Fact]
    public Task LoopInANestedBlock() => Fixes(
        """
        if (orders.Count > 0)
        {
            foreach (var order in orders)
            {
                if (db.Payments.{|DBR101:Any|}(p => p.OrderId == order.Id))
                    Console.WriteLine(order.Number);
            }
        }
        """,
        """
        if (orders.Count > 0)
        {
            var orderIds = orders.Select(o => o.Id).Distinct().ToList();
            var orderIdsWithPayments = db.Payments.Where(p => orderIds.Contains(p.OrderId)).Select(p => p.OrderId).Distinct().ToHashSet();
            foreach (var order in orders)
            {
                if (orderIdsWithPayments.Contains(order.Id))
                    Console.WriteLine(order.Number);
            }
        }
        """);

    [Fact]
    public Task LoopInASwitchSection() => Fixes(
        """
        switch (orders.Count)
        {
            case 0:
                break;
            default:
                foreach (var order in orders)
                    Console.WriteLine(db.Customers.{|DBR101:Find|}(order.CustomerId)?.Name);
                break;
        }
        """,
        """
        switch (orders.Count)
        {
            case 0:
                break;
            default:
                var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
                var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
                foreach (var order in orders)
                    Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
                break;
        }
        """);

    [Fact]
    public Task LoopInALambda() => Fixes(
        """
        Func<CancellationToken, Task> run = async token =>
        {
            foreach (var order in orders)
                Console.WriteLine((await db.Customers.{|DBR101:FindAsync|}(order.CustomerId))?.Name);
        };
        await run(ct);
        """,
        """
        Func<CancellationToken, Task> run = async token =>
        {
            var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
            var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, token);
            foreach (var order in orders)
                Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
        };
        await run(ct);
        """);

    [Fact]
    public Task LoopInAnIterator() => Fixes(
        """
        public static class Report
        {
            public static IEnumerable<string?> Names(ShopContext db, IReadOnlyList<Order> orders)
            {
                foreach (var order in orders)
                    yield return db.Customers.{|DBR101:Find|}(order.CustomerId)?.Name;
            }
        }
        """,
        """
        public static class Report
        {
            public static IEnumerable<string?> Names(ShopContext db, IReadOnlyList<Order> orders)
            {
                var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
                var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
                foreach (var order in orders)
                    yield return customersById.GetValueOrDefault(order.CustomerId)?.Name;
            }
        }
        """);

    [Fact]
    public Task LoopOnOneLine() => Fixes(
        """
        foreach (var order in orders) { Console.WriteLine(db.Customers.{|DBR101:Find|}(order.CustomerId)?.Name); }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orders) { Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name); }
        """);

    [Fact]
    public Task MembersOfThis() => Fixes(
        """
        public class Report(ShopContext context, List<Order> list)
        {
            private readonly ShopContext _db = context;
            private readonly List<Order> _orders = list;

            public void Run()
            {
                foreach (var order in _orders)
                {
                    var customer = _db.Customers.{|DBR101:Find|}(order.CustomerId);
                    Console.WriteLine(customer?.Name);
                }
            }

            public void Again()
            {
                foreach (var order in this._orders)
                {
                    var customer = this._db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
                    Console.WriteLine(customer?.Name);
                }
            }
        }
        """,
        """
        public class Report(ShopContext context, List<Order> list)
        {
            private readonly ShopContext _db = context;
            private readonly List<Order> _orders = list;

            public void Run()
            {
                var customerIds = _orders.Select(o => o.CustomerId).Distinct().ToList();
                var customersById = _db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
                foreach (var order in _orders)
                {
                    var customer = customersById.GetValueOrDefault(order.CustomerId);
                    Console.WriteLine(customer?.Name);
                }
            }

            public void Again()
            {
                var customerIds = this._orders.Select(o => o.CustomerId).Distinct().ToList();
                var customersById = this._db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
                foreach (var order in this._orders)
                {
                    var customer = customersById.GetValueOrDefault(order.CustomerId);
                    Console.WriteLine(customer?.Name);
                }
            }
        }
        """);
}
