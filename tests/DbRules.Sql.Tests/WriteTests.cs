using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>Statements that write: which tables, which columns, under which condition.</summary>
public sealed class WriteTests
{
    [Theory]
    // INSERT
    [InlineData("INSERT INTO s.t (a, [b]) VALUES (1, @b), (2, @c)", "Written s.t", "a,b", "", null)]
    [InlineData("INSERT INTO t VALUES (1)", "Written t", "", "", null)]
    [InlineData("INSERT INTO t DEFAULT VALUES", "Written t", "", "", null)]
    [InlineData("INSERT IGNORE INTO t SET a = 1, b = 2", "Written t", "", "a = 1,b = 2", null)]
    [InlineData("INSERT OR REPLACE INTO t (a) VALUES (1)", "Written t", "a", "", null)]
    [InlineData("INSERT INTO t (a) SELECT b FROM u WHERE c = 1", "Written t, Read u", "a", "", null)]
    [InlineData("INSERT INTO t (a) OUTPUT inserted.Id VALUES (1)", "Written t", "a", "", null)]
    [InlineData("INSERT INTO t (a) VALUES (1) ON CONFLICT (a) WHERE b = 1 DO UPDATE SET a = excluded.a, c = 2 WHERE t.d = 3 RETURNING a, *", "Written t", "a", "a = excluded.a,c = 2", null)]
    [InlineData("INSERT INTO t (a) VALUES (1) ON CONFLICT ON CONSTRAINT k DO NOTHING", "Written t", "a", "", null)]
    [InlineData("INSERT INTO t AS x (a) VALUES (1) ON CONFLICT DO NOTHING", "Written t", "a", "", null)]
    [InlineData("INSERT INTO t (a) VALUES (1) AS new ON DUPLICATE KEY UPDATE a = VALUES(a), b = new.b", "Written t", "a", "a = VALUES(a),b = new.b", null)]
    [InlineData("INSERT INTO #t (a) EXEC p @x", "Written #t", "a", "", null)]
    [InlineData("INSERT INTO t (a) (SELECT 1)", "Written t", "a", "", null)]
    [InlineData("WITH x AS (SELECT a FROM u) INSERT INTO t SELECT a FROM x", "Read u, Written t", "", "", null)]
    [InlineData("REPLACE INTO t (a) VALUES (1)", "Written t", "a", "", null)]
    [InlineData("INSERT INTO \"s\".set (key, value) VALUES (@k, @v)", "Written s.set", "key,value", "", null)]
    // UPDATE
    [InlineData("UPDATE t SET a = 1, b = b + 1 WHERE c = @p", "Written t", "", "a = 1,b = b + 1", "c = @p")]
    [InlineData("UPDATE t SET a = u.a FROM u WHERE u.id = t.id", "Read u, Written t", "", "a = u.a", "u.id = t.id")]
    [InlineData("UPDATE x SET a = 1 FROM s.t x JOIN u ON u.id = x.id", "Read s.t, Read u, Written s.t", "", "a = 1", null)]
    [InlineData("UPDATE t, u SET t.a = u.a WHERE t.id = u.id", "Written t, Written u", "", "t.a = u.a", "t.id = u.id")]
    [InlineData("UPDATE TOP (5) t SET a = 1 OUTPUT deleted.a INTO @rows WHERE b IS NULL", "Written t, Written @rows", "", "a = 1", "b IS NULL")]
    [InlineData("UPDATE ONLY t AS x SET (a, b) = (1, 2) WHERE x.c IN (SELECT c FROM u) RETURNING x.*", "Written t, Read u", "", "(a, b) = (1, 2)", "x.c IN (SELECT c FROM u)")]
    [InlineData("UPDATE t SET a += 1 WHERE CURRENT OF c", "Written t", "", "a += 1", null)]
    // DELETE
    [InlineData("DELETE FROM t", "Written t", "", "", null)]
    [InlineData("DELETE t WHERE a = 1", "Written t", "", "", "a = 1")]
    [InlineData("DELETE FROM t x USING u WHERE u.id = x.id", "Written t, Read u", "", "", "u.id = x.id")]
    [InlineData("DELETE x FROM t x JOIN u ON u.id = x.id WHERE u.b = 1", "Read t, Read u, Written t", "", "", "u.b = 1")]
    [InlineData("DELETE a, b FROM t a JOIN u b ON a.id = b.id", "Read t, Read u, Written t, Written u", "", "", null)]
    [InlineData("DELETE FROM t FROM t JOIN u ON u.id = t.id WHERE u.b = 1", "Written t, Read t, Read u", "", "", "u.b = 1")]
    [InlineData("DELETE FROM t OUTPUT deleted.* WHERE a = 1", "Written t", "", "", "a = 1")]
    [InlineData("DELETE FROM t WITH (ROWLOCK) WHERE a = 1 OPTION (MAXDOP 1)", "Written t", "", "", "a = 1")]
    // MERGE
    [InlineData("MERGE INTO t WITH (HOLDLOCK) AS x USING (VALUES (@a)) AS s (a) ON x.a = s.a WHEN MATCHED AND x.b = 1 THEN UPDATE SET b = 2 WHEN NOT MATCHED BY TARGET THEN INSERT (a, b) VALUES (s.a, 1) WHEN NOT MATCHED BY SOURCE THEN DELETE OUTPUT $action", "Written t", "a,b", "b = 2", null)]
    [InlineData("MERGE t USING u ON t.a = u.a WHEN MATCHED THEN DO NOTHING", "Written t, Read u", "", "", null)]
    // DDL
    [InlineData("CREATE TEMP TABLE IF NOT EXISTS t (a int DEFAULT 1)", "Created t", "", "", null)]
    [InlineData("CREATE TABLE t AS SELECT a FROM u", "Created t, Read u", "", "", null)]
    [InlineData("ALTER TABLE s.t ADD COLUMN a int", "Altered s.t", "", "", null)]
    [InlineData("DROP TABLE IF EXISTS t, u CASCADE", "Dropped t, Dropped u", "", "", null)]
    [InlineData("TRUNCATE TABLE t", "Written t", "", "", null)]
    [InlineData("TRUNCATE t", "Written t", "", "", null)]
    [InlineData("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)", "Altered t", "", "", null)]
    [InlineData("CREATE VIEW v AS SELECT a FROM t WITH CHECK OPTION", "Read t", "", "", null)]
    public void What_a_statement_writes(string sql, string tables, string columns, string assignments, string? where)
    {
        SqlText text = SqlText.From(sql);
        SqlStatement statement = Assert.Single(SqlScript.Parse(text).Statements);
        Assert.True(statement.IsUnderstood, text.At(statement.NotUnderstood));
        Assert.Equal(tables, Tables(statement));
        Assert.Equal(columns, string.Join(",", statement.Columns));
        Assert.Equal(assignments, string.Join(",", statement.Assignments.Select(assignment => text.At(assignment.Span))));
        Assert.Equal(where, text.At(statement.Where?.Span));
    }

