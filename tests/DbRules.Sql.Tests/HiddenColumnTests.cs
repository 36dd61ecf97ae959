using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>Columns that a condition hides from their index.</summary>
public sealed class HiddenColumnTests
{
    [Theory]
    // SQL Server
    [InlineData("SELECT Id FROM Orders WHERE YEAR(OrderedAt) = @year", SqlDialect.SqlServer, "YEAR(OrderedAt)")]
    [InlineData("SELECT Id FROM [Orders] o WHERE DATEPART(year, o.[OrderedAt]) = 2024", SqlDialect.SqlServer, "DATEPART(year, o.[OrderedAt])")]
    [InlineData("SELECT Id FROM Orders WHERE DATEDIFF(day, OrderedAt, GETDATE()) > 30", SqlDialect.SqlServer, "DATEDIFF(day, OrderedAt, GETDATE())")]
    [InlineData("DELETE FROM Orders WHERE ISNULL(State, 0) = 3", SqlDialect.SqlServer, "ISNULL(State, 0)")]
    [InlineData("SELECT Id FROM Orders WHERE CAST(OrderedAt AS date) = @d", SqlDialect.SqlServer, "")]
    [InlineData("SELECT Id FROM Orders WHERE CONVERT(date, OrderedAt) = @d", SqlDialect.SqlServer, "")]
    // PostgreSQL
    [InlineData("SELECT id FROM orders WHERE lower(number) = lower(@number)", SqlDialect.PostgreSql, "lower(number)")]
    [InlineData("SELECT id FROM orders WHERE ordered_at::date = @d", SqlDialect.PostgreSql, "ordered_at::date")]
    [InlineData("SELECT id FROM orders WHERE date_trunc('month', ordered_at) IN (@a, @b)", SqlDialect.PostgreSql, "date_trunc('month', ordered_at)")]
    [InlineData("SELECT id FROM orders WHERE data ->> 'a' = 'b'", SqlDialect.PostgreSql, "")]
    [InlineData("SELECT id FROM orders WHERE to_tsvector(number) @@ to_tsquery('a')", SqlDialect.PostgreSql, "")]
    // MySQL
    [InlineData("SELECT `Id` FROM `Orders` WHERE DATE(`OrderedAt`) BETWEEN @a AND @b", SqlDialect.MySql, "DATE(`OrderedAt`)")]
    [InlineData("UPDATE Orders SET Open = 0 WHERE Cents / 100 > 5", SqlDialect.MySql, "Cents / 100")]
    // SQLite
    [InlineData("SELECT Id FROM Orders WHERE strftime('%Y', OrderedAt) = '2024'", SqlDialect.Sqlite, "strftime('%Y', OrderedAt)")]
    [InlineData("SELECT Id FROM Orders WHERE '2024' = substr(OrderedAt, 1, 4)", SqlDialect.Sqlite, "substr(OrderedAt, 1, 4)")]
    // Another condition leaves few rows, or nothing is compared with what the statement gives.
    [InlineData("SELECT Id FROM Orders WHERE CustomerId = @id AND YEAR(OrderedAt) = 2024", SqlDialect.SqlServer, "")]
    [InlineData("SELECT Id FROM Orders o JOIN Days d ON DATE(o.OrderedAt) = d.Day", SqlDialect.MySql, "")]
    [InlineData("SELECT Id FROM Orders WHERE YEAR(OrderedAt) <> 2024", SqlDialect.SqlServer, "")]
    [InlineData("SELECT Id FROM Orders WHERE COALESCE(PaidAt, OrderedAt) > @d", SqlDialect.PostgreSql, "")]
    [InlineData("SELECT Id FROM Orders WHERE dbo.Rank(Id) = 3", SqlDialect.SqlServer, "")]
    [InlineData("SELECT YEAR(OrderedAt) FROM Orders WHERE OrderedAt > @d ORDER BY YEAR(OrderedAt)", SqlDialect.SqlServer, "")]
    [InlineData("SELECT State FROM Orders GROUP BY State HAVING COUNT(*) > 3", SqlDialect.MySql, "")]
    [InlineData("SELECT Id FROM Orders WHERE OrderedAt > DATEADD(day, -3, GETDATE())", SqlDialect.SqlServer, "")]
    [InlineData("SELECT Id FROM Orders WHERE OrderedAt > @d -- YEAR(OrderedAt) = 2024", SqlDialect.SqlServer, "")]
    [InlineData("SELECT Id FROM Orders WHERE Number > 'YEAR(OrderedAt) = 2024'", SqlDialect.SqlServer, "")]
    public void Hidden(string sql, SqlDialect dialect, string expected)
    {
        SqlScript script = SqlScript.Parse(sql);
        Assert.Equal(expected, string.Join("; ", script.AllStatements.SelectMany(statement => HiddenColumn.Of(script, statement, dialect)).Select(hidden => script.Text.Slice(hidden.Expression.Span))));
    }
}
