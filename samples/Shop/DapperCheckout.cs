using System.Data.Common;
using Dapper;

namespace Shop;

/// <summary>Stock on Dapper: writes that belong together.</summary>
public sealed class DapperCheckout(ShopDatabase database)
{
    /// <summary>What was taken from one product is lost when the other one does not exist.</summary>
    public async Task MoveStockAsync(int from, int to, int pieces)
    {
        await using var connection = database.Open();
        await connection.ExecuteAsync("UPDATE Products SET Stock = Stock - @pieces WHERE Id = @from", new { pieces, from });
        await connection.ExecuteAsync("INSERT INTO Products (Id, Name, Cents, Stock) SELECT @to, Name, Cents, @pieces FROM Products WHERE Id = @from", new { to, from, pieces });
    }

    /// <summary>The transaction is rolled back when the method ends, and its caller hears of a success.</summary>
    public async Task<bool> RestockAsync(int productId, int pieces)
    {
        await using var connection = database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("UPDATE Products SET Stock = Stock + @pieces WHERE Id = @productId", new { pieces, productId }, transaction);
        return true;
    }
}
