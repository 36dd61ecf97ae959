using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>Which tables are the database's own.</summary>
public class SystemTablesTests
{
    [Theory]
    [InlineData("information_schema.tables", true)]
    [InlineData("INFORMATION_SCHEMA.COLUMNS", true)]
    [InlineData("pg_catalog.pg_class", true)]
    [InlineData("pg_stat_activity", true)]
    [InlineData("sys.indexes", true)]
    [InlineData("sqlite_master", true)]
    [InlineData("V$SESSION", true)]
    [InlineData("Orders", false)]
    [InlineData("shop.system_events", false)]
    [InlineData("pages", false)]
    [InlineData("dba", false)]
    public void Contains(string table, bool expected)
    {
        SqlTable read = Assert.Single(SqlScript.Parse("SELECT * FROM " + table).Statements[0].Sources);
        Assert.Equal(expected, SystemTables.Contains(read));
    }
}
