using System.Data.Common;
using Dapper;

namespace Shop;

/// <summary>The catalog on Dapper: more rows than are needed, in no order.</summary>
public sealed class DapperCatalog(DbConnection connection)
{
    /// <summary>Every product there will ever be, on one page.</summary>
    public async Task<List<Product>> AllAsync() => (await connection.QueryAsync<Product>("SELECT Id, Name, Cents, Stock FROM Products")).ToList();

    /// <summary>A page of rows that come in any order: a product may be on two pages, or on none. By which column to order is for people to say.</summary>
    public async Task<List<Product>> PageAsync(int skip) =>
        (await connection.QueryAsync<Product>("SELECT Id, Name, Cents, Stock FROM Products LIMIT 10 OFFSET @skip", new { skip })).ToList();

    /// <summary>Sorts the whole table for one product. A better way needs to know the table.</summary>
    public Task<Product> SurpriseAsync() => connection.QuerySingleAsync<Product>("SELECT Id, Name, Cents, Stock FROM Products ORDER BY RANDOM() LIMIT 1");
}
