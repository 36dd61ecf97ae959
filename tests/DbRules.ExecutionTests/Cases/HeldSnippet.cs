using System.Text.Json.Nodes;
using DbRules.CodeFixes.Lifetimes;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>
/// Runs a method before and after a fix, and looks at what it still holds when it is through. On PostgreSQL its connections come from a pool of its own
/// with one place, and the driver counts those that are given out; on SQLite a connection counts itself as long as it is open. Commands and contexts count themselves.
/// </summary>
internal static class HeldSnippet
{
    private const int MostTries = 5;

    private const string Sqlite =
        """
        sealed class Pooled : Microsoft.Data.Sqlite.SqliteConnection
        {
            private static int open;

            public Pooled(string text) : base(text) => StateChange += (_, change) => open += change.CurrentState == ConnectionState.Open ? 1 : change.CurrentState == ConnectionState.Closed ? -1 : 0;

            public static string TextOf(DbConnection connection) => connection.ConnectionString;

            public static bool IsHeld(string text) => open > 0;
        }
        """;

    private const string PostgreSql =
        """
        static class Pool
        {
            public static string TextOf(DbConnection connection) => connection.ConnectionString + ";Maximum Pool Size=1;Application Name=" + Guid.NewGuid().ToString("N");

            // The driver's own count of the connections that its pool has given out: nothing has to wait for a place that never comes free.
            public static bool IsHeld(string text)
            {
                var counts = new List<int>();
                using var listener = new MeterListener();
                listener.SetMeasurementEventCallback<int>((instrument, count, tags, state) =>
                {
                    var tag = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
                    if (instrument.Name == "db.client.connection.count" && (string)tag["db.client.connection.pool.name"] == text && (string)tag["db.client.connection.state"] == "used")
                        counts.Add(count);
                });
                listener.InstrumentPublished = (instrument, _) =>
                {
                    if (instrument.Meter.Name == "Npgsql")
                        listener.EnableMeasurementEvents(instrument);
                };
                listener.Start();
                listener.RecordObservableInstruments();
                return counts.Single() > 0;
            }
        }
        """;

    private const string Counted =
        """
        sealed class CountedShop : ShopContext
        {
            public CountedShop(DbContextOptions options) : base(options) => Counted.Alive++;

            public override void Dispose()
            {
                Counted.Alive--;
                base.Dispose();
            }

            public override ValueTask DisposeAsync()
            {
                Counted.Alive--;
                return base.DisposeAsync();
            }
        }

        sealed class Counted : DbCommand
        {
            public static int Alive;
            private readonly DbCommand inner;

            public Counted(string text, DbConnection connection)
            {
                inner = connection.CreateCommand();
                inner.CommandText = text;
                Alive++;
            }

            public override string CommandText { get => inner.CommandText; set => inner.CommandText = value; }
            public override int CommandTimeout { get => inner.CommandTimeout; set => inner.CommandTimeout = value; }
            public override CommandType CommandType { get => inner.CommandType; set => inner.CommandType = value; }
            public override bool DesignTimeVisible { get; set; }
            public override UpdateRowSource UpdatedRowSource { get; set; }
            protected override DbConnection DbConnection { get => inner.Connection; set => inner.Connection = value; }
            protected override DbParameterCollection DbParameterCollection => inner.Parameters;
            protected override DbTransaction DbTransaction { get => inner.Transaction; set => inner.Transaction = value; }
            public override void Cancel() => inner.Cancel();
            public override int ExecuteNonQuery() => inner.ExecuteNonQuery();
            public override object ExecuteScalar() => inner.ExecuteScalar();
            public override void Prepare() => inner.Prepare();
            protected override DbParameter CreateDbParameter() => inner.CreateParameter();
            protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => inner.ExecuteReader(behavior);

            protected override void Dispose(bool disposing)
            {
                if (disposing)
                {
                    Alive--;
                    inner.Dispose();
                }

                base.Dispose(disposing);
            }
        }
        """;

    /// <summary>How a method tells whether it still holds a connection, a command or a context.</summary>
    public const string HoldsConnection = "Pooled.IsHeld(text)", HoldsCounted = "Counted.Alive > 0";

