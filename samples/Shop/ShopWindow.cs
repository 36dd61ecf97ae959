using Dapper;
using Microsoft.Data.Sqlite;

namespace Shop;

/// <summary>A fresh database, with a connection and a context for whatever is shown on it.</summary>
internal sealed class ShopWindow : IDisposable
{
    public ShopWindow()
    {
        Database = new ShopDatabase();
        Connection = Database.Open();
        Db = Database.NewContext();
    }

    public ShopDatabase Database { get; }

    public SqliteConnection Connection { get; }

    public ShopContext Db { get; }

    public EfCoreOrders Ef => new(Db, new PaymentStore(Db));

    public EfCoreCatalog Catalog => new(Db);

    public DapperOrders Dapper => new(Connection);

    public AdoNetOrders Ado => new(Connection);

    /// <summary>What is in the database now, asked on a connection of its own.</summary>
    public IEnumerable<string> Rows(string sql)
    {
        using var connection = Database.Open();
        return connection.Query<string>(sql).ToList();
    }

    public void Dispose()
    {
        Db.Dispose();
        Connection.Dispose();
        Database.Dispose();
    }
}
