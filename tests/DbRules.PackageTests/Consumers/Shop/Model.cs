using Microsoft.EntityFrameworkCore;

namespace Shop;

public sealed class Customer
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
}

public sealed class ShopContext : DbContext
{
    public DbSet<Customer> Customers => Set<Customer>();
}
