using Microsoft.Data.Sqlite;

namespace Shop;

/// <summary>SQL text for ADO.NET: what a value can change, and what says something else than was meant.</summary>
public sealed class AdoNetSearch(SqliteConnection connection)
{
    /// <summary>A city with an apostrophe breaks the statement, and another one reads what it likes.</summary>
    public long CountIn(string city)
    {
        using var command = new SqliteCommand("SELECT COUNT(*) FROM Customers WHERE City = '" + city + "'", connection);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Nothing equals NULL: there never is such an order.</summary>
    public long CountWithoutCourier()
    {
        using var command = new SqliteCommand("SELECT COUNT(*) FROM Orders WHERE CourierId = NULL", connection);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Empties the table, whatever the method was called for. Which payments are meant is for people to say.</summary>
    public int ForgetPayments(SqliteTransaction transaction)
    {
        using var command = new SqliteCommand("DELETE FROM Payments", connection, transaction);
        return command.ExecuteNonQuery();
    }
}
