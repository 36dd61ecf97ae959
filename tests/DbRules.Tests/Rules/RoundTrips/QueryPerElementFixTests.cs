using Xunit;
using static DbRules.Tests.Rules.RoundTrips.QueryPerElementCode;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>What the fix of DBR101 writes for EF Core.</summary>
public class QueryPerElementFixTests
{
    [Fact]
    public Task OneRowByKey() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task OneRowByKeyAwaited() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.{|DBR101:SingleOrDefaultAsync|}(c => order.CustomerId == c.Id, ct);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task TheTokenOfTheMethodIsPassed() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task ConfigureAwaitStays() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct).ConfigureAwait(false);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers
            .Where(c => customerIds.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, ct).ConfigureAwait(false);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task FirstKeepsThrowing() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = db.Customers.{|DBR101:First|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToLookup(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById[order.CustomerId].First();
            Console.WriteLine(customer.Name);
        }
        """);

    [Fact]
    public Task SingleKeepsThrowingAwaited() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.{|DBR101:SingleAsync|}(c => c.Id == order.CustomerId, ct);
            Console.WriteLine(customer.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = (await db.Customers.Where(c => customerIds.Contains(c.Id)).ToListAsync(ct)).ToLookup(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById[order.CustomerId].Single();
            Console.WriteLine(customer.Name);
        }
        """);

    [Fact]
    public Task OtherConditionsStay() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.Where(c => c.Active).{|DBR101:FirstOrDefaultAsync|}(c => c.Name != "" && (c.Id == order.CustomerId) && c.CountryId > 3, ct);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers
            .Where(c => c.Active)
            .Where(c => c.Name != "" && (customerIds.Contains(c.Id)) && c.CountryId > 3)
            .ToDictionaryAsync(c => c.Id, ct);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task WhereBeforeTheTerminal() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.AsNoTracking().Where(c => c.Id == order.CustomerId).{|DBR101:FirstOrDefaultAsync|}(ct);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.AsNoTracking().Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task IncludeStays() => Fixes(
        """
        foreach (var payment in await db.Payments.ToListAsync(ct))
        {
            var order = await db.Orders.Include(o => o.Customer).{|DBR101:FirstOrDefaultAsync|}(o => o.Id == payment.OrderId, ct);
            Console.WriteLine(order?.Customer.Name);
        }
        """,
        """
        var payments = await db.Payments.ToListAsync(ct);
        var orderIds = payments.Select(p => p.OrderId).Distinct().ToList();
        var ordersById = await db.Orders.Include(o => o.Customer).Where(o => orderIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        foreach (var payment in payments)
        {
            var order = ordersById.GetValueOrDefault(payment.OrderId);
            Console.WriteLine(order?.Customer.Name);
        }
        """);

    [Fact]
    public Task Find() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = db.Customers.{|DBR101:Find|}(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task FindAsyncWithKeyList() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.{|DBR101:FindAsync|}([order.CustomerId], ct);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task FindAsyncWithKeyArray() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.{|DBR101:FindAsync|}(new object[] { order.CustomerId }, ct);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task FindAsyncOfTheContext() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.{|DBR101:FindAsync|}<Customer>(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Set<Customer>().Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task OneOfSeveralRows() => Fixes(
        """
        foreach (var order in orders)
        {
            var payment = await db.Payments.{|DBR101:FirstOrDefaultAsync|}(p => p.OrderId == order.Id, ct);
            Console.WriteLine(payment?.Amount);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var paymentsByOrderId = (await db.Payments.Where(p => orderIds.Contains(p.OrderId)).ToListAsync(ct)).ToLookup(p => p.OrderId);
        foreach (var order in orders)
        {
            var payment = paymentsByOrderId[order.Id].FirstOrDefault();
            Console.WriteLine(payment?.Amount);
        }
        """);

    [Fact]
    public Task SingleOfSeveralRowsInACondition() => Fixes(
        """
        foreach (var order in orders)
        {
            if ((await db.Payments.{|DBR101:SingleOrDefaultAsync|}(p => p.OrderId == order.Id, ct)) is { } payment)
                Console.WriteLine(payment.Amount);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var paymentsByOrderId = (await db.Payments.Where(p => orderIds.Contains(p.OrderId)).ToListAsync(ct)).ToLookup(p => p.OrderId);
        foreach (var order in orders)
        {
            if (paymentsByOrderId[order.Id].SingleOrDefault() is { } payment)
                Console.WriteLine(payment.Amount);
        }
        """);

    [Fact]
    public Task ManyRows() => Fixes(
        """
        foreach (var order in orders)
        {
            var lines = db.OrderLines.Where(l => l.OrderId == order.Id).{|DBR101:ToList|}();
            Console.WriteLine(lines.Count);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = db.OrderLines.Where(l => orderIds.Contains(l.OrderId)).ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            var lines = orderLinesByOrderId[order.Id].ToList();
            Console.WriteLine(lines.Count);
        }
        """);

    [Fact]
    public Task ManyRowsAwaited() => Fixes(
        """
        foreach (var order in orders)
        {
            var lines = await db.OrderLines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Price).{|DBR101:ToListAsync|}(ct);
            Console.WriteLine(lines.Count);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = (await db.OrderLines
            .Where(l => orderIds.Contains(l.OrderId))
            .OrderBy(l => l.Price)
            .ToListAsync(ct))
            .ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            var lines = orderLinesByOrderId[order.Id].ToList();
            Console.WriteLine(lines.Count);
        }
        """);

    [Fact]
    public Task ManyRowsAsArray() => Fixes(
        """
        foreach (var order in orders)
        {
            OrderLine[] lines = await db.Set<OrderLine>().Where(l => l.OrderId == order.Id).{|DBR101:ToArrayAsync|}(ct);
            Console.WriteLine(lines.Length);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = (await db.Set<OrderLine>()
            .Where(l => orderIds.Contains(l.OrderId))
            .ToListAsync(ct))
            .ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            OrderLine[] lines = orderLinesByOrderId[order.Id].ToArray();
            Console.WriteLine(lines.Length);
        }
        """);

    [Fact]
    public Task ManyRowsEnumerated() => Fixes(
        """
        foreach (var order in orders)
        {
            foreach (var line in {|DBR101:db.OrderLines.Where(l => l.OrderId == order.Id)|})
                Console.WriteLine(line.Price);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = db.OrderLines.Where(l => orderIds.Contains(l.OrderId)).ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            foreach (var line in orderLinesByOrderId[order.Id])
                Console.WriteLine(line.Price);
        }
        """);

    [Fact]
    public Task ManyRowsAwaitedAndEnumerated() => Fixes(
        """
        foreach (var order in orders)
        {
            foreach (var line in await db.OrderLines.Where(l => l.OrderId == order.Id).{|DBR101:ToListAsync|}(ct))
                Console.WriteLine(line.Price);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = (await db.OrderLines.Where(l => orderIds.Contains(l.OrderId)).ToListAsync(ct)).ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            foreach (var line in orderLinesByOrderId[order.Id])
                Console.WriteLine(line.Price);
        }
        """);

    [Fact]
    public Task ManyRowsWithAMemberBehind() => Fixes(
        """
        foreach (var order in orders)
            Console.WriteLine((await db.OrderLines.Where(l => l.OrderId == order.Id).{|DBR101:ToListAsync|}(ct)).Count);
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = (await db.OrderLines.Where(l => orderIds.Contains(l.OrderId)).ToListAsync(ct)).ToLookup(l => l.OrderId);
        foreach (var order in orders)
            Console.WriteLine(orderLinesByOrderId[order.Id].ToList().Count);
        """);

    [Fact]
    public Task Existence() => Fixes(
        """
        foreach (var order in orders)
        {
            if (!db.Payments.{|DBR101:Any|}(p => p.OrderId == order.Id))
                Console.WriteLine(order.Number);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderIdsWithPayments = db.Payments.Where(p => orderIds.Contains(p.OrderId)).Select(p => p.OrderId).Distinct().ToHashSet();
        foreach (var order in orders)
        {
            if (!orderIdsWithPayments.Contains(order.Id))
                Console.WriteLine(order.Number);
        }
        """);

    [Fact]
    public Task ExistenceAwaited() => Fixes(
        """
        foreach (var order in orders)
        {
            if (await db.Payments.{|DBR101:AnyAsync|}(p => p.OrderId == order.Id && p.Amount > 0, ct))
                Console.WriteLine(order.Number);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderIdsWithPayments = (await db.Payments
            .Where(p => orderIds.Contains(p.OrderId) && p.Amount > 0)
            .Select(p => p.OrderId)
            .Distinct()
            .ToListAsync(ct))
            .ToHashSet();
        foreach (var order in orders)
        {
            if (orderIdsWithPayments.Contains(order.Id))
                Console.WriteLine(order.Number);
        }
        """);

    [Fact]
    public Task ExistenceByKey() => Fixes(
        """
        foreach (var order in orders)
        {
            if (!await db.Customers.{|DBR101:AnyAsync|}(c => c.Id == order.CustomerId, ct))
                Console.WriteLine(order.Number);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var existingCustomerIds = (await db.Customers.Where(c => customerIds.Contains(c.Id)).Select(c => c.Id).ToListAsync(ct)).ToHashSet();
        foreach (var order in orders)
        {
            if (!existingCustomerIds.Contains(order.CustomerId))
                Console.WriteLine(order.Number);
        }
        """);

    [Fact]
    public Task ExistenceAfterWhere() => Fixes(
        """
        foreach (var order in orders)
            Console.WriteLine(db.Payments.Where(p => p.OrderId == order.Id).{|DBR101:Any|}());
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderIdsWithPayments = db.Payments.Where(p => orderIds.Contains(p.OrderId)).Select(p => p.OrderId).Distinct().ToHashSet();
        foreach (var order in orders)
            Console.WriteLine(orderIdsWithPayments.Contains(order.Id));
        """);

    [Fact]
    public Task Count() => Fixes(
        """
        foreach (var order in orders)
            Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == order.Id));
        """,
        """
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
    public Task CountAwaited() => Fixes(
        """
        foreach (var order in orders)
        {
            var count = await db.OrderLines.{|DBR101:CountAsync|}(l => l.OrderId == order.Id, ct);
            Console.WriteLine(count);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLineCounts = await db.OrderLines
            .Where(l => orderIds.Contains(l.OrderId))
            .GroupBy(l => l.OrderId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        foreach (var order in orders)
        {
            var count = orderLineCounts.GetValueOrDefault(order.Id);
            Console.WriteLine(count);
        }
        """);

    [Fact]
    public Task LongCount() => Fixes(
        """
        foreach (var order in orders)
        {
            long count = await db.OrderLines.Where(l => l.OrderId == order.Id).{|DBR101:LongCountAsync|}(ct);
            Console.WriteLine(count);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLineCounts = await db.OrderLines
            .Where(l => orderIds.Contains(l.OrderId))
            .GroupBy(l => l.OrderId)
            .Select(g => new { g.Key, Count = g.LongCount() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        foreach (var order in orders)
        {
            long count = orderLineCounts.GetValueOrDefault(order.Id);
            Console.WriteLine(count);
        }
        """);

    [Fact]
    public Task ElementIsTheKey() => Fixes(
        """
        List<int> ids = [.. orders.Select(o => o.CustomerId)];
        foreach (var id in ids)
        {
            var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == id, ct);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        List<int> ids = [.. orders.Select(o => o.CustomerId)];
        var customersById = await db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var id in ids)
        {
            var customer = customersById.GetValueOrDefault(id);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task ElementOfAnArrayIsTheKey() => Fixes(
        """
        int[] ids = [.. orders.Select(o => o.CustomerId)];
        foreach (var id in ids)
        {
            var customer = await db.Customers.{|DBR101:FindAsync|}([id], ct);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        int[] ids = [.. orders.Select(o => o.CustomerId)];
        var idList = ids.ToList();
        var customersById = await db.Customers.Where(c => idList.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var id in ids)
        {
            var customer = customersById.GetValueOrDefault(id);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task ElementOfASequenceIsTheKey() => Fixes(
        """
        foreach (var id in orders.Select(o => o.CustomerId))
        {
            var customer = db.Customers.{|DBR101:Find|}(id);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var ids = orders.Select(o => o.CustomerId).ToList();
        var customersById = db.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var id in ids)
        {
            var customer = customersById.GetValueOrDefault(id);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task ElementOfASetIsTheKey() => Fixes(
        """
        HashSet<int> ids = [.. orders.Select(o => o.CustomerId)];
        foreach (var id in ids)
            Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == id));
        """,
        """
        HashSet<int> ids = [.. orders.Select(o => o.CustomerId)];
        var orderLineCounts = db.OrderLines
            .Where(l => ids.Contains(l.OrderId))
            .GroupBy(l => l.OrderId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionary(g => g.Key, g => g.Count);
        foreach (var id in ids)
            Console.WriteLine(orderLineCounts.GetValueOrDefault(id));
        """);

    [Fact]
    public Task KeyInALocal() => Fixes(
        """
        foreach (var order in orders)
        {
            var customerId = order.CustomerId;
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == customerId);
            Console.WriteLine($"{customerId}: {customer?.Name}");
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customerId = order.CustomerId;
            var customer = customersById.GetValueOrDefault(customerId);
            Console.WriteLine($"{customerId}: {customer?.Name}");
        }
        """);

    [Fact]
    public Task KeyBehindAnotherObject() => Fixes(
        """
        foreach (var line in orders.Select(o => new { Order = o, o.Number }))
        {
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == line.Order.CustomerId);
            Console.WriteLine($"{line.Number}: {customer?.Name}");
        }
        """,
        """
        var lines = orders.Select(o => new { Order = o, o.Number }).ToList();
        var customerIds = lines.Select(l => l.Order.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var line in lines)
        {
            var customer = customersById.GetValueOrDefault(line.Order.CustomerId);
            Console.WriteLine($"{line.Number}: {customer?.Name}");
        }
        """);

    [Fact]
    public Task GuidKey() => Fixes(
        """
        foreach (var code in orders.Select(o => Guid.Parse(o.Number)).ToList())
        {
            var product = db.Products.{|DBR101:FirstOrDefault|}(p => p.Code == code);
            Console.WriteLine(product?.Name);
        }
        """,
        """
        var codes = orders.Select(o => Guid.Parse(o.Number)).ToList();
        var productsByCode = db.Products.Where(p => codes.Contains(p.Code)).ToLookup(p => p.Code);
        foreach (var code in codes)
        {
            var product = productsByCode[code].FirstOrDefault();
            Console.WriteLine(product?.Name);
        }
        """);

    [Fact]
    public Task SourceIsAQuery() => Fixes(
        """
        foreach (var order in db.Orders.OrderBy(o => o.Id).Take(50))
        {
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var orderList = db.Orders.OrderBy(o => o.Id).Take(50).ToList();
        var customerIds = orderList.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orderList)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task SourceIsAQueryInAsyncCode() => Fixes(
        """
        foreach (var order in db.Orders.OrderBy(o => o.Id).Take(50))
        {
            var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var orderList = await db.Orders.OrderBy(o => o.Id).Take(50).ToListAsync(ct);
        var customerIds = orderList.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var order in orderList)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task Rows_that_nobody_limits_are_not_collected_in_a_list() => NoFix(
        """
        foreach (var order in db.Orders.Where(o => o.Open))
        {
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task SourceIsAwaited() => Fixes(
        """
        foreach (var order in await db.Orders.Where(o => o.Open).ToListAsync(ct))
        {
            var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var orderList = await db.Orders.Where(o => o.Open).ToListAsync(ct);
        var customerIds = orderList.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var order in orderList)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task SourceIsASequence() => Fixes(
        """
        IEnumerable<Order> open = orders.Where(o => o.Open);
        foreach (var order in open)
        {
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        IEnumerable<Order> open = orders.Where(o => o.Open);
        var orderList = open.ToList();
        var customerIds = orderList.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orderList)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task SourceIsAChoice() => Fixes(
        """
        foreach (var order in orders.Count > 3 ? orders.Take(3) : orders)
        {
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var orderList = (orders.Count > 3 ? orders.Take(3) : orders).ToList();
        var customerIds = orderList.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orderList)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task StagingInTheLoop() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct);
            customer!.Active = true;
            db.Payments.Add(new Payment { OrderId = order.Id, Amount = 3 });
        }

        await db.SaveChangesAsync(ct);
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            customer!.Active = true;
            db.Payments.Add(new Payment { OrderId = order.Id, Amount = 3 });
        }

        await db.SaveChangesAsync(ct);
        """);

    [Fact]
    public Task TwoRowsOfOneCustomerTracked() => Fixes(
        """
        foreach (var order in orders)
        {
            var product = await db.Products.{|DBR101:FirstOrDefaultAsync|}(p => p.Id == order.CustomerId, ct);
            product!.Price += 1;
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var productsById = await db.Products.Where(p => customerIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        foreach (var order in orders)
        {
            var product = productsById.GetValueOrDefault(order.CustomerId);
            product!.Price += 1;
        }
        """);

    [Fact]
    public Task KeyIsNotThePrimaryKey() => Fixes(
        """
        public class Invoice
        {
            public int Id { get; set; }

            public int Number { get; set; }
        }

        public class InvoiceContext : DbContext
        {
            public DbSet<Invoice> Invoices { get; set; } = null!;

            protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Invoice>().HasKey(i => i.Number);
        }

        public static class Report
        {
            public static void Run(InvoiceContext db, List<Order> orders)
            {
                foreach (var order in orders)
                    Console.WriteLine(db.Invoices.{|DBR101:FirstOrDefault|}(i => i.Id == order.Id)?.Number);
            }
        }
        """,
        """
        public class Invoice
        {
            public int Id { get; set; }

            public int Number { get; set; }
        }

        public class InvoiceContext : DbContext
        {
            public DbSet<Invoice> Invoices { get; set; } = null!;

            protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Invoice>().HasKey(i => i.Number);
        }

        public static class Report
        {
            public static void Run(InvoiceContext db, List<Order> orders)
            {
                var orderIds = orders.Select(o => o.Id).Distinct().ToList();
                var invoicesById = db.Invoices.Where(i => orderIds.Contains(i.Id)).ToLookup(i => i.Id);
                foreach (var order in orders)
                    Console.WriteLine(invoicesById[order.Id].FirstOrDefault()?.Number);
            }
        }
        """);
}
