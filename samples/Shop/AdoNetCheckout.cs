using Microsoft.Data.Sqlite;

namespace Shop;

/// <summary>Payments on ADO.NET: writes that belong together.</summary>
public sealed class AdoNetCheckout(ShopDatabase database)
{
    /// <summary>The command is not given the transaction that is open on its connection, and refuses to run.</summary>
    public void Pay(int orderId, int cents)
    {
        using var connection = database.Open();
        using var command = new SqliteCommand("INSERT INTO Payments (OrderId, Cents) VALUES (@order, @cents)", connection);
        command.Parameters.AddWithValue("@order", orderId);
        command.Parameters.AddWithValue("@cents", cents);
        using var transaction = connection.BeginTransaction();
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>SQLite makes each statement durable by itself: an order without lines may be left.</summary>
    public void Remove(int orderId)
    {
        using var connection = database.Open();
        using var command = new SqliteCommand("DELETE FROM OrderLines WHERE OrderId = @order; DELETE FROM Orders WHERE Id = @order", connection);
        command.Parameters.AddWithValue("@order", orderId);
        command.ExecuteNonQuery();
    }
}
