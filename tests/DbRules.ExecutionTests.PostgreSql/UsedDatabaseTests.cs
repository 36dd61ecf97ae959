using System.Data.Common;
using Dapper;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>A database that was used before cannot be told from a new one.</summary>
public sealed class UsedDatabaseTests
{
    private const string Rows = "select ctid::text || ' ' || o::text from \"Orders\" o";

    private const string NextKey = "select nextval(pg_get_serial_sequence('\"Orders\"', 'Id'))";

    private const string Databases = "select count(*) from pg_database where datname like 'shop%'";

    [DatabaseTheory]
    [InlineData("select 1")]
    [InlineData("delete from orderlines; delete from orders where id < 9; update orders set number = 'new'")]
    [InlineData("begin; insert into orders (number, customerid, createdat, open) values ('new', 1, now(), true); rollback")]
    [InlineData("begin; update orders set number = 'new'")]
    [InlineData("create table probe (id int); drop table probe")]
    [InlineData("create table probe (id int)")]
    [InlineData("alter table \"Orders\" drop column \"Number\" cascade")]
    [InlineData("alter table \"Orders\" alter column \"Number\" set default 'new'")]
    [InlineData("create index probe on \"Orders\" (\"Number\")")]
    public async Task It_is_as_a_new_one(string use)
    {
        ShopDatabase shop = new PostgreSqlShop(PostgreSqlServer.FindBinaries()!);
        (string[] rows, long key, _) = await UseAsync(shop, use);
        (string[] rowsAgain, long keyAgain, long databases) = await UseAsync(shop, "select 1");

        Assert.Equal(ShopSeed.Orders, rows.Length);
        Assert.Equal(rows, rowsAgain);
        Assert.Equal(key, keyAgain);
        // The template and one more.
        Assert.Equal(2, databases);
    }

    /// <summary>Looks at a database and then uses it, with a connection that is left open.</summary>
    private static async Task<(string[] Rows, long Key, long Databases)> UseAsync(ShopDatabase shop, string use)
    {
        await using ShopSession session = await shop.OpenAsync();
        await using DbConnection connection = session.Connection;
        await connection.OpenAsync();
        string[] rows = [.. await connection.QueryAsync<string>(Rows)];
        long key = await connection.ExecuteScalarAsync<long>(NextKey);
        long databases = await connection.ExecuteScalarAsync<long>(Databases);
        var left = new Npgsql.NpgsqlConnection(connection.ConnectionString);
        await left.OpenAsync();
        await left.ExecuteAsync(use);
        return (rows, key, databases);
    }
}
