using System.Data.Common;

namespace Legacy;

public static class Orders
{
    public static void Print(DbCommand command, DbParameter parameter, List<int> ids)
    {
        foreach (var id in ids)
        {
            parameter.Value = id;
            Console.WriteLine(command.ExecuteScalar());
            // one more
        }
    }

    public static void Discount(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE Orders SET Price = NULL WHERE Discount = NULL";
        command.ExecuteNonQuery();
    }
}
