using Xunit;
using static DbRules.Tests.Rules.RoundTrips.QueryPerElementCode;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Where DBR101 is reported and no fix is offered: results could differ, or are not known to be the same.</summary>
public class QueryPerElementNoFixTests
{
    [Fact]
    public Task WriteInTheLoop() => NoFix(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct);
            customer!.Active = true;
            await db.SaveChangesAsync(ct);
        }
        """);

    [Fact]
    public Task TextKey() => NoFix(
        """
        foreach (var order in orders)
        {
            var product = db.Products.{|DBR101:FirstOrDefault|}(p => p.Name == order.Number);
            Console.WriteLine(product?.Price);
        }
        """);

    [Fact]
    public Task DateKey() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(db.Payments.{|DBR101:Count|}(p => p.PaidAt == order.CreatedAt));
        """);

    [Fact]
    public Task NullableKey() => NoFix(
        """
        foreach (var product in db.Products.ToList())
            Console.WriteLine(db.Products.{|DBR101:Count|}(p => p.CategoryId == product.CategoryId));
        """);

    [Fact]
    public Task NullableMember() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(db.Products.{|DBR101:Count|}(p => p.CategoryId == order.Id));
        """);

    [Fact]
    public Task KeysOfDifferentTypes() => NoFix(
        """
        foreach (var number in new List<long>(orders.Select(o => (long)o.Id)))
            Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == number));
        """);

    [Fact]
    public Task TwoKeys() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == order.Id && l.ProductId == order.CustomerId));
        """);

    [Fact]
    public Task Comparison() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId > order.Id));
        """);

    [Fact]
    public Task Alternative() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == order.Id || l.Quantity > 3));
        """);

    [Fact]
    public Task ComputedKey() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == order.Id + 1));
        """);

    [Fact]
    public Task Projection() => NoFix(
        """
        foreach (var order in orders)
        {
            var name = db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Name).{|DBR101:FirstOrDefault|}();
            Console.WriteLine(name);
        }
        """);

    [Fact]
    public Task LimitedRows() => NoFix(
        """
        foreach (var order in orders)
        {
            var lines = db.OrderLines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Price).Take(3).{|DBR101:ToList|}();
            Console.WriteLine(lines.Count);
        }
        """);

    [Fact]
    public Task FirstOfOrderedRows() => NoFix(
        """
        foreach (var order in orders)
        {
            var last = db.Payments.Where(p => p.OrderId == order.Id).OrderByDescending(p => p.PaidAt).{|DBR101:FirstOrDefault|}();
            Console.WriteLine(last?.Amount);
        }
        """);

    [Fact]
    public Task Last() => NoFix(
        """
        foreach (var order in orders)
        {
            var last = db.Payments.OrderBy(p => p.PaidAt).{|DBR101:LastOrDefault|}(p => p.OrderId == order.Id);
            Console.WriteLine(last?.Amount);
        }
        """);

    [Fact]
    public Task QueryInALocal() => NoFix(
        """
        foreach (var order in orders)
        {
            var query = db.OrderLines.Where(l => l.OrderId == order.Id);
            Console.WriteLine(query.{|DBR101:Count|}());
        }
        """);

    [Fact]
    public Task ContextOfThePass() => NoFix(
        """
        foreach (var order in orders)
        {
            using var own = new ShopContext();
            var customer = own.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task ValueOfThePass() => NoFix(
        """
        foreach (var order in orders)
        {
            var least = 3;
            Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == order.Id && l.Quantity > least));
        }
        """);

    [Fact]
    public Task LoopInALoop() => NoFix(
        """
        foreach (var payment in db.Payments.ToList())
        {
            foreach (var order in orders)
            {
                var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
                Console.WriteLine(customer?.Name);
            }
        }
        """);

    [Fact]
    public Task FailureOfOneIsHandled() => NoFix(
        """
        foreach (var order in orders)
        {
            try
            {
                var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
                Console.WriteLine(customer?.Name);
            }
            catch (InvalidOperationException)
            {
                Console.WriteLine(order.Number);
            }
        }
        """);

    [Fact]
    public Task DeconstructedElement() => NoFix(
        """
        foreach (var (id, number) in orders.Select(o => (o.CustomerId, o.Number)).ToList())
        {
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == id);
            Console.WriteLine(customer?.Name + number);
        }
        """);

    [Fact]
    public Task StreamOfElements() => NoFix(
        """
        await foreach (var order in db.Orders.AsAsyncEnumerable())
        {
            var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task CountingLoop() => NoFix(
        """
        for (var i = 0; i < orders.Count; i++)
        {
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == orders[i].CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task DelegatePerElement() => NoFix(
        """
        orders.ForEach(order => Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == order.Id)));
        """);

    [Fact]
    public Task TasksAreCollected() => NoFix(
        """
        var tasks = new List<Task<Customer?>>();
        foreach (var order in orders)
            tasks.Add(db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct));
        await Task.WhenAll(tasks);
        """);

    [Fact]
    public Task TaskIsWaitedFor() => NoFix(
        """
        foreach (var order in orders)
        {
            var customer = db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct).Result;
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task CommentInside() => NoFix(
        """
        foreach (var order in orders)
        {
            var customer = db.Customers
                // The one who pays.
                .{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task KeyChangesBefore() => NoFix(
        """
        foreach (var order in orders)
        {
            order.CustomerId = order.CustomerId + 1;
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task ElementIsHandedOnBefore() => NoFix(
        """
        public static class Report
        {
            public static void Run(ShopContext db, List<Order> orders)
            {
                foreach (var order in orders)
                {
                    Complete(order);
                    var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
                    Console.WriteLine(customer?.Name);
                }
            }

            private static void Complete(Order order) => order.CustomerId = 3;
        }
        """);

    [Fact]
    public Task ElementMayBeNull() => NoFix(
        """
        foreach (var order in orders)
        {
            if (order == null)
                continue;
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task ElementsAreNullable() => NoFix(
        """
        List<Order?> some = [.. orders];
        foreach (var order in some)
        {
            var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == order!.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task MiddleOfTheChainMayBeNull() => NoFix(
        """
        public class Parcel
        {
            public Order? Order { get; set; }
        }

        public static class Report
        {
            public static void Run(ShopContext db, List<Parcel> parcels)
            {
                foreach (var parcel in parcels)
                {
                    var customer = db.Customers.{|DBR101:FirstOrDefault|}(c => c.Id == parcel.Order!.CustomerId);
                    Console.WriteLine(customer?.Name);
                }
            }
        }
        """);

    [Fact]
    public Task StagedRowsAreFoundByKey() => NoFix(
        """
        foreach (var order in orders)
        {
            var customer = db.Customers.{|DBR101:Find|}(order.CustomerId);
            if (customer == null)
                db.Customers.Add(new Customer { Id = order.CustomerId });
        }
        """);

    [Fact]
    public Task UntrackedRowsAreChanged() => NoFix(
        """
        foreach (var order in orders)
        {
            var customer = db.Customers.AsNoTracking().{|DBR101:FirstOrDefault|}(c => c.Id == order.CustomerId);
            customer!.Name += order.Number;
            Console.WriteLine(customer.Name);
        }
        """);

    [Fact]
    public Task TokenOfThePass() => NoFix(
        """
        foreach (var order in orders)
        {
            using var timeout = new CancellationTokenSource(1000);
            var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, timeout.Token);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task NoRoomBeforeTheLoop() => NoFix(
        """
        if (orders.Count > 0)
            foreach (var order in orders)
                Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == order.Id));
        """);

    [Fact]
    public Task CompositeKey() => NoFix(
        """
        [PrimaryKey(nameof(Id), nameof(Year))]
        public class Invoice
        {
            public int Id { get; set; }

            public int Year { get; set; }
        }

        public static class Report
        {
            public static void Run(DbSet<Invoice> invoices, List<Order> orders)
            {
                foreach (var order in orders)
                    Console.WriteLine(invoices.{|DBR101:Find|}(order.Id));
            }
        }
        """);

    [Fact]
    public Task SequenceThatCannotBeWalkedTwice() => NoFix(
        """
        foreach (var id in orders.Select(o => o.Id).ToArray().AsSpan())
            Console.WriteLine(db.OrderLines.{|DBR101:Count|}(l => l.OrderId == id));
        """);

    [Fact]
    public Task ElementIsConverted() => NoFix(
        """
        foreach (Customer customer in new List<object>())
            Console.WriteLine(db.Orders.{|DBR101:Count|}(o => o.CustomerId == customer.Id));
        """);

    [Fact]
    public Task CharacterKey() => NoFix(
        """
        public class Shelf
        {
            public int Id { get; set; }

            public char Letter { get; set; }
        }

        public static class Report
        {
            public static void Run(DbSet<Shelf> shelves, List<char> letters)
            {
                foreach (var letter in letters)
                    Console.WriteLine(shelves.{|DBR101:Count|}(s => s.Letter == letter));
            }
        }
        """);
}
