using System.Data.Common;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using ShopModel;

namespace DbRules.ExecutionTests;

/// <summary>The database of this project: a PostgreSQL server, started for the first test that asks and stopped after the last.</summary>
public sealed class TestDatabase : IDisposable
{
    private static readonly string? Binaries = PostgreSqlServer.FindBinaries();

    private static readonly Lazy<PostgreSqlShop> LazyCurrent = new(() => new PostgreSqlShop(Binaries!));

    /// <summary>Null: the tests run.</summary>
    public static string? SkipReason => Binaries is null
        ? "No PostgreSQL server binaries that this user can start (pg_config --bindir, /usr/lib/postgresql/*/bin): install the package postgresql to run this test."
        : null;

    /// <summary>The newest language: this EF Core translates all of it.</summary>
    public static LanguageVersion Language => LanguageVersion.Latest;

    public static ShopDatabase Current => LazyCurrent.Value;

    public void Dispose()
    {
        if (LazyCurrent.IsValueCreated)
            LazyCurrent.Value.Dispose();
    }
}

/// <summary>Copies one filled database for every session.</summary>
internal sealed class PostgreSqlShop : ShopDatabase, IDisposable
{
    private const string Template = "shop_template";

    /// <summary>
    /// Tables keep the names that EF Core gives them. A view in lower case for each lets SQL be written without quotes, as on any other database;
    /// keys go on after the last row of the seed.
    /// </summary>
    private const string Finish =
        """
        DO $$
        DECLARE
            t record;
            columns text;
        BEGIN
            FOR t IN SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' LOOP
                SELECT string_agg(format('%I AS %I', column_name, lower(column_name)), ', ' ORDER BY ordinal_position) INTO columns
                FROM information_schema.columns WHERE table_schema = 'public' AND table_name = t.name;
                EXECUTE format('CREATE VIEW %I AS SELECT %s FROM %I', lower(t.name), columns, t.name);
                EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, ''Id''), (SELECT max("Id") FROM %I))', format('%I', t.name), t.name);
            END LOOP;
        END $$
        """;

    private readonly PostgreSqlServer _server;
    private int _sessions;

    public PostgreSqlShop(string binaries)
    {
        _server = PostgreSqlServer.Start(binaries);
        using var db = new ShopContext(new DbContextOptionsBuilder().UseNpgsql(_server.ConnectionString(Template)).Options);
        ShopSeed.Fill(db);
        db.Database.ExecuteSqlRaw(Finish.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }

    public override async Task<ShopSession> OpenAsync()
    {
        string name = $"shop_{Interlocked.Increment(ref _sessions)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        return new PostgreSqlSession(_server.ConnectionString(name), () => ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)"));
    }

    public void Dispose() => _server.Dispose();

    private async Task ExecuteAsync(string command)
    {
        await using var connection = new NpgsqlConnection(_server.ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var statement = new NpgsqlCommand(command, connection);
        await statement.ExecuteNonQueryAsync();
    }
}

/// <summary>One database of the server. Npgsql itself logs each command of the connection, whoever made it.</summary>
internal sealed class PostgreSqlSession : ShopSession
{
    private readonly string _connectionString;
    private readonly Func<Task> _drop;
    private readonly NpgsqlDataSource _source;

    public PostgreSqlSession(string connectionString, Func<Task> drop)
    {
        _connectionString = connectionString;
        _drop = drop;
        var builder = new NpgsqlDataSourceBuilder(connectionString) { ConnectionStringBuilder = { Pooling = true } };
        builder.UseLoggerFactory(new CommandLoggerFactory(Log));
        _source = builder.Build();
        Connection = _source.CreateConnection();
        ContextOptions = new DbContextOptionsBuilder().UseNpgsql(Connection).Options;
    }

    public override DbConnection Connection { get; }

    public override DbContextOptions ContextOptions { get; }

    public override async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _source.DisposeAsync();
        await _drop();
    }

    protected override DbConnection CreateUnloggedConnection() => new NpgsqlConnection(_connectionString);
}

/// <summary>Turns the driver's messages about executed commands and batches into entries of the log; a batch is one round trip, so one entry.</summary>
internal sealed class CommandLoggerFactory(CommandLog log) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => new CommandLogger(categoryName == "Npgsql.Command" ? log : null);

    public void Dispose()
    {
    }

    private sealed class CommandLogger(CommandLog? log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => log is not null && logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name is not ("ExecutingCommand" or "ExecutingBatch"))
                return;

            // "Executing command: SELECT ..."
            string message = formatter(state, exception);
            log?.Add(message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        }
    }
}
