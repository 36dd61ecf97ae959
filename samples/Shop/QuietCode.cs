using System.Data.Common;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Shop;

/// <summary>What looks like the harm and is none: no rule speaks here.</summary>
public sealed class QuietCode(ShopContext db, DbConnection connection)
{
    /// <summary>One statement per two hundred ids: the loop is the batch.</summary>
    public async Task<List<Order>> FindAsync(IEnumerable<int> ids, CancellationToken cancellation)
    {
        var found = new List<Order>();
        foreach (var chunk in ids.Chunk(200))
        {
            var part = chunk.ToList();
            found.AddRange(await db.Orders.AsNoTracking().Where(o => part.Contains(o.Id)).ToListAsync(cancellation));
        }

        return found;
    }

    /// <summary>Asks only for what is not in the cache yet.</summary>
    public async Task<List<string>> CitiesAsync(IEnumerable<int> customerIds, Dictionary<int, string> cache)
    {
        var cities = new SortedSet<string>();
        foreach (var id in customerIds)
        {
            if (!cache.TryGetValue(id, out var city))
                cache[id] = city = await connection.QuerySingleAsync<string>("SELECT City FROM Customers WHERE Id = @id", new { id });
            cities.Add(city);
        }

        return [.. cities];
    }

    /// <summary>Tries again when the database is busy: the loop is a retry.</summary>
    public long CountOrders()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM Orders";
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (long)command.ExecuteScalar()!;
            }
            catch (DbException) when (attempt < 3)
            {
                Thread.Sleep(50 * attempt);
            }
        }
    }
}
