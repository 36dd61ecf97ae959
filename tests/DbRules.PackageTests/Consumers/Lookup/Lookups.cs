namespace Lookup;

public static class Lookups
{
    public static void Print(ShopContext db, List<int> ids)
    {
        foreach (var id in ids)
        {
            var customer = db.Customers.FirstOrDefault(x => x.Id == id);
            Console.WriteLine(customer?.Name);
        }
    }
}
