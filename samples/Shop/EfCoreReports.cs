using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Shop;

/// <summary>Reports on contexts of their own: who releases them?</summary>
public sealed class EfCoreReports(ShopDatabase database)
{
    /// <summary>Nobody disposes the context.</summary>
    public async Task<int> CountOpenAsync(CancellationToken cancellation)
    {
        var db = database.NewContext();
        return await db.Orders.CountAsync(o => !o.Shipped, cancellation);
    }

    /// <summary>The connection belongs to the context, which needs it again.</summary>
    public async Task<int> CountAllAsync(ShopContext db)
    {
        using var connection = db.Database.GetDbConnection();
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Orders");
    }

    /// <summary>The rows are read when somebody walks the result: by then the context is gone.</summary>
    public IEnumerable<string> Cities()
    {
        using var db = database.NewContext();
        return db.Customers.Select(c => c.City).Distinct().OrderBy(c => c);
    }
}
