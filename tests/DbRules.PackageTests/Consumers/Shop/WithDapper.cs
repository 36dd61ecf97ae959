using System.Data;
using Dapper;

namespace Shop;

public static class WithDapper
{
    public static void Print(IDbConnection connection, List<int> ids)
    {
        foreach (var id in ids)
        {
            var customer = connection.QueryFirstOrDefault<Customer>("SELECT Id, Name FROM Customers WHERE Id = @id", new { id });
            Console.WriteLine(customer?.Name);
        }
    }

    public static void PrintAll(IDbConnection connection, List<int> ids)
    {
        foreach (var customer in connection.Query<Customer>("SELECT Id, Name FROM Customers WHERE Id IN @ids", new { ids }))
            Console.WriteLine(customer.Name);
    }
}
