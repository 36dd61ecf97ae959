using Microsoft.EntityFrameworkCore;

namespace Shop;

public sealed class Customer
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public string City { get; set; } = "";
    public List<Order> Orders { get; } = [];
}

public sealed class Order
{
    public int Id { get; set; }
    public int CustomerId { get; set; }
    public int? CourierId { get; set; }
    public int Cents { get; set; }
    public bool Shipped { get; set; }
    public Customer? Customer { get; set; }
    public List<OrderLine> Lines { get; } = [];
}

public sealed class OrderLine
{
    public int Id { get; set; }
    public int OrderId { get; set; }
    public int ProductId { get; set; }
    public int Quantity { get; set; }
}

public sealed class Product
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public int Cents { get; set; }
    public int Stock { get; set; }
}

public sealed class Payment
{
    public int Id { get; set; }
    public int OrderId { get; set; }
    public int Cents { get; set; }
}

public sealed class Courier
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
}

public sealed class Setting
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public int Value { get; set; }
}

/// <summary>A line of the orders page: what a customer pays, in cents.</summary>
public sealed record OrderRow(int OrderId, string Customer, int Cents);

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderLine> OrderLines => Set<OrderLine>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<Courier> Couriers => Set<Courier>();
    public DbSet<Setting> Settings => Set<Setting>();
}
