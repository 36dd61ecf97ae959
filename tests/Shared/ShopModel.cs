using Microsoft.EntityFrameworkCore;

namespace ShopModel;

public class ShopContext : DbContext
{
    public ShopContext()
    {
    }

    public ShopContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<Order> Orders { get; set; } = null!;

    public DbSet<Customer> Customers { get; set; } = null!;

    public DbSet<OrderLine> OrderLines { get; set; } = null!;

    public DbSet<Product> Products { get; set; } = null!;

    public DbSet<Payment> Payments { get; set; } = null!;

    public DbSet<Country> Countries { get; set; } = null!;
}

public class Order
{
    public int Id { get; set; }

    public string Number { get; set; } = "";

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public DateTime CreatedAt { get; set; }

    public bool Open { get; set; }

    public List<OrderLine> Lines { get; set; } = new();
}

public class Customer
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    public int CountryId { get; set; }

    public bool Active { get; set; }
}

public class OrderLine
{
    public int Id { get; set; }

    public int OrderId { get; set; }

    public int ProductId { get; set; }

    public int Quantity { get; set; }

    public decimal Price { get; set; }
}

public class Product
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public decimal Price { get; set; }

    public Guid Code { get; set; }

    public int? CategoryId { get; set; }
}

public class Payment
{
    public int Id { get; set; }

    public int OrderId { get; set; }

    public decimal Amount { get; set; }

    public DateTime PaidAt { get; set; }
}

public class Country
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Code { get; set; } = "";
}
