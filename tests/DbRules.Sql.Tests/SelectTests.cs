using Xunit;

namespace DbRules.Sql.Tests;

public sealed class SelectTests
{
    [Fact]
    public void Every_clause_has_its_span()
    {
        const string sql = "WITH c AS (SELECT 1 FROM x WHERE y = 1) SELECT DISTINCT TOP (5) a, b INTO n FROM t JOIN u ON t.i = u.i "
            + "WHERE (a = 1 OR b = 2) GROUP BY a HAVING COUNT(*) > 1 ORDER BY a OFFSET 10 ROWS FETCH NEXT 5 ROWS ONLY FOR JSON PATH OPTION (RECOMPILE)";
        SqlText text = SqlText.From(sql);
        SqlSelect select = Sql.Select(sql);
        Assert.True(select.IsUnderstood);
        Assert.Equal(
            [
                "With: WITH c AS (SELECT 1 FROM x WHERE y = 1)", "Distinct: DISTINCT", "Top: TOP (5)", "SelectList: a, b", "Into: INTO n",
                "From: FROM t JOIN u ON t.i = u.i", "Where: WHERE (a = 1 OR b = 2)", "GroupBy: GROUP BY a", "Having: HAVING COUNT(*) > 1",
                "OrderBy: ORDER BY a", "Offset: OFFSET 10 ROWS", "Fetch: FETCH NEXT 5 ROWS ONLY", "For: FOR JSON PATH", "Option: OPTION (RECOMPILE)",
            ],
            select.Clauses.Select(clause => $"{clause.Kind}: {text.At(clause.Span)}"));
        Assert.Equal("(a = 1 OR b = 2)", text.At(select.Find(SqlClauseKind.Where)!.Body));
        Assert.Equal("SELECT", text.At(select.SelectKeyword));
    }

    [Theory]
    [InlineData("SELECT a FROM t LIMIT 5 OFFSET 2", SqlClauseKind.Limit, "LIMIT 5")]
    [InlineData("SELECT a FROM t LIMIT 5, 10", SqlClauseKind.Limit, "LIMIT 5, 10")]
    [InlineData("SELECT a FROM t OFFSET 2 LIMIT 5", SqlClauseKind.Offset, "OFFSET 2")]
    [InlineData("SELECT a FROM t FOR UPDATE", SqlClauseKind.For, "FOR UPDATE")]
    [InlineData("SELECT a FROM t UNION SELECT b FROM u ORDER BY 1", SqlClauseKind.SetOperation, "UNION SELECT b FROM u ORDER BY 1")]
    [InlineData("SELECT a FROM t MINUS SELECT b FROM u", SqlClauseKind.SetOperation, "MINUS SELECT b FROM u")]
    [InlineData("SELECT DISTINCT ON (a, b) a FROM t", SqlClauseKind.Distinct, "DISTINCT ON (a, b)")]
    [InlineData("SELECT TOP 5 PERCENT WITH TIES a FROM t", SqlClauseKind.Top, "TOP 5 PERCENT WITH TIES")]
    [InlineData("SELECT a FROM t WINDOW w AS (ORDER BY a)", SqlClauseKind.Window, "WINDOW w AS (ORDER BY a)")]
    [InlineData("SELECT a FROM t WHERE a IS DISTINCT FROM b", SqlClauseKind.Where, "WHERE a IS DISTINCT FROM b")]
    [InlineData("SELECT a IS NOT DISTINCT FROM b FROM t", SqlClauseKind.SelectList, "a IS NOT DISTINCT FROM b")]
    [InlineData("SELECT EXTRACT(YEAR FROM d), limit, offset FROM t", SqlClauseKind.SelectList, "EXTRACT(YEAR FROM d), limit, offset")]
    [InlineData("SELECT a FROM t WHERE Offset = 5", SqlClauseKind.Where, "WHERE Offset = 5")]
    [InlineData("SELECT a FROM t ORDER BY Offset", SqlClauseKind.OrderBy, "ORDER BY Offset")]
    [InlineData("SELECT a FROM t ORDER BY x DESC LIMIT 1", SqlClauseKind.OrderBy, "ORDER BY x DESC")]
    [InlineData("SELECT PERCENTILE_CONT(1) WITHIN GROUP (ORDER BY x) FROM t", SqlClauseKind.SelectList, "PERCENTILE_CONT(1) WITHIN GROUP (ORDER BY x)")]
    [InlineData("SELECT TOP, a FROM t", SqlClauseKind.SelectList, "TOP, a")]
    public void A_clause_ends_where_the_next_begins(string sql, SqlClauseKind kind, string expected)
    {
        SqlSelect select = Sql.Select(sql);
        Assert.True(select.IsUnderstood);
        Assert.Equal(expected, SqlText.From(sql).At(select.Find(kind)!.Span));
    }

