using Xunit;
using static DbRules.Tests.Rules.RoundTrips.SavePerElementCode;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>What the fix of DBR105 writes.</summary>
public class SavePerElementFixTests
{
    [Fact]
    public Task Save() => Fixes(
        """
        foreach (var order in orders)
        {
            order.Open = false;
            db.{|DBR105:SaveChanges|}();
        }
        """,
        """
        foreach (var order in orders)
        {
            order.Open = false;
        }

        db.SaveChanges();
        """);

    [Fact]
    public Task AwaitedWithComments() => Fixes(
        """
        // Close all of them.
        foreach (var order in orders)
        {
            // Closed.
            order.Open = false;

            // Durable from here on.
            await db.{|DBR105:SaveChangesAsync|}(ct).ConfigureAwait(false); // one by one
        } // all

        Console.WriteLine(orders.Count);
        """,
        """
        // Close all of them.
        foreach (var order in orders)
        {
            // Closed.
            order.Open = false;
        } // all

        // Durable from here on.
        await db.SaveChangesAsync(ct).ConfigureAwait(false); // one by one

        Console.WriteLine(orders.Count);
        """);

    [Fact]
    public Task SavedBehindTheLoopAlready() => Fixes(
        """
        foreach (var order in orders)
        {
            db.Remove(order);
            db.{|DBR105:SaveChanges|}();
        }
        db.SaveChanges();
        """,
        """
        foreach (var order in orders)
        {
            db.Remove(order);
        }
        db.SaveChanges();
        """);

    [Fact]
    public Task InnerLoopStays() => Fixes(
        """
        for (var i = 0; i < orders.Count; i++)
        {
            foreach (var line in orders[i].Lines)
            {
                if (line.Quantity == 0)
                    break;
                line.Price = 1;
            }
            db.{|DBR105:SaveChanges|}();
        }
        """,
        """
        for (var i = 0; i < orders.Count; i++)
        {
            foreach (var line in orders[i].Lines)
            {
                if (line.Quantity == 0)
                    break;
                line.Price = 1;
            }
        }

        db.SaveChanges();
        """);

    [Fact]
    public Task AddedOnes() => Fixes(
        """
        foreach (var order in orders)
        {
            if (!order.Open)
                continue;
            var payment = new Payment { OrderId = order.Id };
            db.Payments.Add(payment);
            Console.WriteLine(order.Number);
            await db.{|DBR105:SaveChangesAsync|}(ct);
        }
        """,
        """
        foreach (var order in orders)
        {
            if (!order.Open)
                continue;
            var payment = new Payment { OrderId = order.Id };
            db.Payments.Add(payment);
            Console.WriteLine(order.Number);
        }

        await db.SaveChangesAsync(ct);
        """);

