using Dapper;

namespace Shop;

/// <summary>Reports on connections of their own: who releases them?</summary>
public sealed class DapperReports(ShopDatabase database)
{
    /// <summary>Nobody closes the connection.</summary>
    public async Task<int> CountOpenAsync()
    {
        var connection = database.Open();
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Orders WHERE Shipped = 0");
    }

    /// <summary>No local holds the connection, so nobody can close it.</summary>
    public async Task<int> CountAllAsync() => await database.Open().ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Orders");
}
