using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShopModel;

namespace DbRules.ExecutionTests;

/// <summary>The database of this project: SQLite in memory, which is always there.</summary>
public static class TestDatabase
{
    private static readonly Lazy<SqliteShop> LazyCurrent = new(() => new SqliteShop());

    /// <summary>Null: the tests run.</summary>
    public static string? SkipReason => null;

    /// <summary>From C# 14 on, Contains of an array is a method of spans, which this EF Core does not translate.</summary>
    public static LanguageVersion Language => LanguageVersion.CSharp13;

    public static ShopDatabase Current => LazyCurrent.Value;
}

/// <summary>Copies one filled in-memory database for every session.</summary>
internal sealed class SqliteShop : ShopDatabase
{
    private readonly SqliteConnection _template = new("Data Source=:memory:");

    public SqliteShop()
    {
        SqlMapper.RemoveTypeMap(typeof(Guid));
        SqlMapper.RemoveTypeMap(typeof(Guid?));
        SqlMapper.AddTypeHandler(new GuidAsText());
        _template.Open();
        using var db = new ShopContext(new DbContextOptionsBuilder().UseSqlite(_template).Options);
        ShopSeed.Fill(db);
    }

    public override Task<ShopSession> OpenAsync()
    {
        lock (_template)
            return Task.FromResult<ShopSession>(new SqliteSession(_template));
    }

    /// <summary>SQLite has no type for it; Dapper leaves the reading of text to us.</summary>
    private sealed class GuidAsText : SqlMapper.TypeHandler<Guid>
    {
        public override Guid Parse(object value) => Guid.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!);

        public override void SetValue(IDbDataParameter parameter, Guid value) => parameter.Value = value;
    }
}

/// <summary>A named in-memory database; it lives as long as the connection that keeps it.</summary>
internal sealed class SqliteSession : ShopSession
{
    private readonly string _connectionString = $"Data Source=shop-{Guid.NewGuid():N};Mode=Memory;Cache=Shared";

    private readonly SqliteConnection _keeper;

    public SqliteSession(SqliteConnection template)
    {
        _keeper = new SqliteConnection(_connectionString);
        _keeper.Open();
        template.BackupDatabase(_keeper);
        Connection = new LoggingSqliteConnection(_connectionString, Log);
        ContextOptions = new DbContextOptionsBuilder().UseSqlite(Connection).Options;
    }

    public override DbConnection Connection { get; }

    public override DbContextOptions ContextOptions { get; }

    public override async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _keeper.DisposeAsync();
    }

    protected override DbConnection CreateUnloggedConnection() => new SqliteConnection(_connectionString);
}

/// <summary>A connection that logs under EF Core, Dapper and ADO.NET alike: all of them ask it for their commands.</summary>
internal sealed class LoggingSqliteConnection(string connectionString, CommandLog log) : SqliteConnection(connectionString)
{
    public override SqliteCommand CreateCommand() => new LoggingSqliteCommand(log)
    {
        Connection = this,
        CommandTimeout = DefaultTimeout,
        Transaction = Transaction,
    };

    protected override DbCommand CreateDbCommand() => CreateCommand();
}

/// <summary>Every way of execution ends in this one reader.</summary>
internal sealed class LoggingSqliteCommand(CommandLog log) : SqliteCommand
{
    public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
    {
        log.Add(CommandText);
        return base.ExecuteReader(behavior);
    }
}
