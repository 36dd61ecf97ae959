using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using ShopModel;

namespace DbRules.ExecutionTests;

/// <summary>The database of this project: a PostgreSQL server, started for the first test that asks; it ends with this process.</summary>
public static class TestDatabase
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
}

/// <summary>
/// Hands out copies of one filled database. A copy is some three hundred files, so one that was used is taken again under a new name, with the rows it had at
/// first: nothing that is left of the code before can reach it. One whose tables are no longer those of the first database is thrown away.
/// </summary>
internal sealed class PostgreSqlShop : ShopDatabase
{
    private const string Template = "shop_template";

    /// <summary>
    /// Tables keep the names that EF Core gives them. A view in lower case for each lets SQL be written without quotes, as on any other database;
    /// the first rows are kept beside the tables.
    /// </summary>
    private const string Finish =
        """
        CREATE SCHEMA seed;
        DO $$
        DECLARE
            t record;
            columns text;
        BEGIN
            FOR t IN SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' LOOP
                SELECT string_agg(format('%I AS %I', column_name, lower(column_name)), ', ' ORDER BY ordinal_position) INTO columns
                FROM information_schema.columns WHERE table_schema = 'public' AND table_name = t.name;
                EXECUTE format('CREATE VIEW %I AS SELECT %s FROM %I', lower(t.name), columns, t.name);
                EXECUTE format('CREATE TABLE seed.%I AS TABLE %I', t.name, t.name);
            END LOOP;
        END $$
        """;

    /// <summary>New files for all tables, filled in the first order: not even the place of a row tells what was there before. Keys go on after the last row.</summary>
    private const string Fill =
        """
        DO $$
        DECLARE
            t record;
        BEGIN
            SET LOCAL session_replication_role = replica;
            EXECUTE (SELECT format('TRUNCATE %s', string_agg(format('public.%I', tablename), ', ')) FROM pg_tables WHERE schemaname = 'seed');
            FOR t IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'seed' LOOP
                EXECUTE format('INSERT INTO public.%I SELECT * FROM seed.%I', t.name, t.name);
                EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, ''Id''), max("Id")) FROM seed.%I', format('public.%I', t.name), t.name);
            END LOOP;
        END $$
        """;

    /// <summary>The number and the newest of everything that makes up tables: whatever is added, changed or dropped shows in one of them.</summary>
    private const string Definitions =
        """
        SELECT string_agg(concat(number, ' ', newest), ', ') FROM (
            SELECT count(*) AS number, max(xmin::text::bigint) AS newest FROM pg_attribute
            UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_attrdef
            UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_constraint
            UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_proc
            UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_rewrite
            UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_trigger
            UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_type
        ) AS catalogs
        """;

    private readonly PostgreSqlServer _server;
    private readonly NpgsqlDataSource _databases;
    private readonly ConcurrentQueue<string> _used = new();
    private readonly string _definitions;
    private int _sessions;

    public PostgreSqlShop(string binaries)
    {
        _server = PostgreSqlServer.Start(binaries);
        _databases = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_server.ConnectionString("postgres")) { Pooling = true });
        using var db = new ShopContext(new DbContextOptionsBuilder().UseNpgsql(_server.ConnectionString(Template)).Options);
        ShopSeed.Fill(db);
        using var connection = new NpgsqlConnection(_server.ConnectionString(Template));
        connection.Open();
        connection.Execute(Finish);
        connection.Execute(Fill);
        _definitions = connection.ExecuteScalar<string>(Definitions)!;
    }

    public override async Task<ShopSession> OpenAsync()
    {
        string name = $"shop_{Interlocked.Increment(ref _sessions)}";
        if (!_used.TryDequeue(out string? used) || !await TakeAgainAsync(used, name))
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        return new PostgreSqlSession(_server.ConnectionString(name), () => LeaveAsync(name));
    }

    /// <summary>False: it is gone.</summary>
    private async Task<bool> TakeAgainAsync(string used, string name)
    {
        // Waits for the last connection to end.
        await ExecuteAsync($"ALTER DATABASE {used} RENAME TO {name}");
        await using (var connection = new NpgsqlConnection(_server.ConnectionString(name)))
        {
            await connection.OpenAsync();
            if (await connection.ExecuteScalarAsync<string>(Definitions) == _definitions)
            {
                await connection.ExecuteAsync(Fill);
                return true;
            }
        }

        await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        return false;
    }

    /// <summary>Ends the connections that the code left open.</summary>
    private async Task LeaveAsync(string name)
    {
        await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        _used.Enqueue(name);
    }

    private async Task ExecuteAsync(string command)
    {
        await using NpgsqlConnection connection = await _databases.OpenConnectionAsync();
        await connection.ExecuteAsync(command);
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
