using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using DbRules.Tests.Rules.RoundTrips;
using Xunit;
using Schema = DbRules.Tests.Rules.SqlText.SchemaCode<DbRules.Rules.SqlText.ColumnHiddenFromIndex, DbRules.CodeFixes.SqlText.ColumnHiddenFromIndexFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR509 speaks, and when it is quiet. What counts as hidden is shown with the parser.</summary>
public sealed class ColumnHiddenFromIndexTests
{
    [Theory]
    [InlineData("Use(connection.Query<int>(\"SELECT Id FROM Orders WHERE {|DBR509:YEAR(OrderedAt)|} = @year LIMIT 3\", new { year = 1 }));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT Id FROM Orders WHERE {|DBR509:LOWER(Number)|} = @text LIMIT 3\", new { text = \"a\" }));")]
    [InlineData("Use(npgsql.Query<int>($\"SELECT id FROM orders WHERE {|DBR509:date_trunc('day', ordered_at)|} = @day LIMIT 3\", new { day = 1 }));")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = @\"SELECT COUNT(*) FROM Orders WHERE {|DBR509:Cents / 100|} > 5\"; Use(await command.ExecuteScalarAsync(ct));")]
    [InlineData("using var command = new SqliteCommand(\"SELECT COUNT(*) FROM Orders WHERE {|DBR509:date(OrderedAt)|} = '2024-01-01'\", sqlite); Use(command.ExecuteScalar());")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders WHERE {|DBR509:UPPER(Number)|} = {0}\", \"A\").First());")]
    public Task Reports(string code) => Run(code);

    [Theory]
    [InlineData("SELECT Id FROM Orders WHERE OrderedAt >= @from AND OrderedAt < @to LIMIT 3")]
    [InlineData("SELECT Id FROM Orders WHERE CustomerId = @id AND LOWER(Number) = @text LIMIT 3")]
    [InlineData("SELECT Id FROM Countries WHERE LOWER(Name) = @text")]
    [InlineData("SELECT Id FROM #Found WHERE LOWER(Name) = @text")]
    [InlineData("SELECT name FROM sqlite_master WHERE LOWER(name) = @text")]
    [InlineData("SELECT COUNT(*) FROM Orders GROUP BY YEAR(OrderedAt) HAVING COUNT(*) > 3")]
    public Task Quiet(string sql) => Run($"Use(connection.QueryFirst<string>(\"{sql}\", new {{ id = 1, text = \"a\", from = 1, to = 2 }}));");

    [Theory]
    [InlineData("Use(connection.Query<int>($\"SELECT Id FROM Orders WHERE {connectionString} AND LOWER(Number) = 'a' LIMIT 3\"));")]
    [InlineData("Use(db.Orders.Where(o => o.Number.ToLower() == \"a\").First());")]
    public Task Quiet_where_it_is_not_text_in_view(string code) => Run(code);

    [Theory]
    // Days
    [InlineData("postgresql", "DATE(seen_at) = '2026-01-31'", "seen_at >= DATE '2026-01-31' AND seen_at < DATE '2026-02-01'")]
    [InlineData("postgresql", "CAST(seen_at AS date) = DATE '2024-02-28'", "seen_at >= DATE '2024-02-28' AND seen_at < DATE '2024-02-29'")]
    [InlineData("postgresql", "v.seen_at::date = @day::date", "v.seen_at >= @day::date AND v.seen_at < @day::date + INTERVAL '1 day'")]
    [InlineData("postgresql", "DATE(seen_at) = CAST(@day AS date) AND name <> 'a'", "seen_at >= CAST(@day AS date) AND seen_at < CAST(@day AS date) + INTERVAL '1 day' AND name <> 'a'")]
    [InlineData("mysql", "DATE(seen_on) = '2026-12-31'", "seen_on >= '2026-12-31' AND seen_on < '2027-01-01'")]
    [InlineData("mysql", "DATE(seen_on) = DATE(@day)", "seen_on >= DATE(@day) AND seen_on < DATE(@day) + INTERVAL 1 DAY")]
    // Years
    [InlineData("postgresql", "EXTRACT(YEAR FROM seen_at) = 2026", "seen_at >= DATE '2026-01-01' AND seen_at < DATE '2027-01-01'")]
    [InlineData("mysql", "(YEAR(seen_on) = 2026)", "(seen_on >= '2026-01-01' AND seen_on < '2027-01-01')")]
    [InlineData("sqlserver", "YEAR([seen_on]) = 2026", "[seen_on] >= '20260101' AND [seen_on] < '20270101'")]
    public Task Ranges(string dialect, string condition, string range) => Schema.Fixes(Select(condition, isMarked: true), Select(range, isMarked: false), Visits, dialect);

    [Theory]
    // A parameter may have a time of day, or be no whole number.
    [InlineData("postgresql", "DATE(seen_at) = @day")]
    [InlineData("postgresql", "EXTRACT(YEAR FROM seen_at) = @day")]
    // Other columns and types.
    [InlineData("postgresql", "DATE(zoned_at) = '2026-01-31'")]
    [InlineData("postgresql", "DATE(noted) = '2026-01-31'")]
    [InlineData("postgresql", "DATE(elsewhere) = '2026-01-31'")]
    // Dates that are none, other comparisons and functions.
    [InlineData("postgresql", "DATE(seen_at) = '2026-02-30'")]
    [InlineData("postgresql", "DATE(seen_at) = '31.01.2026'")]
    [InlineData("postgresql", "DATE(seen_at) < '2026-01-31'")]
    [InlineData("postgresql", "EXTRACT(MONTH FROM seen_at) = 1")]
    [InlineData("mysql", "YEAR(seen_on) IN (2026, 2027)")]
    // Text in one database, not known in the other.
    [InlineData("sqlite", "DATE(seen_at) = '2026-01-31'")]
    [InlineData("auto", "DATE(seen_at) = '2026-01-31'")]
    public Task No_range(string dialect, string condition) => Schema.NoFix(Select(condition, isMarked: true), Visits, dialect);

    private const string Visits = "CREATE TABLE visits (id int PRIMARY KEY, name text, seen_at timestamp, seen_on datetime, zoned_at timestamptz, noted text);";

    private static string Select(string condition, bool isMarked)
    {
        string written = isMarked ? System.Text.RegularExpressions.Regex.Replace(condition, @"^(\(?)(.+?)(?= (=|<|IN) )", "$1{|DBR509:$2|}") : condition;
        return $"Use(connection.QueryFirst<int>(\"SELECT v.id FROM visits v WHERE {written} ORDER BY v.id LIMIT 3\", new {{ day = DateTime.Today }}));";
    }

    private static Task Run(string code) => new CSharpAnalyzerVerifier<ColumnHiddenFromIndex>.Test { TestCode = RoundTripTest.Method(code) }.RunAsync();
}
