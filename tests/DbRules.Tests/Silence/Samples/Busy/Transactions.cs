// Transactions, connections and SQL text in many shapes. Rules may report here; they must survive any mutation of it.

public partial class Transfers
{
    private const string Table = "Payments";

    private readonly DbConnection _connection;
    private DbTransaction? _current;

    public Transfers(DbConnection connection) => _connection = connection;

    public event Action<int>? Done;

    public required string Name { get; init; }

    public Customer this[int id] => _connection.QuerySingle<Customer>("select * from Customers where Id = @id", new { id });

    public async ValueTask MoveAsync(int from, int to, decimal amount, CancellationToken ct = default)
    {
        await _connection.OpenAsync(ct).ConfigureAwait(false);
        await using DbTransaction transaction = await _connection.BeginTransactionAsync(IsolationLevel.Serializable, ct);
        try
        {
            _current = transaction;
            await _connection.ExecuteAsync($"insert into {Table} (OrderId, Amount) values (@from, {-amount})", new { from }, transaction);
            await _connection.ExecuteAsync("insert into " + Table + " (OrderId, Amount) values (@to, @amount)", new { to, amount }, _current);
            await transaction.CommitAsync(ct);
            Done?.Invoke(to);
        }
        catch (DbException e) when (e.IsTransient)
        {
            await transaction.RollbackAsync(ct);
            throw;
        }
        finally
        {
            await _connection.CloseAsync();
        }
    }

    public static implicit operator DbConnection(Transfers transfers) => transfers._connection;

    public static void Save(ShopContext db, params Span<int> ids)
    {
        using var scope = new System.Transactions.TransactionScope();
        foreach (ref readonly int id in ids)
        {
            db.Orders.Add(new() { CustomerId = id, Lines = [new() { ProductId = id }, .. db.OrderLines.Where(l => l.OrderId == 1)] });
            db.SaveChanges();
            db.Database.ExecuteSqlRaw("""
                UPDATE "Orders"
                SET "Open" = 0 -- all
                WHERE "Id" = {0}
                """, id);
        }

        scope.Complete();
    }

    public dynamic Dynamic(dynamic store, object key)
    {
        foreach (var row in store.Rows)
            store.Find(row.Id, key);
        goto end;
    end:
        return store;
    }

    partial void OnSaved(int count);

    private unsafe int Pointer(int* start, int length, ShopContext db)
    {
        int sum = 0;
        for (int* at = start; at < start + length; at++)
            sum += db.Orders.Find(*at)?.Id ?? 0;
        lock (_connection)
        {
            checked
            {
                return sum + (_current is null ? 0 : stackalloc int[3] is { Length: > 1 } ? 1 : 2);
            }
        }
    }
}

public abstract record Store<TEntity, TKey>(ShopContext Db)
    where TEntity : class
    where TKey : struct, IEquatable<TKey>
{
    public virtual async Task<TEntity?> GetAsync(TKey key) => await Db.Set<TEntity>().FindAsync(key);

    public async Task<Dictionary<TKey, TEntity?>> AllAsync(IEnumerable<TKey> keys)
    {
        Dictionary<TKey, TEntity?> all = new();
        foreach (var key in keys)
            all[key] = all.TryGetValue(key, out var known) ? known : await GetAsync(key);
        return all;
    }
}
