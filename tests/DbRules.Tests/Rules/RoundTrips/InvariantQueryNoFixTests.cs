using Xunit;
using static DbRules.Tests.Rules.RoundTrips.InvariantQueryCode;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Where DBR107 is reported and no fix is offered.</summary>
public class InvariantQueryNoFixTests
{
    [Fact]
    public Task FirstWouldThrowWithoutAnElement() => NoFix(
        """
        foreach (var order in orders)
        {
            var country = db.Countries.{|DBR107:First|}();
            Console.WriteLine(order.Number + country.Name);
        }
        """);

    [Fact]
    public Task SingleWouldThrowWithoutAnElement() => NoFix(
        """
        foreach (var order in orders)
        {
            var country = await db.Countries.{|DBR107:SingleAsync|}(c => c.Code == "DE", ct);
            Console.WriteLine(order.Number + country.Name);
        }
        """);

    [Fact]
    public Task MaximumWouldThrowWithoutAnElement() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(order.Number + db.Payments.{|DBR107:Max|}(p => p.Amount));
        """);

    [Fact]
    public Task SqlFirstWouldThrowWithoutAnElement() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(order.Number + connection.{|DBR107:QueryFirst|}<Country>("SELECT * FROM Countries").Name);
        """);

    [Fact]
    public Task ListIsChanged() => NoFix(
        """
        foreach (var order in orders)
        {
            var countries = db.Countries.{|DBR107:ToList|}();
            countries.Add(new Country { Name = order.Number });
            Console.WriteLine(countries.Count);
        }
        """);

    [Fact]
    public Task ListIsHandedOn() => NoFix(
        """
        public static class Report
        {
            public static void Run(ShopContext db, List<Order> orders)
            {
                foreach (var order in orders)
                    Print(order, db.Countries.{|DBR107:ToList|}());
            }

            private static void Print(Order order, List<Country> countries) => countries.Clear();
        }
        """);

    [Fact]
    public Task UntrackedRowIsChanged() => NoFix(
        """
        foreach (var order in orders)
        {
            var country = db.Countries.AsNoTracking().{|DBR107:FirstOrDefault|}();
            country!.Name += order.Number;
            Console.WriteLine(country.Name);
        }
        """);

    [Fact]
    public Task FailureOfOneIsHandled() => NoFix(
        """
        foreach (var order in orders)
        {
            try
            {
                Console.WriteLine(order.Number + db.Payments.{|DBR107:Count|}());
            }
            catch (InvalidOperationException)
            {
                Console.WriteLine(order.Number);
            }
        }
        """);

    [Fact]
    public Task LoopInALoop() => NoFix(
        """
        foreach (var payment in db.Payments.ToList())
        {
            foreach (var order in orders)
                Console.WriteLine(db.Countries.{|DBR107:Count|}() + order.Number + payment.Amount);
        }
        """);

    [Fact]
    public Task ContextOfThePass() => NoFix(
        """
        foreach (var order in orders)
        {
            using var own = new ShopContext();
            Console.WriteLine(order.Number + own.Countries.{|DBR107:Count|}());
        }
        """);

    [Fact]
    public Task DelegatePerElement() => NoFix(
        """
        orders.ForEach(order => Console.WriteLine(order.Number + db.Countries.{|DBR107:Count|}()));
        """);

    [Fact]
    public Task TaskIsCollected() => NoFix(
        """
        var tasks = new List<Task<int>>();
        foreach (var order in orders)
            tasks.Add(db.Countries.{|DBR107:CountAsync|}(ct));
        await Task.WhenAll(tasks);
        """);

    [Fact]
    public Task FilterMayBeNull() => NoFix(
        """
        public static class Report
        {
            public static void Run(ShopContext db, List<Order> orders, Country? home)
            {
                foreach (var order in orders)
                {
                    if (home != null)
                        Console.WriteLine(order.Number + db.Customers.{|DBR107:Count|}(c => c.CountryId == home.Id));
                }
            }
        }
        """);

    [Fact]
    public Task CommentInside() => NoFix(
        """
        foreach (var order in orders)
        {
            Console.WriteLine(order.Number + db.Countries
                // All of them.
                .{|DBR107:Count|}());
        }
        """);

    [Fact]
    public Task RowsAreNotBuffered() => NoFix(
        """
        foreach (var order in orders)
        {
            foreach (var country in connection.{|DBR107:Query|}<Country>("SELECT * FROM Countries", buffered: false))
                Console.WriteLine(order.Number + country.Name);
        }
        """);
}
