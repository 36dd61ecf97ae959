using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace DbRules.ExecutionTests;

/// <summary>A kind of database that hands out shops: fresh databases with the same tables and rows.</summary>
public abstract class ShopDatabase
{
    /// <summary>A new database with the rows of <see cref="ShopSeed"/>, untouched by any other.</summary>
    public abstract Task<ShopSession> OpenAsync();
}

/// <summary>One database for one run of code under test.</summary>
public abstract class ShopSession : IAsyncDisposable
{
    private static readonly string[] Tables = ["Countries", "Customers", "OrderLines", "Orders", "Payments", "Products"];

    public CommandLog Log { get; } = new();

    /// <summary>Closed, and logging its commands.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>Options for a context on <see cref="Connection"/>.</summary>
    public abstract DbContextOptions ContextOptions { get; }

    /// <summary>All rows of all tables, read past the log; the code under test must be through.</summary>
    public async Task<Dictionary<string, List<Dictionary<string, object?>>>> ReadAllAsync()
    {
        await using DbConnection connection = CreateUnloggedConnection();
        await connection.OpenAsync();
        var all = new Dictionary<string, List<Dictionary<string, object?>>>();
        foreach (string table in Tables)
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY \"Id\"";
            await using DbDataReader reader = await command.ExecuteReaderAsync();
            List<Dictionary<string, object?>> rows = all[table] = [];
            while (await reader.ReadAsync())
                rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
        }

        return all;
    }

    public abstract ValueTask DisposeAsync();

    protected abstract DbConnection CreateUnloggedConnection();
}