    /// <summary>Whether the next reader, or the next transaction, finds its connection taken.</summary>
    public const string RefusesTable = "Refuses(() => { using var next = connection.CreateCommand(); next.CommandTimeout = 1; next.CommandText = \"create table probe (id int)\"; next.ExecuteNonQuery(); next.CommandText = \"drop table probe\"; next.ExecuteNonQuery(); })";

    /// <inheritdoc cref="RefusesTable"/>
    public const string RefusesTransaction = "Refuses(() => { using var next = connection.BeginTransaction(); next.Rollback(); })";

    private static bool IsSqlite => TestDatabase.Current.GetType().Name.StartsWith("Sqlite", StringComparison.Ordinal);

    /// <summary>Fails unless the method holds something before the fix and nothing after it, with the same result.</summary>
    /// <param name="body">The method's statements: they get the connection <c>connection</c>, which is open, and the connection string <c>text</c>; <c>Fault()</c> fails where that is asked for.</param>
    /// <param name="holds">What tells whether the method holds something.</param>
    /// <param name="fails">Whether <c>Fault()</c> throws.</param>
    public static async Task IsReleased<TRule, TFix>(string body, string holds, bool fails = false)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        string before = Code(body, holds, fails);
        string after = await ExecutionVerifier.FixedStateCompiles<TRule, TFix>(before);
        (JsonNode held, string rows) = await RunAsync(before);
        // The garbage collector may release what the code forgets before anybody looks: a statement of SQLite is finalized with its handle.
        for (int i = 1; i < MostTries && !IsHeld(held); i++)
            (held, rows) = await RunAsync(before);
        (JsonNode released, string rowsAfter) = await RunAsync(after);
        Assert.True(IsHeld(held), "The code before the fix holds nothing.\n" + before);
        Assert.False(IsHeld(released), "The code after the fix holds something.\n" + after);
        Assert.Equal(held["Result"]?.ToJsonString(), released["Result"]?.ToJsonString());
        Assert.Equal(rows, rowsAfter);
    }

    private static async Task<(JsonNode Result, string Rows)> RunAsync(string code)
    {
        SnippetOutcome outcome = await ExecutionVerifier.OutcomeOf(code);
        Assert.Null(outcome.Exception);
        return (JsonNode.Parse(outcome.Result)!, outcome.Rows);
    }

    private static bool IsHeld(JsonNode result) => (bool)result["Held"]!;

    /// <summary>As the other, with the fix of a declaration.</summary>
    public static Task IsReleased<TRule>(string body, string holds, bool fails = false)
        where TRule : DiagnosticAnalyzer, new() => IsReleased<TRule, UsingDeclarationFix>(body, holds, fails);

    private static string Code(string body, string holds, bool fails) =>
        $$"""
        #nullable disable
        {{(IsSqlite ? "" : "using System.Diagnostics.Metrics;\nusing Pooled = Npgsql.NpgsqlConnection;")}}

        static class Snippet
        {
            private static readonly bool Fails = {{(fails ? "true" : "false")}};

            public static async Task<object> Run(DbConnection connection, CancellationToken ct)
            {
                string text = {{(IsSqlite ? "Pooled" : "Pool")}}.TextOf(connection);
                object result;
                connection.Open();
                try
                {
                    result = await WorkAsync(connection, text, ct);
                }
                catch (InvalidTimeZoneException)
                {
                    result = "failed";
                }

                return new { Result = result, Held = {{(IsSqlite ? holds : holds.Replace("Pooled.IsHeld", "Pool.IsHeld", StringComparison.Ordinal))}} };
            }

            private static async Task<object> WorkAsync(DbConnection connection, string text, CancellationToken ct)
            {
                await Task.Yield();
                {{body.ReplaceLineEndings("\n        ")}}
            }

            private static Pooled Open(string text)
            {
                var opened = new Pooled(text);
                opened.Open();
                return opened;
            }

            private static DbContextOptions Options(string text) => new DbContextOptionsBuilder().{{(IsSqlite ? "UseSqlite" : "UseNpgsql")}}(text).Options;

            private static void Fault()
            {
                if (Fails)
                    throw new InvalidTimeZoneException();
            }

            private static bool Refuses(Action work)
            {
                try
                {
                    work();
                    return false;
                }
                catch (Exception exception) when (exception is DbException or InvalidOperationException)
                {
                    return true;
                }
            }
        }

        {{(IsSqlite ? Sqlite : PostgreSql)}}

        {{Counted}}
        """;
}