    [Theory]
    [InlineData("DELETE FROM t RETURNING a, b AS c", "a, b AS c")]
    [InlineData("INSERT INTO t (a) OUTPUT inserted.Id, inserted.b VALUES (1)", "inserted.Id, inserted.b")]
    [InlineData("DELETE FROM t", "")]
    public void What_it_returns(string sql, string expected)
    {
        SqlText text = SqlText.From(sql);
        Assert.Equal(expected, string.Join(", ", SqlScript.Parse(text).Statements[0].Returned.Select(item => text.At(item.Span))));
    }

    [Fact]
    public void A_where_without_a_condition_is_one_and_is_marked()
    {
        SqlStatement statement = SqlScript.Parse("DELETE FROM t WHERE").Statements[0];
        Assert.NotNull(statement.WhereClause);
        Assert.Null(statement.Where);
        Assert.False(statement.IsUnderstood);
    }

    [Fact]
    public void A_common_table_expression_may_write()
    {
        SqlScript script = SqlScript.Parse("WITH d AS (DELETE FROM t WHERE a = 1 RETURNING *) SELECT * FROM d JOIN u ON u.a = d.a");
        SqlStatement statement = Assert.Single(script.Statements);
        Assert.True(statement.IsUnderstood);
        Assert.Equal("Written t, Read u", Tables(statement));
        Assert.Equal([SqlStatementKind.Select, SqlStatementKind.Delete], script.AllStatements.Select(one => one.Kind));
        Assert.NotNull(Assert.Single(statement.CommonTables).Statement!.Where);
    }

    [Theory]
    [InlineData("IF EXISTS (SELECT 1 FROM t) UPDATE t SET a = 1 ELSE INSERT INTO t VALUES (1)", "Other, Update, Other, Insert")]
    [InlineData("IF @a = 1 BEGIN SELECT 1; DELETE FROM t WHERE b = 2 END", "Other, Other, Select, Delete")]
    [InlineData("BEGIN TRY UPDATE t SET a = 1; END TRY BEGIN CATCH ROLLBACK; THROW; END CATCH", "Other, Update, Transaction, Other")]
    [InlineData("BEGIN UPDATE t SET a = CASE WHEN b = 1 THEN 2 ELSE 3 END; END", "Other, Update")]
    [InlineData("EXPLAIN DELETE FROM t", "Other, Delete")]
    [InlineData("WHILE @@ROWCOUNT > 0 DELETE TOP (100) FROM t", "Other, Delete")]
    public void Statements_inside(string sql, string kinds)
    {
        SqlScript script = SqlScript.Parse(sql);
        Assert.Equal(kinds, string.Join(", ", script.AllStatements.Select(statement => statement.Kind)));
        Assert.All(script.AllStatements, statement => Assert.True(statement.IsUnderstood));
    }

    [Theory]
    [InlineData("SELECT a FROM #t", true)]
    [InlineData("SELECT a FROM @t", true)]
    [InlineData("SELECT a FROM tempdb..t", true)]
    [InlineData("CREATE TEMPORARY TABLE t (a int); INSERT INTO t VALUES (1)", true)]
    [InlineData("SELECT a INTO TEMP t FROM u; DELETE FROM T", true)]
    [InlineData("CREATE TABLE t (a int); INSERT INTO t VALUES (1)", false)]
    [InlineData("SELECT a FROM t", false)]
    public void Temporary_tables(string sql, bool expected)
    {
        SqlScript script = SqlScript.Parse(sql);
        Assert.Equal(expected, script.IsTemporary(script.Statements[script.Statements.Count - 1].Tables[0].Table));
    }

    private static string Tables(SqlStatement statement) =>
        string.Join(", ", statement.Tables.Select(use => $"{use.Role} {(use.Table.Schema is { } schema ? schema + "." : "")}{use.Table.Name}"));
}
