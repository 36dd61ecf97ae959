using Xunit;

namespace DbRules.Sql.Tests;

public sealed class StatementTests
{
    [Theory]
    [InlineData("SELECT 1", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("select * from t", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("-- c\nSELECT 1", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("(SELECT 1) UNION (SELECT 2)", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT 1 UNION ALL SELECT 2", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("WITH a AS (SELECT 1) SELECT * FROM a", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT n FROM a", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT * FROM t FOR UPDATE", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT * FROM t FOR UPDATE OF t SKIP LOCKED", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT * FROM t FOR NO KEY UPDATE SKIP LOCKED", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT * FROM t LOCK IN SHARE MODE", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT * FROM t WITH (UPDLOCK)", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT * FROM a INNER MERGE JOIN b ON a.x = b.x", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT REPLACE(x, 'a', 'b'), INSERT(x, 1, 1, 'y'), TRUNCATE(y, 2) FROM t", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT 'DELETE FROM t'", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT 1 /* ; DELETE FROM t */", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT [delete], \"update\" FROM t", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT x LIKE 'a' ESCAPE '\\' FROM t", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT a INTO @v FROM t", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT a INTO copy FROM t", SqlStatementKind.Select, SqlEffect.Writes)]
    [InlineData("SELECT a INTO #copy FROM t", SqlStatementKind.Select, SqlEffect.Writes)]
    [InlineData("SELECT a INTO TEMP copy FROM t", SqlStatementKind.Select, SqlEffect.Writes)]
    [InlineData("SELECT a FROM t INTO OUTFILE '/x'", SqlStatementKind.Select, SqlEffect.Unknown)]
    [InlineData("WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d", SqlStatementKind.Select, SqlEffect.Writes)]
    [InlineData("WITH d AS MATERIALIZED (UPDATE t SET a = 1 RETURNING *) SELECT * FROM d", SqlStatementKind.Select, SqlEffect.Writes)]
    [InlineData("SELECT 'open", SqlStatementKind.Select, SqlEffect.Unknown)]
    [InlineData("SELECT (1", SqlStatementKind.Select, SqlEffect.Unknown)]
    [InlineData("SELECT 'it\\'s' FROM t", SqlStatementKind.Select, SqlEffect.Unknown)]
    [InlineData("INSERT INTO t VALUES (1)", SqlStatementKind.Insert, SqlEffect.Writes)]
    [InlineData("INSERT INTO t (a) VALUES (1) RETURNING id", SqlStatementKind.Insert, SqlEffect.Writes)]
    [InlineData("INSERT INTO t SELECT * FROM u", SqlStatementKind.Insert, SqlEffect.Writes)]
    [InlineData("INSERT t (a) VALUES (1)", SqlStatementKind.Insert, SqlEffect.Writes)]
    [InlineData("INSERT OR REPLACE INTO t VALUES (1)", SqlStatementKind.Insert, SqlEffect.Writes)]
    [InlineData("REPLACE INTO t VALUES (1)", SqlStatementKind.Insert, SqlEffect.Writes)]
    [InlineData("BULK INSERT t FROM 'x.csv'", SqlStatementKind.Insert, SqlEffect.Writes)]
    [InlineData("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", SqlStatementKind.Insert, SqlEffect.Writes)]
    [InlineData("INSERT INTO t VALUES ('open", SqlStatementKind.Insert, SqlEffect.Writes)]
    [InlineData("UPDATE t SET a = 1", SqlStatementKind.Update, SqlEffect.Writes)]
    [InlineData("WITH a AS (SELECT 1 AS x) UPDATE t SET y = a.x FROM a", SqlStatementKind.Update, SqlEffect.Writes)]
    [InlineData("DELETE FROM t", SqlStatementKind.Delete, SqlEffect.Writes)]
    [InlineData("DELETE TOP (10) FROM t", SqlStatementKind.Delete, SqlEffect.Writes)]
    [InlineData("WITH a AS (SELECT 1) DELETE FROM t", SqlStatementKind.Delete, SqlEffect.Writes)]
    [InlineData("MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE", SqlStatementKind.Merge, SqlEffect.Writes)]
    [InlineData("WITH s AS (SELECT 1 AS a) MERGE t USING s ON t.a = s.a WHEN MATCHED THEN DELETE", SqlStatementKind.Merge, SqlEffect.Writes)]
    [InlineData("CREATE TABLE t (a int)", SqlStatementKind.Ddl, SqlEffect.Writes)]
    [InlineData("CREATE VIEW v AS SELECT 1", SqlStatementKind.Ddl, SqlEffect.Writes)]
    [InlineData("ALTER TABLE t ADD a int", SqlStatementKind.Ddl, SqlEffect.Writes)]
    [InlineData("DROP TABLE IF EXISTS t", SqlStatementKind.Ddl, SqlEffect.Writes)]
    [InlineData("TRUNCATE TABLE t", SqlStatementKind.Ddl, SqlEffect.Writes)]
    [InlineData("BEGIN", SqlStatementKind.Transaction, SqlEffect.None)]
    [InlineData("BEGIN TRANSACTION", SqlStatementKind.Transaction, SqlEffect.None)]
    [InlineData("BEGIN IMMEDIATE", SqlStatementKind.Transaction, SqlEffect.None)]
    [InlineData("START TRANSACTION READ ONLY", SqlStatementKind.Transaction, SqlEffect.None)]
    [InlineData("COMMIT", SqlStatementKind.Transaction, SqlEffect.None)]
    [InlineData("END", SqlStatementKind.Transaction, SqlEffect.None)]
    [InlineData("ROLLBACK TO SAVEPOINT a", SqlStatementKind.Transaction, SqlEffect.None)]
    [InlineData("SAVEPOINT a", SqlStatementKind.Transaction, SqlEffect.None)]
    [InlineData("SAVE TRAN a", SqlStatementKind.Transaction, SqlEffect.None)]
    [InlineData("RELEASE SAVEPOINT a", SqlStatementKind.Transaction, SqlEffect.None)]
    [InlineData("SET NOCOUNT ON", SqlStatementKind.Set, SqlEffect.None)]
    [InlineData("USE shop", SqlStatementKind.Use, SqlEffect.None)]
    [InlineData("DECLARE @x int = 1", SqlStatementKind.Declare, SqlEffect.None)]
    [InlineData("PRAGMA foreign_keys = ON", SqlStatementKind.Pragma, SqlEffect.Unknown)]
    [InlineData("EXEC dbo.p @a = 1", SqlStatementKind.Exec, SqlEffect.Unknown)]
    [InlineData("EXECUTE p", SqlStatementKind.Exec, SqlEffect.Unknown)]
    [InlineData("CALL p(1)", SqlStatementKind.Call, SqlEffect.Unknown)]
    [InlineData("EXPLAIN SELECT 1", SqlStatementKind.Other, SqlEffect.Reads)]
    [InlineData("EXPLAIN ANALYZE DELETE FROM t", SqlStatementKind.Other, SqlEffect.Unknown)]
    [InlineData("VALUES (1), (2)", SqlStatementKind.Other, SqlEffect.Reads)]
    [InlineData("SHOW TABLES", SqlStatementKind.Other, SqlEffect.Reads)]
    [InlineData("GRANT INSERT, DELETE ON t TO u", SqlStatementKind.Other, SqlEffect.Unknown)]
    [InlineData("VACUUM", SqlStatementKind.Other, SqlEffect.Unknown)]
    [InlineData("DO $$ BEGIN DELETE FROM t; END $$", SqlStatementKind.Other, SqlEffect.Unknown)]
    [InlineData("IF EXISTS (SELECT 1 FROM t) UPDATE t SET a = 1 ELSE INSERT INTO t VALUES (1)", SqlStatementKind.Other, SqlEffect.Writes)]
    [InlineData("IF OBJECT_ID('t') IS NOT NULL DROP TABLE t", SqlStatementKind.Other, SqlEffect.Writes)]
    [InlineData("IF EXISTS (SELECT 1 FROM t) SELECT 2", SqlStatementKind.Other, SqlEffect.Reads)]
    [InlineData("BEGIN UPDATE t SET a = 1; SELECT 1; END", SqlStatementKind.Other, SqlEffect.Writes)]
    [InlineData("BEGIN SELECT a INTO v FROM t; END", SqlStatementKind.Other, SqlEffect.Unknown)]
    [InlineData("PRINT 'x'", SqlStatementKind.Other, SqlEffect.None)]
    [InlineData("GetCustomers", SqlStatementKind.Unknown, SqlEffect.Unknown)]
    [InlineData("{ call p }", SqlStatementKind.Unknown, SqlEffect.Unknown)]
    [InlineData(")", SqlStatementKind.Unknown, SqlEffect.Unknown)]
    public void Kind_and_effect(string sql, SqlStatementKind kind, SqlEffect effect)
    {
        SqlStatement statement = Assert.Single(SqlScript.Parse(sql).Statements);
        Assert.Equal(kind, statement.Kind);
        Assert.Equal(effect, statement.Effect);
    }

    [Theory]
    [InlineData("~", SqlStatementKind.Unknown, SqlEffect.Unknown)]
    [InlineData("~ SELECT 1", SqlStatementKind.Unknown, SqlEffect.Unknown)]
    [InlineData("SELECT~ FROM t", SqlStatementKind.Unknown, SqlEffect.Unknown)]
    [InlineData("SELECT ~ FROM ~", SqlStatementKind.Select, SqlEffect.Reads)]
    [InlineData("SELECT * INTO ~ FROM t", SqlStatementKind.Select, SqlEffect.Writes)]
    [InlineData("WITH a AS (~) SELECT * FROM a", SqlStatementKind.Select, SqlEffect.Unknown)]
    [InlineData("DELETE FROM ~", SqlStatementKind.Delete, SqlEffect.Writes)]
    [InlineData("BEGIN ~; END", SqlStatementKind.Other, SqlEffect.Unknown)]
    public void Kind_and_effect_with_holes(string sql, SqlStatementKind kind, SqlEffect effect)
    {
        SqlStatement statement = Assert.Single(SqlScript.Parse(Sql.Holes(sql)).Statements);
        Assert.Equal(kind, statement.Kind);
        Assert.Equal(effect, statement.Effect);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ;;\n; ")]
    [InlineData("-- nothing", null)]
    [InlineData("GO\nGO")]
    [InlineData("a; b", "a", "b")]
    [InlineData(";WITH a AS (SELECT 1) SELECT 2;", "WITH a AS (SELECT 1) SELECT 2")]
    [InlineData("SELECT 'a;b'; SELECT [c;d]", "SELECT 'a;b'", "SELECT [c;d]")]
    [InlineData("SELECT (1; SELECT 2", "SELECT (1", "SELECT 2")]
    [InlineData("SELECT 1\nGO\nSELECT 2\r\ngo\r\nSELECT 3", "SELECT 1", "SELECT 2", "SELECT 3")]
    [InlineData("SELECT 1\nGO 5 -- five times\nSELECT 2", "SELECT 1", "SELECT 2")]
    [InlineData("SELECT go\nFROM t", "SELECT go\nFROM t")]
    [InlineData("SELECT 1 AS\nGO, 2", "SELECT 1 AS\nGO, 2")]
    [InlineData("BEGIN; DELETE FROM t; COMMIT;", "BEGIN", "DELETE FROM t", "COMMIT")]
    [InlineData("BEGIN TRAN; DELETE FROM t; END;", "BEGIN TRAN", "DELETE FROM t", "END")]
    [InlineData("BEGIN DELETE FROM t; END; SELECT 1", "BEGIN DELETE FROM t; END", "SELECT 1")]
    [InlineData("BEGIN TRY DELETE FROM t; END TRY BEGIN CATCH THROW; END CATCH; SELECT 1", "BEGIN TRY DELETE FROM t; END TRY BEGIN CATCH THROW; END CATCH", "SELECT 1")]
    [InlineData("CREATE PROCEDURE p AS BEGIN SELECT CASE WHEN 1 = 1 THEN 2 END; SELECT 3; END; SELECT 4", "CREATE PROCEDURE p AS BEGIN SELECT CASE WHEN 1 = 1 THEN 2 END; SELECT 3; END", "SELECT 4")]
    [InlineData("CREATE TRIGGER g AFTER INSERT ON t BEGIN IF a THEN DELETE FROM u; END IF; END; SELECT 1", "CREATE TRIGGER g AFTER INSERT ON t BEGIN IF a THEN DELETE FROM u; END IF; END", "SELECT 1")]
    [InlineData("SELECT CASE WHEN a THEN 1 END; SELECT 2", "SELECT CASE WHEN a THEN 1 END", "SELECT 2")]
    [InlineData("SELECT 1 FROM t WHERE x = 1 UPDATE t SET x = 2", "SELECT 1 FROM t WHERE x = 1", "UPDATE t SET x = 2")]
    [InlineData("SELECT 1 FROM a SELECT 2 FROM b", "SELECT 1 FROM a", "SELECT 2 FROM b")]
    [InlineData("SELECT 1 FROM t WHERE x = 1 EXEC p", "SELECT 1 FROM t WHERE x = 1", "EXEC p")]
    [InlineData("BEGIN TRAN UPDATE t SET x = 1 COMMIT", "BEGIN TRAN", "UPDATE t SET x = 1", "COMMIT")]
    [InlineData("SET NOCOUNT ON SELECT 1", "SET NOCOUNT ON", "SELECT 1")]
    [InlineData("SET NOCOUNT ON DELETE FROM t", "SET NOCOUNT ON", "DELETE FROM t")]
    [InlineData("SET IDENTITY_INSERT t ON INSERT INTO t (id) VALUES (1)", "SET IDENTITY_INSERT t ON", "INSERT INTO t (id) VALUES (1)")]
    [InlineData("DECLARE @x int SELECT @x = 1 INSERT INTO t VALUES (@x)", "DECLARE @x int", "SELECT @x = 1", "INSERT INTO t VALUES (@x)")]
    [InlineData("DELETE FROM a DBCC CHECKIDENT ('a', RESEED, 0)", "DELETE FROM a", "DBCC CHECKIDENT ('a', RESEED, 0)")]
    [InlineData("INSERT INTO t (a) VALUES (1) SELECT SCOPE_IDENTITY()", "INSERT INTO t (a) VALUES (1)", "SELECT SCOPE_IDENTITY()")]
    [InlineData("INSERT INTO t SELECT 1 UNION ALL SELECT 2", "INSERT INTO t SELECT 1 UNION ALL SELECT 2")]
    [InlineData("INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2", "INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2")]
    [InlineData("INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = 2", "INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = 2")]
    [InlineData("SELECT a FROM t WITH (NOLOCK) WHERE b = 1 FOR UPDATE", "SELECT a FROM t WITH (NOLOCK) WHERE b = 1 FOR UPDATE")]
    [InlineData("SELECT a commit, b AS begin FROM t", "SELECT a commit, b AS begin FROM t")]
    [InlineData("CREATE TABLE t (a int REFERENCES u ON DELETE CASCADE)", "CREATE TABLE t (a int REFERENCES u ON DELETE CASCADE)")]
    [InlineData("MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT (a) VALUES (1)", "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT (a) VALUES (1)")]
    [InlineData("SELECT t.Begin FROM t; SELECT 2", "SELECT t.Begin FROM t", "SELECT 2")]
    [InlineData("SELECT a, Begin FROM t; SELECT 2", "SELECT a, Begin FROM t", "SELECT 2")]
    public void Splits_into_statements(string sql, params string?[]? expected)
    {
        SqlScript script = SqlScript.Parse(sql);
        Assert.Equal(expected ?? [], script.Statements.Select(statement => script.Text.At(statement.Span)));
    }

    [Theory]
    [InlineData("", SqlEffect.None)]
    [InlineData("SET NOCOUNT ON; SELECT 1", SqlEffect.Reads)]
    [InlineData("SELECT 1; SELECT 2", SqlEffect.Reads)]
    [InlineData("BEGIN; COMMIT", SqlEffect.None)]
    [InlineData("SELECT 1; EXEC p", SqlEffect.Unknown)]
    [InlineData("EXEC p; DELETE FROM t", SqlEffect.Writes)]
    [InlineData("INSERT INTO t VALUES (1); SELECT last_insert_rowid()", SqlEffect.Writes)]
    public void Effect_of_the_whole_text(string sql, SqlEffect effect) => Assert.Equal(effect, SqlScript.Parse(sql).Effect);

    [Fact]
    public void A_statements_tokens_leave_comments_out_and_the_scripts_keep_them()
    {
        SqlScript script = SqlScript.Parse("SELECT /* x */ 1;");
        Assert.Equal(2, script.Statements[0].Tokens.Count);
        Assert.Equal(4, script.Tokens.Count);
    }
}
