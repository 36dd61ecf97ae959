using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Shop;

/// <summary>A SQLite file that lives as long as this object. It counts the statements that reach it and the connections that are open.</summary>
public sealed class ShopDatabase : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"shop-{Guid.NewGuid():N}.db");
    private readonly OpenedByContext _interceptor;

    public ShopDatabase()
    {
        _interceptor = new OpenedByContext(this);
        using (var db = NewContext())
        {
            db.Database.EnsureCreated();
            Seed(db);
        }

        Statements = 0;
    }

    /// <summary>The statements that reached the database since it was filled.</summary>
    public int Statements { get; private set; }

    /// <summary>The connections that <see cref="Open"/> made and nobody closed.</summary>
    public int OpenConnections { get; private set; }

    private string ConnectionString => $"Data Source={_file};Pooling=False";

    /// <summary>A new open connection; whoever asks for it closes it.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        Count(connection);
        OpenConnections++;
        connection.StateChange += (_, change) => OpenConnections -= change.CurrentState == ConnectionState.Closed ? 1 : 0;
        return connection;
    }

    /// <summary>A new context; whoever asks for it disposes it.</summary>
    public ShopContext NewContext() => new(new DbContextOptionsBuilder<ShopContext>().UseSqlite(ConnectionString).AddInterceptors(_interceptor).Options);

    public void Dispose() => File.Delete(_file);

    /// <summary>SQLite itself tells of every statement that it runs, whichever library sent it.</summary>
    private void Count(SqliteConnection connection) => raw.sqlite3_trace(connection.Handle, (object _, string _) => Statements++, null);

    private static void Seed(ShopContext db)
    {
        string[] names = ["Ada", "Barbara", "Edgar", "Grace", "Miles O'Brien"];
        string[] cities = ["London", "Boston", "L'Aquila"];
        db.Settings.Add(new Setting { Name = "tax-percent", Value = 20 });
        for (var p = 1; p <= 12; p++)
            db.Products.Add(new Product { Name = $"Product {p}", Cents = 150 * p, Stock = 20 });
        foreach (var name in (string[])["Ann", "Bob", "Cleo"])
            db.Couriers.Add(new Courier { Name = name });
        for (var c = 0; c < names.Length; c++)
        {
            var customer = new Customer { Name = names[c], City = cities[c % cities.Length] };
            for (var o = 0; o < 4; o++)
            {
                var order = new Order { Cents = 1000 + (c * 250) + (o * 40), Shipped = o == 0, CourierId = o == 0 ? (c % 2) + 1 : null };
                order.Lines.Add(new OrderLine { ProductId = (c * 2) + 1, Quantity = o + 1 });
                order.Lines.Add(new OrderLine { ProductId = (c * 2) + 2, Quantity = 1 });
                customer.Orders.Add(order);
            }

            db.Customers.Add(customer);
        }

        db.SaveChanges();
        foreach (var order in db.Orders.Where(o => o.Shipped || o.Cents > 1500).OrderBy(o => o.Id).Take(100))
            db.Payments.Add(new Payment { OrderId = order.Id, Cents = order.Cents * 120 / 100 });
        db.SaveChanges();
    }

    private sealed class OpenedByContext(ShopDatabase database) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => database.Count((SqliteConnection)connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            database.Count((SqliteConnection)connection);
            return Task.CompletedTask;
        }
    }
}