    [Theory]
    [InlineData("SELECT 1 WHERE x = 1 FROM a")]
    [InlineData("SELECT 1 FROM a WHERE x = 1 WHERE y = 2")]
    [InlineData("SELECT 1 FROM a ORDER BY x GROUP BY y")]
    public void Clauses_twice_or_out_of_order_are_not_understood(string sql) => Assert.False(Sql.Select(sql).IsUnderstood);

    [Theory]
    [InlineData("*", SqlSelectItemKind.Star, null, null, null)]
    [InlineData("t.*", SqlSelectItemKind.Star, "t", null, null)]
    [InlineData("dbo.t.*", SqlSelectItemKind.Star, "t", null, null)]
    [InlineData("Id", SqlSelectItemKind.Column, null, "Id", null)]
    [InlineData("t.Id", SqlSelectItemKind.Column, "t", "Id", null)]
    [InlineData("[t].[My Id] AS [Other Id]", SqlSelectItemKind.Column, "t", "My Id", "Other Id")]
    [InlineData("Id Key", SqlSelectItemKind.Column, null, "Id", "Key")]
    [InlineData("Id AS 'k'", SqlSelectItemKind.Column, null, "Id", "k")]
    [InlineData("COUNT(*)", SqlSelectItemKind.CountOfRows, null, null, null)]
    [InlineData("count( 1 ) AS n", SqlSelectItemKind.CountOfRows, null, null, "n")]
    [InlineData("COUNT_BIG(*) n", SqlSelectItemKind.CountOfRows, null, null, "n")]
    [InlineData("COUNT(x)", SqlSelectItemKind.CountOfValues, null, null, null)]
    [InlineData("COUNT(DISTINCT x)", SqlSelectItemKind.CountOfValues, null, null, null)]
    [InlineData("COUNT(*) OVER ()", SqlSelectItemKind.Other, null, null, null)]
    [InlineData("COUNT(*) + 1", SqlSelectItemKind.Other, null, null, null)]
    [InlineData("1", SqlSelectItemKind.Constant, null, null, null)]
    [InlineData("'x' AS y", SqlSelectItemKind.Constant, null, null, "y")]
    [InlineData("NULL", SqlSelectItemKind.Constant, null, null, null)]
    [InlineData("TRUE", SqlSelectItemKind.Constant, null, null, null)]
    [InlineData("a * 2", SqlSelectItemKind.Other, null, null, null)]
    [InlineData("MAX(a, b) AS m", SqlSelectItemKind.Other, null, null, "m")]
    [InlineData("Name = c.Title", SqlSelectItemKind.Column, "c", "Title", "Name")]
    [InlineData("[My Total] = COUNT(*)", SqlSelectItemKind.CountOfRows, null, null, "My Total")]
    [InlineData("@name = c.Title", SqlSelectItemKind.Other, null, null, null)]
    [InlineData("c.Name = 'x'", SqlSelectItemKind.Other, null, null, null)]
    [InlineData("CASE WHEN a THEN b END c", SqlSelectItemKind.Other, null, null, "c")]
    [InlineData("CURRENT_TIMESTAMP", SqlSelectItemKind.Other, null, null, null)]
    [InlineData("@@ROWCOUNT", SqlSelectItemKind.Other, null, null, null)]
    public void A_selected_expression(string item, SqlSelectItemKind kind, string? qualifier, string? name, string? alias)
    {
        string sql = $"SELECT x, {item} FROM t";
        SqlSelectItem found = Sql.Select(sql).Items[1];
        Assert.Equal((kind, qualifier, name, alias), (found.Kind, found.Qualifier, found.Name, found.Alias));
        Assert.Equal(item, SqlText.From(sql).At(found.Span));
        Assert.Equal(alias ?? name, found.ResultName);
    }

