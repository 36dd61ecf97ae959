using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Shop;

/// <summary>A SQLite file that lives as long as this object, with one open connection whose statements are counted.</summary>
public sealed class ShopDatabase : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"shop-{Guid.NewGuid():N}.db");
    private int _statements;

    public ShopDatabase()
    {
        Connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        Connection.Open();
        using var db = NewContext();
        db.Database.EnsureCreated();
        Seed(db);
        // SQLite itself tells of every statement that it runs, whichever library sent it.
        raw.sqlite3_trace(Connection.Handle, (object _, string _) => _statements++, null);
    }

    public SqliteConnection Connection { get; }

    public ShopContext NewContext() => new(new DbContextOptionsBuilder<ShopContext>().UseSqlite(Connection).Options);

    /// <summary>Runs <paramref name="work"/> and returns what it returns, with the number of statements that reached the database.</summary>
    public async Task<(T Result, int Statements)> CountAsync<T>(Func<Task<T>> work)
    {
        var before = _statements;
        var result = await work();
        return (result, _statements - before);
    }

    public void Dispose()
    {
        Connection.Dispose();
        File.Delete(_file);
    }

    private static void Seed(ShopContext db)
    {
        string[] names = ["Ada", "Barbara", "Edgar", "Grace", "Jim"];
        string[] cities = ["London", "Boston", "San Jose"];
        db.Settings.Add(new Setting { Name = "tax-percent", Value = 20 });
        for (var c = 0; c < names.Length; c++)
        {
            var customer = new Customer { Name = names[c], City = cities[c % cities.Length] };
            for (var o = 0; o < 4; o++)
                customer.Orders.Add(new Order { Cents = 1000 + (c * 250) + (o * 40), Shipped = o == 0 });
            db.Customers.Add(customer);
        }

        db.SaveChanges();
    }
}
