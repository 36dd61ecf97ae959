using Xunit;
using static DbRules.Tests.Rules.RoundTrips.QueryPerElementCode;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Where DBR101 is reported for SQL and no fix is offered.</summary>
public class QueryPerElementSqlNoFixTests
{
    [Fact]
    public Task DialectIsNotKnown() => NoFix(
        """
        DbConnection other = orders.Count > 3 ? connection : pg;
        foreach (var order in orders)
        {
            var customer = other.{|DBR101:QueryFirstOrDefault|}<Customer>("SELECT * FROM Customers WHERE Id = @id", new { id = order.CustomerId });
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task TwoKeys() => NoFix(
        """
        foreach (var order in orders)
        {
            var lines = connection.{|DBR101:Query|}<OrderLine>("SELECT * FROM OrderLines WHERE OrderId = @id AND ProductId = @product", new { id = order.Id, product = order.CustomerId });
            Console.WriteLine(lines.Count());
        }
        """);

    [Fact]
    public Task Alternative() => NoFix(
        """
        foreach (var order in orders)
        {
            var lines = connection.{|DBR101:Query|}<OrderLine>("SELECT * FROM OrderLines WHERE OrderId = @id OR Quantity > 3", new { id = order.Id });
            Console.WriteLine(lines.Count());
        }
        """);

    [Fact]
    public Task KeyIsNotSelected() => NoFix(
        """
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirstOrDefault|}<Customer>("SELECT Name, Email FROM Customers WHERE Id = @id", new { id = order.CustomerId });
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task AnotherColumnUnderTheNameOfTheKey() => NoFix(
        """
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirstOrDefault|}<Customer>("SELECT CountryId AS Id, Name FROM Customers WHERE Id = @id", new { id = order.CustomerId });
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task RowTypeLacksTheKey() => NoFix(
        """
        foreach (var order in orders)
        {
            var line = connection.{|DBR101:QueryFirstOrDefault|}<OrderLine>("SELECT * FROM OrderLines WHERE Order_Id = @id", new { id = order.Id });
            Console.WriteLine(line?.Price);
        }
        """);

    [Fact]
    public Task UntypedRows() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(connection.{|DBR101:QueryFirst|}("SELECT * FROM Customers WHERE Id = @id", new { id = order.CustomerId }).Name);
        """);

    [Fact]
    public Task OneColumn() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(connection.{|DBR101:QueryFirstOrDefault|}<string>("SELECT Name FROM Customers WHERE Id = @id", new { id = order.CustomerId }));
        """);

    [Fact]
    public Task TextKey() => NoFix(
        """
        foreach (var order in orders)
            Console.WriteLine(connection.{|DBR101:ExecuteScalar|}<int>("SELECT COUNT(*) FROM Products WHERE Name = @name", new { name = order.Number }));
        """);

    [Fact]
    public Task FirstOfOrderedRows() => NoFix(
        """
        foreach (var order in orders)
        {
            var last = connection.{|DBR101:QueryFirstOrDefault|}<Payment>("SELECT * FROM Payments WHERE OrderId = @id ORDER BY PaidAt DESC LIMIT 1", new { id = order.Id });
            Console.WriteLine(last?.Amount);
        }
        """);

    [Fact]
    public Task ValuesByAnotherObject() => NoFix(
        """
        foreach (var order in orders)
        {
            var values = new DynamicParameters();
            values.Add("id", order.CustomerId);
            var customer = connection.{|DBR101:QueryFirstOrDefault|}<Customer>("SELECT * FROM Customers WHERE Id = @id", values);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task TimeLimitWithoutAName() => NoFix(
        """
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirst|}<Customer>("SELECT * FROM Customers WHERE Id = @id", new { id = order.CustomerId }, null, 30);
            Console.WriteLine(customer.Name);
        }
        """);

    [Fact]
    public Task RowsAreChanged() => NoFix(
        """
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirst|}<Customer>("SELECT * FROM Customers WHERE Id = @id", new { id = order.CustomerId });
            customer.Name += order.Number;
            Console.WriteLine(customer.Name);
        }
        """);

    [Fact]
    public Task WriteInTheLoop() => NoFix(
        """
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirst|}<Customer>("SELECT * FROM Customers WHERE Id = @id", new { id = order.CustomerId });
            connection.Execute("UPDATE Customers SET Active = 1 WHERE Id = @Id", customer);
        }
        """);

    [Fact]
    public Task TransactionOfThePass() => NoFix(
        """
        foreach (var order in orders)
        {
            using var transaction = connection.BeginTransaction();
            var customer = connection.{|DBR101:QueryFirst|}<Customer>("SELECT * FROM Customers WHERE Id = @id", new { id = order.CustomerId }, transaction);
            Console.WriteLine(customer.Name);
        }
        """);

    [Fact]
    public Task TextOfALocal() => NoFix(
        """
        const string sql = "SELECT * FROM Customers WHERE Id = @id";
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirst|}<Customer>(sql, new { id = order.CustomerId });
            Console.WriteLine(customer.Name);
        }
        """);
}