    [Theory]
    [InlineData("t", "Named||t|", true)]
    [InlineData("dbo.t AS x", "Named|dbo|t|x", true)]
    [InlineData("[my db]..[t t] x", "Named|my db,|t t|x", true)]
    [InlineData("\"S\".\"T\"", "Named|S|T|", true)]
    [InlineData("t WITH (NOLOCK)", "Named||t|", true)]
    [InlineData("t x WITH (NOLOCK)", "Named||t|x", true)]
    [InlineData("ONLY t", "Named||t|", true)]
    [InlineData("a, b", "Named||a| Named||b|", false)]
    [InlineData("a x JOIN b AS y ON x.i = y.i", "Named||a|x Named||b|y", false)]
    [InlineData("a LEFT JOIN b USING (id)", "Named||a| Named||b|", false)]
    [InlineData("a CROSS APPLY f(a.x) AS g", "Named||a| Function||f|g", false)]
    [InlineData("(SELECT 1) AS d", "Derived|||d", false)]
    [InlineData("generate_series(1, 2) g", "Function||generate_series|g", false)]
    [InlineData("t AS x(a, b)", "Named||t|x", false)]
    [InlineData("t TABLESAMPLE SYSTEM (1)", "Named||t|", false)]
    [InlineData("t FOR SYSTEM_TIME ALL", "Named||t|", false)]
    [InlineData("t,", "Named||t|", false)]
    [InlineData("@rows r", "Variable||@rows|r", false)]
    public void Tables_of_the_from_clause(string from, string expected, bool isSingle)
    {
        SqlSelect select = Sql.Select("SELECT * FROM " + from);
        Assert.Equal(expected, string.Join(" ", select.Tables.Select(t => $"{t.Kind}|{string.Join(",", t.Qualifiers)}|{t.Name}|{t.Alias}")));
        Assert.Equal(isSingle, select.HasSingleTable);
    }

    [Theory]
    [InlineData("shop.orders", "orders")]
    [InlineData("~.orders", "orders")]
    [InlineData("`~.orders`", "orders")]
    [InlineData("[~_~_orders] o", "orders")]
    [InlineData("~_orders", "orders")]
    [InlineData("{0}_orders", "orders")]
    [InlineData("~", "")]
    [InlineData("orders_~", "")]
    [InlineData("~s", "")]
    [InlineData("`~.`", "")]
    [InlineData("{0}", "")]
    [InlineData("(SELECT 1) d", "")]
    public void The_text_states_the_name_behind_a_prefix(string from, string expected) =>
        Assert.Equal(expected, SqlScript.Parse(Sql.Holes("SELECT * FROM " + from)).Statements[0].Select!.Tables[0].StatedName);

    [Theory]
    [InlineData("SELECT * FROM ~")]
    [InlineData("SELECT * FROM ~.t")]
    [InlineData("SELECT * FROM Orders_~")]
    [InlineData("SELECT * FROM t ~")]
    public void A_table_with_a_hole_is_no_single_table(string sql) =>
        Assert.False(SqlScript.Parse(Sql.Holes(sql)).Statements[0].Select!.HasSingleTable);

    [Theory]
    [InlineData("(SELECT 1)")]
    [InlineData("INSERT INTO t SELECT 1")]
    [InlineData("VALUES (1)")]
    public void Other_statements_have_no_select(string sql) => Assert.Null(SqlScript.Parse(sql).Statements[0].Select);
}
