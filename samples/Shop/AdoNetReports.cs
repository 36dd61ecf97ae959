using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Shop;

/// <summary>Reports on connections of their own: who releases them?</summary>
public sealed class AdoNetReports(ShopDatabase database)
{
    /// <summary>When there is no such customer, the connection stays open.</summary>
    public string? CityOf(int customerId)
    {
        var connection = database.Open();
        using var command = new SqliteCommand("SELECT City FROM Customers WHERE Id = @id", connection);
        command.Parameters.AddWithValue("@id", customerId);
        if (command.ExecuteScalar() is not string city)
            return null;

        connection.Dispose();
        return city;
    }

    /// <summary>The reader keeps the shared connection busy.</summary>
    public string? CourierOf(DbConnection connection, int orderId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT c.Name FROM Couriers c JOIN Orders o ON o.CourierId = c.Id WHERE o.Id = @id";
        command.Parameters.Add(new SqliteParameter("@id", orderId));
        var reader = command.ExecuteReader();
        return reader.Read() ? reader.GetString(0) : null;
    }
}
