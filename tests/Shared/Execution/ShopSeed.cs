using ShopModel;

namespace DbRules.ExecutionTests;

/// <summary>
/// The rows every run starts with. They have the awkward cases: customers without orders, orders without lines or payments, a
/// country that customers name and that does not exist, equal names, and null categories.
/// </summary>
public static class ShopSeed
{
    public const int Countries = 5;
    public const int Customers = 20;
    public const int Products = 12;
    public const int Orders = 40;

    /// <summary>Customers have orders up to this id; those above have none.</summary>
    public const int LastCustomerWithOrders = 15;

    /// <summary>Named by customers 19 and 20, and in no table.</summary>
    public const int MissingCountry = 99;

    private static readonly DateTime Start = new(2025, 1, 1, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>Creates the tables and fills them.</summary>
    public static void Fill(ShopContext db)
    {
        db.Database.EnsureCreated();
        for (int id = 1; id <= Countries; id++)
            db.Countries.Add(new Country { Id = id, Name = $"Country {id}", Code = $"C{id}" });

        for (int id = 1; id <= Customers; id++)
        {
            db.Customers.Add(new Customer
            {
                Id = id,
                Name = $"Customer {id % 10}",
                Email = $"customer{id}@example.org",
                CountryId = id > 18 ? MissingCountry : (id % Countries) + 1,
                Active = id % 4 != 0,
            });
        }

        for (int id = 1; id <= Products; id++)
        {
            db.Products.Add(new Product
            {
                Id = id,
                Name = $"Product {id}",
                Price = id * 2.5m,
                Code = new Guid(id, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                CategoryId = id % 3 == 0 ? null : id % 3,
            });
        }

        for (int id = 1; id <= Orders; id++)
        {
            db.Orders.Add(new Order
            {
                Id = id,
                Number = $"N-{id:000}",
                CustomerId = (id * 7 % LastCustomerWithOrders) + 1,
                CreatedAt = Start.AddHours(id),
                Open = id % 3 == 0,
            });
            for (int line = 0; line < id % 4; line++)
            {
                db.OrderLines.Add(new OrderLine
                {
                    Id = (id * 10) + line,
                    OrderId = id,
                    ProductId = ((id + line) % Products) + 1,
                    Quantity = line + 1,
                    Price = ((id + line) % 7) + 0.99m,
                });
            }

            if (id % 5 != 0)
                db.Payments.Add(new Payment { Id = id, OrderId = id, Amount = id * 1.5m, PaidAt = Start.AddDays(id) });
        }

        db.SaveChanges();
    }
}
