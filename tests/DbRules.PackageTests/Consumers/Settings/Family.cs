using System.Data.Common;

namespace Settings;

public static class Family
{
    public static void Print(DbCommand command, DbParameter parameter, List<int> ids)
    {
        foreach (var id in ids)
        {
            parameter.Value = id;
            Console.WriteLine(command.ExecuteScalar());
        }
    }

    public static void PrintThree(DbCommand command, DbParameter parameter)
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            parameter.Value = name;
            Console.WriteLine(name + command.ExecuteScalar());
        }
    }
}
