using Microsoft.EntityFrameworkCore;

namespace Chain.Data;

public sealed class Customer
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
}

public sealed class ShopContext : DbContext
{
    public DbSet<Customer> Customers => Set<Customer>();
}

public interface ICustomerStore
{
    Task<Customer?> FindAsync(int id, CancellationToken ct);
}

internal sealed class CustomerStore(ShopContext db) : ICustomerStore
{
    public Task<Customer?> FindAsync(int id, CancellationToken ct) => db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);
}
