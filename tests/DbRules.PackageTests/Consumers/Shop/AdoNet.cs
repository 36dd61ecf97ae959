using System.Data.Common;

namespace Shop;

public static class AdoNet
{
    public static void Print(DbCommand command, DbParameter parameter, List<int> ids)
    {
        foreach (var id in ids)
        {
            parameter.Value = id;
            Console.WriteLine(command.ExecuteScalar());
        }
    }

    public static void PrintAll(DbDataReader reader)
    {
        while (reader.Read())
            Console.WriteLine(reader.GetString(0));
    }
}
