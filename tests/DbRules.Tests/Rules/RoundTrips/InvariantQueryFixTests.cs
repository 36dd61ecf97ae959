using Xunit;
using static DbRules.Tests.Rules.RoundTrips.InvariantQueryCode;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>What the fix of DBR107 writes.</summary>
public class InvariantQueryFixTests
{
    [Fact]
    public Task DeclarationMoves() => Fixes(
        """
        foreach (var order in orders)
        {
            // The country at home.
            var country = db.Countries.{|DBR107:FirstOrDefault|}(c => c.Code == "DE"); // one or none

            Console.WriteLine(order.Number + country?.Name);
        }
        """,
        """
        // The country at home.
        var country = db.Countries.FirstOrDefault(c => c.Code == "DE"); // one or none
        foreach (var order in orders)
        {
            Console.WriteLine(order.Number + country?.Name);
        }
        """);

    [Fact]
    public Task DeclarationMovesAwaited() => Fixes(
        """
        foreach (var order in orders)
        {
            Country? country = await db.Countries
                .Where(c => c.Name != "")
                .{|DBR107:SingleOrDefaultAsync|}(c => c.Code == "DE", ct);
            Console.WriteLine(order.Number + country?.Name);
        }
        """,
        """
        Country? country = await db.Countries
            .Where(c => c.Name != "")
            .SingleOrDefaultAsync(c => c.Code == "DE", ct);
        foreach (var order in orders)
        {
            Console.WriteLine(order.Number + country?.Name);
        }
        """);

    [Fact]
    public Task NameIsUsedElsewhere() => Fixes(
        """
        foreach (var order in orders)
        {
            var country = db.Countries.{|DBR107:FirstOrDefault|}();
            Console.WriteLine(order.Number + country?.Name);
        }

        foreach (var order in orders)
        {
            var country = order.Number;
            Console.WriteLine(country);
        }
        """,
        """
        var country2 = db.Countries.FirstOrDefault();
        foreach (var order in orders)
        {
            var country = country2;
            Console.WriteLine(order.Number + country?.Name);
        }

        foreach (var order in orders)
        {
            var country = order.Number;
            Console.WriteLine(country);
        }
        """);

    [Fact]
    public Task ExistenceInACondition() => Fixes(
        """
        foreach (var order in orders)
        {
            if (order.Open && await db.Payments.{|DBR107:AnyAsync|}(p => p.Amount > 100, ct))
                Console.WriteLine(order.Number);
        }
        """,
        """
        var hasPayments = await db.Payments.AnyAsync(p => p.Amount > 100, ct);
        foreach (var order in orders)
        {
            if (order.Open && hasPayments)
                Console.WriteLine(order.Number);
        }
        """);

    [Fact]
    public Task CountInAnExpression() => Fixes(
        """
        for (var i = 0; i < orders.Count; i++)
            Console.WriteLine(orders[i].Number + db.Payments.{|DBR107:Count|}());
        """,
        """
        var paymentCount = db.Payments.Count();
        for (var i = 0; i < orders.Count; i++)
            Console.WriteLine(orders[i].Number + paymentCount);
        """);

    [Fact]
    public Task RowsInAList() => Fixes(
        """
        foreach (var order in orders)
        {
            var countries = await db.Countries.{|DBR107:ToListAsync|}(ct);
            Console.WriteLine(order.Number + countries.Count);
        }
        """,
        """
        var countries = await db.Countries.ToListAsync(ct);
        foreach (var order in orders)
        {
            Console.WriteLine(order.Number + countries.Count);
        }
        """);

    [Fact]
    public Task RowsEnumerated() => Fixes(
        """
        foreach (var order in orders)
        {
            foreach (var country in {|DBR107:db.Countries.Where(c => c.Name != "")|})
                Console.WriteLine(order.Number + country.Name);
        }
        """,
        """
        var countries = db.Countries.Where(c => c.Name != "").ToList();
        foreach (var order in orders)
        {
            foreach (var country in countries)
                Console.WriteLine(order.Number + country.Name);
        }
        """);

    [Fact]
    public Task FindByAParameter() => Fixes(
        """
        public static class Report
        {
            public static void Run(ShopContext db, int homeId, List<Order> orders)
            {
                foreach (var order in orders)
                    Console.WriteLine(order.Number + db.Countries.{|DBR107:Find|}(homeId)?.Name);
            }
        }
        """,
        """
        public static class Report
        {
            public static void Run(ShopContext db, int homeId, List<Order> orders)
            {
                var country = db.Countries.Find(homeId);
                foreach (var order in orders)
                    Console.WriteLine(order.Number + country?.Name);
            }
        }
        """);

    [Fact]
    public Task SqlScalar() => Fixes(
        """
        foreach (var order in orders)
            Console.WriteLine(order.Number + connection.{|DBR107:ExecuteScalar|}<int>("SELECT COUNT(*) FROM Payments"));
        """,
        """
        var count = connection.ExecuteScalar<int>("SELECT COUNT(*) FROM Payments");
        foreach (var order in orders)
            Console.WriteLine(order.Number + count);
        """);

    [Fact]
    public Task SqlRowsEnumerated() => Fixes(
        """
        foreach (var order in orders)
        {
            foreach (var country in await connection.{|DBR107:QueryAsync|}<Country>("SELECT * FROM Countries"))
                Console.WriteLine(order.Number + country.Name);
        }
        """,
        """
        var countries = await connection.QueryAsync<Country>("SELECT * FROM Countries");
        foreach (var order in orders)
        {
            foreach (var country in countries)
                Console.WriteLine(order.Number + country.Name);
        }
        """);

    [Fact]
    public Task SameQueryTwice() => Fixes(
        """
        foreach (var order in orders)
        {
            if (db.Payments.{|DBR107:Any|}() && order.Open)
                Console.WriteLine(order.Number + db.Payments.{|DBR107:Any|}());
        }
        """,
        """
        var hasPayments = db.Payments.Any();
        foreach (var order in orders)
        {
            if (hasPayments && order.Open)
                Console.WriteLine(order.Number + hasPayments);
        }
        """);

    [Fact]
    public Task TwoDeclarations() => Fixes(
        """
        foreach (var order in orders)
        {
            var first = db.Countries.{|DBR107:FirstOrDefault|}();
            var second = db.Customers.{|DBR107:FirstOrDefault|}();
            Console.WriteLine(order.Number + first?.Name + second?.Name);
        }
        """,
        """
        var first = db.Countries.FirstOrDefault();
        var second = db.Customers.FirstOrDefault();
        foreach (var order in orders)
        {
            Console.WriteLine(order.Number + first?.Name + second?.Name);
        }
        """);

    [Fact]
    public Task WhileOverAReaderOfLines() => Fixes(
        """
        var numbers = new Queue<string>(orders.Select(o => o.Number));
        while (numbers.Count > 0)
        {
            var number = numbers.Dequeue();
            Console.WriteLine(number + db.Payments.{|DBR107:Count|}());
        }
        """,
        """
        var numbers = new Queue<string>(orders.Select(o => o.Number));
        var paymentCount = db.Payments.Count();
        while (numbers.Count > 0)
        {
            var number = numbers.Dequeue();
            Console.WriteLine(number + paymentCount);
        }
        """);
}
