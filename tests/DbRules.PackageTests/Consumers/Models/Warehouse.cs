namespace Models;

public sealed class Warehouse
{
    public int Count(int product) => product;

    public int Weigh(int product) => product;
}

public static class Stock
{
    public static void Print(Warehouse warehouse, List<int> products)
    {
        foreach (var product in products)
            Console.WriteLine(warehouse.Count(product) + warehouse.Weigh(product));
    }
}
