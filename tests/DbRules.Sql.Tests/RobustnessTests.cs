using System.Text;
using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>Any text is read without an exception, without loss, and in linear time. Seeds are fixed: a failure repeats.</summary>
public sealed class RobustnessTests
{
    private static readonly string[] Valid =
    [
        "SELECT o.Id, COUNT(*) AS n FROM dbo.[Order Lines] AS o WITH (NOLOCK) WHERE (o.Id = @p) AND x BETWEEN 1 AND 2 ORDER BY o.Id DESC LIMIT 1",
        "WITH d AS (DELETE FROM t WHERE a = 'it''s' RETURNING *) SELECT d.*, \"x\"\"y\", `z` FROM d -- end\n; EXEC p",
        "BEGIN TRY INSERT INTO t (a) VALUES (N'x', E'\\'', $tag$ ' $tag$, 0xFF, .5e-3); END TRY BEGIN CATCH THROW; END CATCH\nGO 2\nSELECT 1",
        "SELECT CASE WHEN a[1:2] = ANY(:ids) AND b <@ c THEN $1 ELSE {0} END FROM t /* a /* b */ */ WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.i = ?)",
        "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1);",
        "IF EXISTS (SELECT TOP (1) 1 FROM t WHERE Id = @p UNION SELECT 2) BEGIN UPDATE t SET x = ~ ; END ELSE SELECT a INTO #b FROM ~.t",
        "SELECT DISTINCT ON (a) a, b FROM ONLY t CROSS APPLY f(t.a) g WHERE a IS NOT DISTINCT FROM b ORDER BY a NULLS FIRST OFFSET 5 ROWS FETCH NEXT 1 ROW ONLY",
    ];

    private static readonly string[] Pieces =
    [
        "SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "HAVING", "UNION ALL", "JOIN", "AND", "OR", "NOT", "BETWEEN", "CASE", "WHEN", "END", "BEGIN",
        "WITH", "AS", "INSERT INTO", "UPDATE", "SET", "DELETE", "MERGE", "EXEC", "LIMIT", "OFFSET", "FETCH", "TOP", "DISTINCT", "ON", "IN", "IS", "NULL",
        "FOR", "INTO", "CREATE TEMP TABLE", "#t", "temp.t", "LIKE", "COUNT", "\nGO\n", "Id", "t", "o.x", "[a b]", "\"q\"", "`m`", "'s'", "N'n'", "E'\\'", "$$", "$t$", "@p", ":p", "$1", "?", "{0}",
        "{=x}", "1", "1.5", ".", ",", ";", "(", ")", "[", "]", "=", "<>", "||", "::", "*", "-", "--", "/*", "*/", "#", "'", "\"", "\\", "~", "\n", " ",
    ];

    [Fact]
    public void Texts_of_random_characters()
    {
        var random = new Random(1);
        for (int i = 0; i < 3000; i++)
        {
            var text = new StringBuilder();
            int length = random.Next(120);
            bool ascii = i % 2 == 0;
            for (int at = 0; at < length; at++)
                text.Append((char)(ascii ? random.Next(128) : random.Next(65536)));
            Check(Sql.Holes(text.ToString()));
        }
    }

    [Fact]
    public void Texts_of_random_pieces_of_sql()
    {
        var random = new Random(2);
        for (int i = 0; i < 6000; i++)
            Check(Sql.Holes(Soup(random, random.Next(60))));
    }

    [Fact]
    public void Valid_statements_cut_at_every_place()
    {
        foreach (string sql in Valid)
        {
            for (int cut = 0; cut <= sql.Length; cut++)
            {
                Check(Sql.Holes(sql.Substring(0, cut)));
                Check(Sql.Holes(sql.Substring(cut)));
            }
        }
    }

