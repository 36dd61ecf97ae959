namespace Shop;

public static class EfCore
{
    public static void Print(ShopContext db, List<int> ids)
    {
        foreach (var id in ids)
        {
            var customer = db.Customers.FirstOrDefault(x => x.Id == id);
            Console.WriteLine(customer?.Name);
        }
    }

    public static void PrintAll(ShopContext db)
    {
        foreach (var customer in db.Customers.OrderBy(c => c.Id).Take(10).ToList())
            Console.WriteLine(customer.Name);
    }
}
