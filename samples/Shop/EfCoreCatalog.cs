using Microsoft.EntityFrameworkCore;

namespace Shop;

/// <summary>The catalog on EF Core: more rows than are needed, in no order.</summary>
public sealed class EfCoreCatalog(ShopContext db)
{
    /// <summary>Every product there will ever be, on one page.</summary>
    public Task<List<Product>> AllAsync(CancellationToken cancellation) => db.Products.AsNoTracking().ToListAsync(cancellation);

    /// <summary>A page of rows that come in any order: a product may be on two pages, or on none.</summary>
    public Task<List<Product>> PageAsync(int page, CancellationToken cancellation) =>
        db.Products.AsNoTracking().Skip(page * 10).Take(10).ToListAsync(cancellation);

    /// <summary>The database sends all products, and the program throws most of them away.</summary>
    public async Task<List<Product>> CheapAsync(int cents, CancellationToken cancellation)
    {
        var products = await db.Products.AsNoTracking().ToListAsync(cancellation);
        return products.Where(p => p.Cents < cents).OrderBy(p => p.Id).Take(5).ToList();
    }
}
