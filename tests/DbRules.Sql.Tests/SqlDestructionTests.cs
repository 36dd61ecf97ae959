using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>Which statements destroy data.</summary>
public sealed class SqlDestructionTests
{
    [Theory]
    [InlineData("DROP TABLE t", "Table DROP TABLE: t")]
    [InlineData("drop table if exists s.t, [u] cascade", "Table drop table: t,u")]
    [InlineData("DROP TABLE {0}", "Table DROP TABLE: ")]
    [InlineData("DROP TABLE ~", "Table DROP TABLE: ")]
    [InlineData("DROP TABLE ~.orders", "Table DROP TABLE: orders")]
    [InlineData("DROP TABLE #t", "Table DROP TABLE: #t")]
    [InlineData("DROP DATABASE IF EXISTS shop", "Database DROP DATABASE: shop")]
    [InlineData("DROP SCHEMA sales CASCADE", "Schema DROP SCHEMA: sales")]
    [InlineData("DROP SCHEMA IF EXISTS \"~\"", "Schema DROP SCHEMA: ")]
    [InlineData("TRUNCATE TABLE t", "Rows TRUNCATE TABLE: t")]
    [InlineData("TRUNCATE s.t, u RESTART IDENTITY", "Rows TRUNCATE: t,u")]
    [InlineData("ALTER TABLE t DROP COLUMN a", "Column DROP COLUMN: t")]
    [InlineData("ALTER TABLE t ADD b int, DROP COLUMN IF EXISTS a", "Column DROP COLUMN: t")]
    [InlineData("DROP TABLE [dbo].[t]\n\nCREATE TABLE [dbo].[t] (a int)", "Table DROP TABLE: t")]
    [InlineData("DROP TABLE IF EXISTS t CREATE TABLE t (a int)", "Table DROP TABLE: t")]
    [InlineData("IF OBJECT_ID('t') IS NOT NULL DROP TABLE t", "Table DROP TABLE: t")]
    public void Destroys(string sql, string expected) => Assert.Equal(expected, Assert.Single(Found(sql)));

    [Theory]
    [InlineData("DROP INDEX i ON t")]
    [InlineData("DROP VIEW v")]
    [InlineData("DROP FUNCTION f")]
    [InlineData("DROP PROCEDURE p")]
    [InlineData("DROP TRIGGER g")]
    [InlineData("ALTER TABLE t DROP CONSTRAINT c")]
    [InlineData("ALTER TABLE t DROP PARTITION p")]
    [InlineData("ALTER TABLE t ADD b int")]
    [InlineData("ALTER TABLE t ALTER COLUMN b DROP NOT NULL")]
    [InlineData("CREATE TABLE t (a int)")]
    [InlineData("SELECT 'DROP TABLE t' -- TRUNCATE TABLE t")]
    [InlineData("DELETE FROM t")]
    public void Destroys_nothing(string sql) => Assert.Empty(Found(sql));

    private static IEnumerable<string> Found(string sql)
    {
        SqlScript script = SqlScript.Parse(Sql.Holes(sql));
        return script.AllStatements.Select(SqlDestruction.Of).OfType<SqlDestruction>().Select(found => $"{found.Kind} {script.Text.At(found.Words)}: {string.Join(',', found.Names)}");
    }
}