    [Fact]
    public Task RowIsLoadedByItsKey() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId, ct);
            if (customer is null)
                continue;
            customer.Active = true;
            await db.{|DBR105:SaveChangesAsync|}(ct);
        }
        """,
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId, ct);
            if (customer is null)
                continue;
            customer.Active = true;
        }

        await db.SaveChangesAsync(ct);
        """);

    [Fact]
    public Task OtherRowsAreRead() => Fixes(
        """
        foreach (var order in orders)
        {
            order.Number = db.Customers.Where(c => c.Id == order.CustomerId && c.Active).Select(c => c.Name).First();
            db.{|DBR105:SaveChanges|}();
        }
        """,
        """
        foreach (var order in orders)
        {
            order.Number = db.Customers.Where(c => c.Id == order.CustomerId && c.Active).Select(c => c.Name).First();
        }

        db.SaveChanges();
        """);

    [Fact]
    public Task TwoLoops() => Fixes(
        """
        using var transaction = db.Database.BeginTransaction();
        foreach (var order in orders)
        {
            order.Open = false;
            db.{|DBR105:SaveChanges|}();
        }

        foreach (var order in orders)
        {
            db.Entry(order).State = EntityState.Modified;
            db.{|DBR105:SaveChanges|}();
        }

        transaction.Commit();
        """,
        """
        using var transaction = db.Database.BeginTransaction();
        foreach (var order in orders)
        {
            order.Open = false;
        }

        db.SaveChanges();

        foreach (var order in orders)
        {
            db.Entry(order).State = EntityState.Modified;
        }

        db.SaveChanges();

        transaction.Commit();
        """);

    [Theory]
    [InlineData("order.Open = false;\n    db.{|DBR105:SaveChanges|}();\n    Console.WriteLine(order.Number);")]
    [InlineData("if (order.Open)\n    {\n        order.Open = false;\n        db.{|DBR105:SaveChanges|}();\n    }")]
    [InlineData("db.{|DBR105:SaveChanges|}();")]
    [InlineData("order.Open = false;\n    if (order.Number == \"\")\n        continue;\n    db.{|DBR105:SaveChanges|}();")]
    [InlineData("order.Open = false;\n    if (order.Number == \"\")\n        break;\n    db.{|DBR105:SaveChanges|}();")]
    [InlineData("if (order.Number == \"\")\n        return;\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();")]
    [InlineData("if (order.Number == \"\")\n        throw new InvalidOperationException();\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();")]
    [InlineData("order.Number = order.Number ?? throw new InvalidOperationException();\n    db.{|DBR105:SaveChanges|}();")]
    [InlineData("if (!db.Payments.Any(p => p.OrderId == order.Id))\n        db.Payments.Add(new Payment { OrderId = order.Id });\n    db.{|DBR105:SaveChanges|}();")]
    [InlineData("var other = db.Orders.First(o => o.Open);\n    other.Open = false;\n    db.{|DBR105:SaveChanges|}();")]
    [InlineData("var other = db.Orders.Find(order.CustomerId);\n    db.Orders.Remove(other!);\n    db.{|DBR105:SaveChanges|}();")]
    [InlineData("db.ChangeTracker.Clear();\n    db.Update(order);\n    db.{|DBR105:SaveChanges|}();")]
    [InlineData("using var stream = new System.IO.MemoryStream();\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();")]
    [InlineData("order.Open = false;\n    db.{|DBR105:SaveChangesAsync|}(ct).Wait();")]
    [InlineData("connection.Execute(\"UPDATE Orders SET Open = 0\");\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();")]
    public Task NoFixForThePass(string body) => NoFix("foreach (var order in orders)\n{\n    " + body + "\n}");

    [Theory]
    [InlineData("foreach (var order in orders)\n    foreach (var line in order.Lines)\n    {\n        line.Price = 1;\n        db.{|DBR105:SaveChanges|}();\n    }")]
    [InlineData("orders.ForEach(order => { order.Open = false; db.{|DBR105:SaveChanges|}(); });")]
    [InlineData("db.Add(orders[0]);\nforeach (var order in orders)\n{\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();\n}")]
    [InlineData("orders[0].Open = true;\nforeach (var order in orders)\n{\n    order.Open = false;\n    db.{|DBR105:SaveChanges|}();\n}")]
    [InlineData("Order? last = null;\nforeach (var order in orders)\n{\n    order.CustomerId = last?.Id ?? 0;\n    last = new Order();\n    db.Add(last);\n    db.{|DBR105:SaveChanges|}();\n}")]
    [InlineData("var known = new Dictionary<string, Customer>();\nforeach (var order in orders)\n{\n    if (known.TryGetValue(order.Number, out var seen)) order.CustomerId = seen.Id;\n    var customer = new Customer();\n    db.Add(customer);\n    known[order.Number] = customer;\n    db.{|DBR105:SaveChanges|}();\n}")]
    public Task NoFixForTheLoop(string code) => NoFix(code);

    [Fact]
    public Task NoFixWhereACalleeReadsTheStore() => NoFix(
        """
        public static class Report
        {
            public static void Run(ShopContext db, List<Order> orders)
            {
                foreach (var order in orders)
                {
                    order.Open = HasOpen(db);
                    db.{|DBR105:SaveChanges|}();
                }
            }

            private static bool HasOpen(ShopContext db) => db.Orders.Any(o => o.Open);
        }
        """);
}
