using System.Data.Common;

namespace Shop;

/// <summary>Orders on ADO.NET: queries and writes that run once per element.</summary>
public sealed class AdoNetOrders(DbConnection connection)
{
    /// <summary>One query for the orders, and one more for the customer of each. No fix rewrites commands and readers: <see cref="Page"/> is the way by hand.</summary>
    public List<OrderRow> OpenOrders()
    {
        var orders = ReadOrders();
        var rows = new List<OrderRow>();
        foreach (var order in orders)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT Name FROM Customers WHERE Id = @id";
            AddParameter(command, "@id", order.CustomerId);
            rows.Add(new OrderRow(order.Id, (string)command.ExecuteScalar()!, order.Cents));
        }

        return rows;
    }

    /// <summary>The tax is the same for all rows, and is asked for once per row.</summary>
    public List<OrderRow> WithTax(List<OrderRow> rows)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Value FROM Settings WHERE Name = 'tax-percent'";
        var taxed = new List<OrderRow>();
        foreach (var row in rows)
        {
            var tax = Convert.ToInt32(command.ExecuteScalar());
            taxed.Add(row with { Cents = row.Cents * (100 + tax) / 100 });
        }

        return taxed;
    }

    /// <summary>The same page, with tax, in one statement: the database joins, the loop only reads.</summary>
    public List<OrderRow> Page()
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT o.Id, c.Name, o.Cents * (100 + s.Value) / 100
            FROM Orders o JOIN Customers c ON c.Id = o.CustomerId JOIN Settings s ON s.Name = 'tax-percent'
            WHERE o.Shipped = 0 ORDER BY o.Id LIMIT 50
            """;
        var rows = new List<OrderRow>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(new OrderRow(reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2)));
        return rows;
    }

    /// <summary>One command per order. Where the provider of the connection has batches, a fix sends them as one; SQLite has none.</summary>
    public void Ship(List<int> orderIds)
    {
        foreach (var id in orderIds)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE Orders SET Shipped = 1 WHERE Id = @id";
            AddParameter(command, "@id", id);
            command.ExecuteNonQuery();
        }
    }

    private List<Order> ReadOrders()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Id, CustomerId, Cents FROM Orders WHERE Shipped = 0 ORDER BY Id LIMIT 50";
        var orders = new List<Order>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            orders.Add(new Order { Id = reader.GetInt32(0), CustomerId = reader.GetInt32(1), Cents = reader.GetInt32(2) });
        return orders;
    }

    private static void AddParameter(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