    [Fact]
    public void Valid_statements_with_random_changes()
    {
        var random = new Random(3);
        for (int i = 0; i < 6000; i++)
        {
            var sql = new StringBuilder(Valid[random.Next(Valid.Length)]);
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int at = random.Next(sql.Length);
                switch (random.Next(3))
                {
                    case 0:
                        sql.Remove(at, Math.Min(random.Next(1, 8), sql.Length - at));
                        break;
                    case 1:
                        sql.Insert(at, Pieces[random.Next(Pieces.Length)]);
                        break;
                    default:
                        sql[at] = (char)random.Next(32, 127);
                        break;
                }

                if (sql.Length == 0)
                    break;
            }

            Check(Sql.Holes(sql.ToString()));
        }
    }

    [Theory]
    [InlineData("SELECT a FROM t WHERE Id = @p AND x = 1 ")]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[")]
    [InlineData("a[")]
    [InlineData("'")]
    [InlineData("$")]
    [InlineData("$a")]
    [InlineData("$a$ab")]
    [InlineData("/*")]
    [InlineData("?")]
    [InlineData("{0")]
    [InlineData("@")]
    [InlineData("a.")]
    [InlineData("1.")]
    [InlineData("GO ")]
    [InlineData("GO\n")]
    [InlineData("BEGIN ")]
    [InlineData("CASE ")]
    [InlineData("NOT ")]
    [InlineData("MERGE a ")]
    [InlineData("FROM ")]
    [InlineData("SELECT ")]
    [InlineData(";")]
    [InlineData(",")]
    [InlineData("~")]
    [InlineData("a~")]
    [InlineData("f(")]
    [InlineData("a IN (")]
    [InlineData("(SELECT ")]
    [InlineData("CASE WHEN ")]
    [InlineData("CASE WHEN a THEN ")]
    [InlineData("JOIN t ON a = b ")]
    [InlineData("UNION SELECT a ")]
    [InlineData("UNION (SELECT a ")]
    [InlineData("WITH a AS (")]
    [InlineData("IF a = 1 ")]
    [InlineData("BEGIN IF a ")]
    [InlineData("ELSE ")]
    [InlineData("ON ")]
    [InlineData("a, ")]
    [InlineData("AND a = 1 OR ")]
    [InlineData("BETWEEN 1 AND ")]
    [InlineData("LIMIT 1 ")]
    [InlineData("ORDER BY a ")]
    [InlineData("ON CONFLICT (a) DO UPDATE SET a = 1 ")]
    [InlineData("WHEN MATCHED THEN ")]
    [InlineData("{0}a")]
    [InlineData("#a ")]
    [InlineData("q'[")]
    [InlineData("OVER (")]
    [InlineData("(a JOIN ")]
    public void The_work_grows_as_the_text_does(string piece)
    {
        foreach (string frame in new[] { "{0}", "SELECT {0}", "SELECT * FROM t WHERE {0}", "SELECT * FROM t WHERE Id = @p AND {0}", "WITH a AS {0}", "SELECT * FROM {0}", "INSERT INTO t {0}", "UPDATE t SET a = {0}", "DELETE FROM {0}", "MERGE INTO t {0}", "CREATE TABLE {0}", "EXEC {0}" })
        {
            (long looks, long reads) small = Work(frame.Replace("{0}", Repeat(piece, 200)));
            (long looks, long reads) large = Work(frame.Replace("{0}", Repeat(piece, 2000)));
            Assert.True(large.looks <= (11 * small.looks) + 200, $"{frame}: {small.looks} -> {large.looks} looks at characters");
            Assert.True(large.reads <= (11 * small.reads) + 200, $"{frame}: {small.reads} -> {large.reads} reads of tokens");
        }
    }

    [Fact]
    public void The_work_per_character_is_bounded()
    {
        var random = new Random(4);
        for (int i = 0; i < 300; i++)
        {
            string sql = Soup(random, 300);
            (long looks, long reads) = Work(sql);
            Assert.True(looks <= 20L * (sql.Length + 1), $"{looks} looks at {sql.Length} characters: {sql}");
            Assert.True(reads <= 60L * (sql.Length + 1), $"{reads} reads of tokens for {sql.Length} characters: {sql}");
        }
    }

    [Fact]
    public void Deep_nesting_ends()
    {
        string deep = "SELECT * FROM t WHERE " + new string('(', 100_000) + "Id = @p" + new string(')', 100_000);
        Assert.NotNull(SqlLookups.EqualityLookup(SqlScript.Parse(deep), "p"));
    }

    private static string Soup(Random random, int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
            text.Append(Pieces[random.Next(Pieces.Length)]).Append(random.Next(3) == 0 ? "" : " ");
        return text.ToString();
    }

    private static string Repeat(string piece, int count) => new StringBuilder().Insert(0, piece, count).ToString();

    private static void Check(SqlText text)
    {
        SqlScript script = SqlScript.Parse(text);
        int behind = 0;
        foreach (SqlToken token in script.Tokens)
        {
            Assert.True(token.Length > 0 && token.Start >= behind && token.End <= text.Length, $"{token} behind {behind} in {text}");
            Assert.True(IsBlank(text, behind, token.Start), $"Text lost before {token} in {text}");
            behind = token.End;
        }

        Assert.True(IsBlank(text, behind, text.Length), $"Text lost at the end of {text}");
        SqlLookups.EqualityLookup(script, "p");
        int statementEnd = 0;
        foreach (SqlStatement statement in script.Statements)
        {
            Assert.True(statement.Span.Start >= statementEnd && statement.Span.Length > 0, $"Statement {statement.Span} in {text}");
            statementEnd = statement.Span.End;
            CheckSelect(text, statement);
            CheckModel(text, statement);
        }

        Assert.Equal(script.Statements.Sum(CountOf), script.AllStatements.Count);
        foreach (SqlStatement statement in script.AllStatements)
            CheckGlance(text, script, statement);
    }

    private static int CountOf(SqlStatement statement) =>
        1 + statement.CommonTables.Select(static table => table.Statement).OfType<SqlStatement>().Sum(CountOf) + statement.Inner.Sum(CountOf);

    /// <summary>What is told at a glance may be more than what reading finds, and never less.</summary>
    private static void CheckGlance(SqlText text, SqlScript script, SqlStatement statement)
    {
        Assert.True(script.MayWriteTemporary || !statement.Tables.Any(use => use.Role == SqlTableRole.Written && script.IsTemporary(use.Table)), $"Temporary in {text}");
        Assert.True(statement.MayHaveStar || statement.Query?.HasStar != true, $"Star in {text}");
        SqlKeyword[] words = [SqlKeyword.Limit, SqlKeyword.Offset, SqlKeyword.Top, SqlKeyword.Fetch];
        Assert.True(words.Any(statement.Has) || statement.Query is not ({ Offset: not null } or { Bound.Kind: SqlBoundKind.Limit or SqlBoundKind.Top or SqlBoundKind.Fetch }), $"Bound in {text}");
        Assert.True(statement.Has(SqlKeyword.Order) || statement.Queries.All(static query => query.SortKeys.Count == 0), $"Order in {text}");
        Assert.True(HiddenColumn.MayHide(statement.Window) || !HiddenColumn.Find(script, statement, SqlDialect.PostgreSql).Any(), $"Hidden column in {text}");
        Assert.True(!statement.HoldsNone || (statement.CommonTables.Count == 0 && statement.Inner.Count == 0), $"Statement inside in {text}");
        foreach (SqlExpression node in statement.Conditions.Concat(statement.Assignments).SelectMany(static condition => condition.Nodes))
        {
            Assert.Equal(node.Nodes.Any(IsNull), node.Any(IsNull));
            Assert.Equal(node.Nodes.All(IsNull), node.All(IsNull));
            Assert.True(statement.Has(SqlKeyword.Null) || !IsNull(node), $"NULL in {text}");
            Assert.True(node.Kind != SqlExpressionKind.In || statement.Has(SqlKeyword.In), $"IN in {text}");
            Assert.True(!(node is { Kind: SqlExpressionKind.In, IsNegated: true } || node.Kind == SqlExpressionKind.Not) || statement.Has(SqlKeyword.Not), $"NOT in {text}");
        }

        bool IsNull(SqlExpression node) => node.Kind == SqlExpressionKind.Literal && text.Slice(node.Span).Equals("NULL", StringComparison.OrdinalIgnoreCase);
    }

    private static void CheckSelect(SqlText text, SqlStatement statement)
    {
        if (statement.Select is not { } select)
            return;
        int behind = statement.Span.Start;
        foreach (SqlClause clause in select.Clauses)
        {
            Assert.True(clause.Span.Start >= behind && clause.Body.Start >= clause.Span.Start && clause.Body.End <= clause.Span.End, $"{clause} in {text}");
            behind = clause.Span.End;
        }

        Assert.True(behind <= statement.Span.End, $"Clauses run over in {text}");
        Assert.All(select.Items, item => Assert.InRange(item.Span.End, item.Span.Start, statement.Span.End));
        Assert.All(select.Tables, table => Assert.InRange(table.Span.End, table.Span.Start, statement.Span.End));
    }

    private static void CheckModel(SqlText text, SqlStatement statement)
    {
        Assert.Equal(statement.NotUnderstood is null, statement.IsUnderstood);
        if (statement.NotUnderstood is { } mark)
            Assert.InRange(mark.Start, statement.Span.Start, statement.Span.End);
        Assert.Equal(statement.Tokens.Count(token => token.Kind == SqlTokenKind.Hole || token.Has(SqlTokenMarks.HasHole)), statement.Holes.Count);
        if (statement.IsUnderstood)
            Assert.DoesNotContain(statement.Holes, hole => hole.Place is SqlHolePlace.Unknown or SqlHolePlace.Keyword);
        Assert.All(statement.Tables, use => Assert.InRange(use.Table.Span.End, use.Table.Span.Start, statement.Span.End));
        CheckTree(text, statement, statement.Where);
        foreach (SqlExpression assignment in statement.Assignments)
            CheckTree(text, statement, assignment);
        foreach (SqlStatement inner in statement.Inner)
            CheckModel(text, inner);
    }

    private static void CheckTree(SqlText text, SqlStatement statement, SqlExpression? tree)
    {
        foreach (SqlExpression node in tree?.Nodes ?? [])
        {
            Assert.True(node.Span.Start >= statement.Span.Start && node.Span.End <= statement.Span.End, $"{node} in {text}");
            Assert.True(!statement.IsUnderstood || node.Kind != SqlExpressionKind.Unknown, $"{node} in {text}");
            Assert.All(node.Operands, operand => Assert.InRange(operand.Span.Start, node.Span.Start, node.Span.End));
        }
    }

    private static bool IsBlank(SqlText text, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (!char.IsWhiteSpace(text.Joined[i]))
                return false;
        }

        return true;
    }

    private static (long Looks, long Reads) Work(string sql)
    {
        SqlText text = Sql.Holes(sql);
        var cursor = new SqlCursor(text);
        SqlLexer.Tokenize(cursor);
        SqlScript script = SqlScript.Parse(text);
        SqlLookups.EqualityLookup(script, "p");
        ReadAll(script);
        return (cursor.Looks, script.Window.TotalReads);
    }

    /// <summary>Asks every statement for all that it knows.</summary>
    private static void ReadAll(SqlScript script)
    {
        foreach (SqlStatement statement in script.AllStatements)
        {
            _ = statement.Bound;
            _ = statement.IsUnderstood;
        }
    }
}
