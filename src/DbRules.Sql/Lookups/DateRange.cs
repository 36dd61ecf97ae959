using System.Globalization;
using System.Text.RegularExpressions;

namespace DbRules.Sql;

/// <summary>Writes a condition over the day or the year of a point in time as a range of the column, which an index over it serves.</summary>
public static class DateRange
{
    private const string Parameter = @"[@:]\w+";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>
    /// The condition as a range that holds for the same rows; null where it asks for something else than one day or year that the text states or a conversion makes sure of,
    /// where the column does not hold points in time without a zone, and in other dialects than those of PostgreSQL, MySQL and SQL Server.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="hidden">The condition.</param>
    /// <param name="columnType">The type of the column as the schema writes it.</param>
    /// <param name="dialect">The dialect of the text.</param>
    public static string? Of(SqlText text, HiddenColumn hidden, string columnType, SqlDialect dialect)
    {
        if (hidden.Condition is not { Kind: SqlExpressionKind.Comparison, Operands: [var hiding, var given] } condition || hiding != hidden.Expression || text.Slice(condition.Operator) != "=" || given.HasHole || !IsPointInTime(columnType, dialect))
            return null;
        string column = text.Slice(hidden.Column.Span);
        string asked = text.Slice(hiding.Span);
        string value = text.Slice(given.Span);
        if (IsDay(asked, Regex.Escape(column), dialect))
            return RangeOfDay(column, value, dialect, text);
        if (!IsYear(asked, Regex.Escape(column), dialect) || !Regex.IsMatch(value, "^[1-9][0-9]{3}$") || int.Parse(value, CultureInfo.InvariantCulture) is not (> 1753 and < 9999 and var year))
            return null;
        return Range(column, Literal(new DateTime(year, 1, 1), dialect), Literal(new DateTime(year + 1, 1, 1), dialect), text);
    }

    private static bool IsPointInTime(string type, SqlDialect dialect) => dialect switch
    {
        SqlDialect.PostgreSql => Regex.IsMatch(type, @"^timestamp\s*(\(\d\))?(\s+without\s+time\s+zone)?$", Options),
        SqlDialect.MySql => Regex.IsMatch(type, @"^datetime\s*(\(\d\))?$", Options),
        SqlDialect.SqlServer => Regex.IsMatch(type, @"^\[?(datetime|datetime2|smalldatetime|date)\]?\s*(\(\d\))?$", Options),
        _ => false,
    };

    private static bool IsDay(string asked, string column, SqlDialect dialect) => dialect switch
    {
        SqlDialect.PostgreSql => Regex.IsMatch(asked, $@"^(date\s*\(\s*{column}\s*\)|cast\s*\(\s*{column}\s+as\s+date\s*\)|{column}\s*::\s*date)$", Options),
        SqlDialect.MySql => Regex.IsMatch(asked, $@"^(date\s*\(\s*{column}\s*\)|cast\s*\(\s*{column}\s+as\s+date\s*\))$", Options),
        _ => false,
    };

    private static bool IsYear(string asked, string column, SqlDialect dialect) => dialect switch
    {
        SqlDialect.PostgreSql => Regex.IsMatch(asked, $@"^extract\s*\(\s*year\s+from\s+{column}\s*\)$", Options),
        SqlDialect.MySql => Regex.IsMatch(asked, $@"^(year\s*\(\s*{column}\s*\)|extract\s*\(\s*year\s+from\s+{column}\s*\))$", Options),
        SqlDialect.SqlServer => Regex.IsMatch(asked, $@"^year\s*\(\s*{column}\s*\)$", Options),
        _ => false,
    };

    private static string? RangeOfDay(string column, string value, SqlDialect dialect, SqlText text)
    {
        if (Regex.Match(value, @"^(date\s*)?'(\d{4}-\d{2}-\d{2})'$", Options) is { Success: true } stated)
        {
            return DateTime.TryParseExact(stated.Groups[2].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) && day.Year is > 1753 and < 9999
                ? Range(column, Literal(day, dialect), Literal(day.AddDays(1), dialect), text)
                : null;
        }

        // Without the conversion the parameter may have a time of day, for which no row is asked.
        bool isDay = Regex.IsMatch(value, $@"^(date\s*\(\s*{Parameter}\s*\)|cast\s*\(\s*{Parameter}\s+as\s+date\s*\))$", Options) || (dialect == SqlDialect.PostgreSql && Regex.IsMatch(value, $@"^{Parameter}\s*::\s*date$", Options));
        return isDay ? Range(column, value, value + (dialect == SqlDialect.MySql ? " + INTERVAL 1 DAY" : " + INTERVAL '1 day'"), text) : null;
    }

    private static string Literal(DateTime day, SqlDialect dialect) => dialect switch
    {
        SqlDialect.PostgreSql => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
        SqlDialect.MySql => $"'{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
        // The form that SQL Server reads alike in every language.
        _ => $"'{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}'",
    };

    private static string Range(string column, string from, string end, SqlText text) =>
        $"{column} >= {from} {(text.Joined.IndexOf("WHERE", StringComparison.Ordinal) < 0 ? "and" : "AND")} {column} < {end}";
}
