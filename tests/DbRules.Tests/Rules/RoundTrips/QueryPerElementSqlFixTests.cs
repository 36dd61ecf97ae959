using Xunit;
using static DbRules.Tests.Rules.RoundTrips.QueryPerElementCode;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>What the fix of DBR101 writes for Dapper.</summary>
public class QueryPerElementSqlFixTests
{
    [Fact]
    public Task OneRow() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirstOrDefault|}<Customer>("SELECT * FROM Customers WHERE Id = @id", new { id = order.CustomerId });
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = connection.Query<Customer>("SELECT * FROM Customers WHERE Id IN @customerIds", new { customerIds })
            .ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task OneRowAwaited() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await connection.{|DBR101:QuerySingleOrDefaultAsync|}<Customer>("SELECT * FROM Customers WHERE Id = @CustomerId", new { order.CustomerId });
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = (await connection.QueryAsync<Customer>("SELECT * FROM Customers WHERE Id IN @customerIds", new { customerIds }))
            .ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task PostgreSQLComparesWithAnArray() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = await pg.{|DBR101:QuerySingleAsync|}<Customer>("SELECT Id, Name FROM Customers WHERE Active = true AND @id = Id", new { id = order.CustomerId });
            Console.WriteLine(customer.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = (await pg.QueryAsync<Customer>("SELECT Id, Name FROM Customers WHERE Active = true AND Id = ANY(@customerIds)", new { customerIds }))
            .ToLookup(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById[order.CustomerId].Single();
            Console.WriteLine(customer.Name);
        }
        """);

    [Fact]
    public Task FirstKeepsThrowing() => Fixes(
        """
        foreach (var order in orders)
        {
            var payment = connection.{|DBR101:QueryFirst|}<Payment>("SELECT * FROM Payments WHERE OrderId = @id", new { id = order.Id });
            Console.WriteLine(payment.Amount);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var paymentsByOrderId = connection.Query<Payment>("SELECT * FROM Payments WHERE OrderId IN @orderIds", new { orderIds })
            .ToLookup(p => p.OrderId);
        foreach (var order in orders)
        {
            var payment = paymentsByOrderId[order.Id].First();
            Console.WriteLine(payment.Amount);
        }
        """);

    [Fact]
    public Task LimitOfOneRowGoes() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirstOrDefault|}<Customer>("SELECT * FROM Customers WHERE Id = @id LIMIT 1", new { id = order.CustomerId });
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = connection.Query<Customer>("SELECT * FROM Customers WHERE Id IN @customerIds", new { customerIds })
            .ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task OtherValuesAndTheTransactionStay() => Fixes(
        """
        using var transaction = connection.BeginTransaction();
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirstOrDefault|}<Customer>("SELECT * FROM Customers WHERE Active = @active AND Id = @id", new { active = true, id = order.CustomerId }, transaction);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        using var transaction = connection.BeginTransaction();
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = connection.Query<Customer>("SELECT * FROM Customers WHERE Active = @active AND Id IN @customerIds", new { active = true, customerIds }, transaction)
            .ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task NamedArgumentsStay() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirstOrDefault|}<Customer>("SELECT * FROM Customers WHERE Id = @id", new { id = order.CustomerId }, commandTimeout: 30);
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = connection.Query<Customer>("SELECT * FROM Customers WHERE Id IN @customerIds", new { customerIds }, commandTimeout: 30)
            .ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task ManyRows() => Fixes(
        """
        foreach (var order in orders)
        {
            var lines = connection.{|DBR101:Query|}<OrderLine>("SELECT * FROM OrderLines WHERE OrderId = @id ORDER BY Price", new { id = order.Id }).ToList();
            Console.WriteLine(lines.Count);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = connection.Query<OrderLine>("SELECT * FROM OrderLines WHERE OrderId IN @orderIds ORDER BY Price", new { orderIds })
            .ToLookup(o => o.OrderId);
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
            var lines = (await connection.{|DBR101:QueryAsync|}<OrderLine>("SELECT * FROM OrderLines WHERE OrderId = @id", new { id = order.Id })).AsList();
            Console.WriteLine(lines.Count);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = (await connection.QueryAsync<OrderLine>("SELECT * FROM OrderLines WHERE OrderId IN @orderIds", new { orderIds }))
            .ToLookup(o => o.OrderId);
        foreach (var order in orders)
        {
            var lines = orderLinesByOrderId[order.Id].AsList();
            Console.WriteLine(lines.Count);
        }
        """);

    [Fact]
    public Task ManyRowsEnumerated() => Fixes(
        """
        foreach (var order in orders)
        {
            foreach (var line in pg.{|DBR101:Query|}<OrderLine>("SELECT * FROM OrderLines WHERE OrderId = @id", new { id = order.Id }))
                Console.WriteLine(line.Price);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = pg.Query<OrderLine>("SELECT * FROM OrderLines WHERE OrderId = ANY(@orderIds)", new { orderIds })
            .ToLookup(o => o.OrderId);
        foreach (var order in orders)
        {
            foreach (var line in orderLinesByOrderId[order.Id])
                Console.WriteLine(line.Price);
        }
        """);

    [Fact]
    public Task RawTextKeepsItsLines() => Fixes(
        """"
        foreach (var order in orders)
        {
            var lines = connection.{|DBR101:Query|}<OrderLine>(
                """
                SELECT l.*
                FROM OrderLines l
                WHERE l.OrderId = @id
                  AND l.Quantity > @least
                ORDER BY l.Price
                """,
                new { id = order.Id, least = 2 });
            Console.WriteLine(lines.Count());
        }
        """",
        """"
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = connection.Query<OrderLine>(
            """
            SELECT l.*
            FROM OrderLines l
            WHERE l.OrderId IN @orderIds
              AND l.Quantity > @least
            ORDER BY l.Price
            """,
            new { orderIds, least = 2 }).ToLookup(o => o.OrderId);
        foreach (var order in orders)
        {
            var lines = orderLinesByOrderId[order.Id];
            Console.WriteLine(lines.Count());
        }
        """");

    [Fact]
    public Task VerbatimTextKeepsItsLines() => Fixes(
        """
        foreach (var order in orders)
        {
            var lines = connection.{|DBR101:Query|}<OrderLine>(@"
                SELECT * FROM OrderLines
                WHERE OrderId = @id", new { id = order.Id });
            Console.WriteLine(lines.Count());
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLinesByOrderId = connection.Query<OrderLine>(@"
            SELECT * FROM OrderLines
            WHERE OrderId IN @orderIds", new { orderIds }).ToLookup(o => o.OrderId);
        foreach (var order in orders)
        {
            var lines = orderLinesByOrderId[order.Id];
            Console.WriteLine(lines.Count());
        }
        """);

    [Fact]
    public Task AddedText() => Fixes(
        """
        foreach (var order in orders)
        {
            var customer = connection.{|DBR101:QueryFirstOrDefault|}<Customer>(
                "SELECT * FROM Customers " +
                "WHERE Id = @id", new { id = order.CustomerId });
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = connection.Query<Customer>(
            "SELECT * FROM Customers " +
            "WHERE Id IN @customerIds", new { customerIds }).ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);

    [Fact]
    public Task TextOfAConstant() => Fixes(
        """
        public class Report(SqliteConnection connection)
        {
            private const string ById = "SELECT * FROM Customers WHERE Id = @id";

            public void Run(IReadOnlyList<Order> orders)
            {
                foreach (var order in orders)
                {
                    var customer = connection.{|DBR101:QueryFirstOrDefault|}<Customer>(ById, new { id = order.CustomerId });
                    Console.WriteLine(customer?.Name);
                }
            }
        }
        """,
        """
        public class Report(SqliteConnection connection)
        {
            private const string ById = "SELECT * FROM Customers WHERE Id = @id";

            public void Run(IReadOnlyList<Order> orders)
            {
                var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
                var customersById = connection.Query<Customer>("SELECT * FROM Customers WHERE Id IN @customerIds", new { customerIds })
                    .ToDictionary(c => c.Id);
                foreach (var order in orders)
                {
                    var customer = customersById.GetValueOrDefault(order.CustomerId);
                    Console.WriteLine(customer?.Name);
                }
            }
        }
        """);

    [Fact]
    public Task Count() => Fixes(
        """
        foreach (var order in orders)
            Console.WriteLine(connection.{|DBR101:ExecuteScalar|}<int>("SELECT COUNT(*) FROM OrderLines WHERE OrderId = @id", new { id = order.Id }));
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLineCounts = connection.Query<(int OrderId, int Count)>("SELECT OrderId, COUNT(*) FROM OrderLines WHERE OrderId IN @orderIds GROUP BY OrderId", new { orderIds })
            .ToDictionary(r => r.OrderId, r => r.Count);
        foreach (var order in orders)
            Console.WriteLine(orderLineCounts.GetValueOrDefault(order.Id));
        """);

    [Fact]
    public Task CountAwaited() => Fixes(
        """
        foreach (var order in orders)
        {
            var count = await pg.{|DBR101:QuerySingleAsync|}<long>("SELECT COUNT(*) FROM order_lines WHERE order_id = @id AND quantity > 2", new { id = order.Id });
            Console.WriteLine(count);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderLineCounts = (await pg.QueryAsync<(int OrderId, long Count)>("SELECT order_id, COUNT(*) FROM order_lines WHERE order_id = ANY(@orderIds) AND quantity > 2 GROUP BY order_id", new { orderIds }))
            .ToDictionary(r => r.OrderId, r => r.Count);
        foreach (var order in orders)
        {
            var count = orderLineCounts.GetValueOrDefault(order.Id);
            Console.WriteLine(count);
        }
        """);

    [Fact]
    public Task Existence() => Fixes(
        """
        foreach (var order in orders)
        {
            if (connection.{|DBR101:ExecuteScalar|}<bool>("SELECT 1 FROM Payments WHERE OrderId = @id LIMIT 1", new { id = order.Id }))
                Console.WriteLine(order.Number);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderIdsWithPayments = connection.Query<int>("SELECT DISTINCT OrderId FROM Payments WHERE OrderId IN @orderIds", new { orderIds })
            .ToHashSet();
        foreach (var order in orders)
        {
            if (orderIdsWithPayments.Contains(order.Id))
                Console.WriteLine(order.Number);
        }
        """);

    [Fact]
    public Task ExistenceByCountAwaited() => Fixes(
        """
        foreach (var order in orders)
        {
            if (await pg.{|DBR101:ExecuteScalarAsync|}<bool>("SELECT COUNT(1) FROM Payments WHERE OrderId = @id", new { id = order.Id }))
                Console.WriteLine(order.Number);
        }
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        var orderIdsWithPayments = (await pg.QueryAsync<int>("SELECT DISTINCT OrderId FROM Payments WHERE OrderId = ANY(@orderIds)", new { orderIds }))
            .ToHashSet();
        foreach (var order in orders)
        {
            if (orderIdsWithPayments.Contains(order.Id))
                Console.WriteLine(order.Number);
        }
        """);

    [Fact]
    public Task ElementIsTheKey() => Fixes(
        """
        List<Guid> codes = [.. orders.Select(o => Guid.Parse(o.Number))];
        foreach (var code in codes)
        {
            var product = pg.{|DBR101:QueryFirstOrDefault|}<Product>("SELECT * FROM Products WHERE Code = @code", new { code });
            Console.WriteLine(product?.Name);
        }
        """,
        """
        List<Guid> codes = [.. orders.Select(o => Guid.Parse(o.Number))];
        var productsByCode = pg.Query<Product>("SELECT * FROM Products WHERE Code = ANY(@codes)", new { codes }).ToLookup(p => p.Code);
        foreach (var code in codes)
        {
            var product = productsByCode[code].FirstOrDefault();
            Console.WriteLine(product?.Name);
        }
        """);

    [Fact]
    public Task ElementOfASetIsTheKey() => Fixes(
        """
        IReadOnlyCollection<int> ids = [.. orders.Select(o => o.Id)];
        foreach (var id in ids)
            Console.WriteLine(connection.{|DBR101:ExecuteScalar|}<int>("SELECT COUNT(*) FROM OrderLines WHERE OrderId = @id", new { id }));
        """,
        """
        IReadOnlyCollection<int> ids = [.. orders.Select(o => o.Id)];
        var idList = ids.ToList();
        var orderLineCounts = connection.Query<(int OrderId, int Count)>("SELECT OrderId, COUNT(*) FROM OrderLines WHERE OrderId IN @idList GROUP BY OrderId", new { idList })
            .ToDictionary(r => r.OrderId, r => r.Count);
        foreach (var id in ids)
            Console.WriteLine(orderLineCounts.GetValueOrDefault(id));
        """);

    [Fact]
    public Task DialectOfACreatedConnection() => Fixes(
        """
        using DbConnection own = new SqliteConnection("Data Source=shop.db");
        foreach (var order in orders)
        {
            var customer = own.{|DBR101:QueryFirstOrDefault|}<Customer>("SELECT * FROM Customers WHERE Id = @id", new { id = order.CustomerId });
            Console.WriteLine(customer?.Name);
        }
        """,
        """
        using DbConnection own = new SqliteConnection("Data Source=shop.db");
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = own.Query<Customer>("SELECT * FROM Customers WHERE Id IN @customerIds", new { customerIds })
            .ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """);
}
