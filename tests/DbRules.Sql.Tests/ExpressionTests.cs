using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>Conditions as trees.</summary>
public sealed class ExpressionTests
{
    [Theory]
    [InlineData("a = 1 AND b = 2 OR NOT c = 3", "Or(And(Comparison(a,1),Comparison(b,2)),Not(Comparison(c,3)))")]
    [InlineData("a = 1 AND (b = 2 OR c = 3)", "And(Comparison(a,1),Or(Comparison(b,2),Comparison(c,3)))")]
    [InlineData("NOT NOT a = 1", "Comparison(a,1)")]
    [InlineData("a IN (1, 2)", "In(a,List(1,2))")]
    [InlineData("a IN @ids", "In(a,@ids)")]
    [InlineData("a NOT IN (SELECT b FROM u)", "!In(a)?")]
    [InlineData("a = ANY(@ids)", "Comparison(a,Call:ANY(@ids))")]
    [InlineData("a > ALL (SELECT 1)", "Comparison(a,Subquery?)")]
    [InlineData("a BETWEEN 1 AND 2 AND b = 3", "And(Between(a,1,2),Comparison(b,3))")]
    [InlineData("a NOT LIKE '%x' ESCAPE '\\'", "!Like(a,'%x','\\')")]
    [InlineData("a SIMILAR TO 'x'", "Like(a,'x')")]
    [InlineData("a IS NOT NULL", "!IsNull(a)")]
    [InlineData("a ISNULL", "IsNull(a)")]
    [InlineData("a IS NOT DISTINCT FROM b", "!Is(a,b)")]
    [InlineData("a IS TRUE", "Is(a,TRUE)")]
    [InlineData("EXISTS (SELECT * FROM u)", "Exists?")]
    [InlineData("NOT EXISTS (SELECT * FROM u)", "Not(Exists?)")]
    [InlineData("LOWER(a) = LOWER(@p)", "Comparison(Call:LOWER(a),Call:LOWER(@p))")]
    [InlineData("a + 1 > b * 2", "Comparison(Operation(a,1),Operation(b,2))")]
    [InlineData("a = 'x' || @p || 'y'", "Comparison(a,Concatenation('x',@p,'y'))")]
    [InlineData("a = 'x' + @p", "Comparison(a,Concatenation('x',@p))")]
    [InlineData("a = @p::int", "Comparison(a,Cast(@p))")]
    [InlineData("CAST(a AS varchar(10)) = 'x'", "Comparison(Cast(a),'x')")]
    [InlineData("CASE a WHEN 1 THEN b ELSE c END = 2", "Comparison(Case(a,1,b,c),2)")]
    [InlineData("a ->> 'x' = 'y'", "Comparison(Operation(a,'x'),'y')")]
    [InlineData("a ? 'x'", "Comparison(a,'x')")]
    [InlineData("a @> @p", "Comparison(a,@p)")]
    [InlineData("a[1] = 2", "Comparison(Operation(a,1),2)")]
    [InlineData("(a, b) = (1, 2)", "Comparison(List(a,b),List(1,2))")]
    [InlineData("a = (SELECT 1)", "Comparison(a,Subquery?)")]
    [InlineData("EXTRACT(YEAR FROM a) = 1", "Comparison(Call:EXTRACT(YEAR,a),1)")]
    [InlineData("a > NOW() - INTERVAL '1 day'", "Comparison(a,Operation(Call:NOW(),INTERVAL '1 day'))")]
    [InlineData("a > DATE_SUB(NOW(), INTERVAL @n DAY)", "Comparison(a,Call:DATE_SUB(Call:NOW(),Operation(@n)))")]
    [InlineData("a = b(+)", "Comparison(a,b(+))")]
    [InlineData("a COLLATE NOCASE = 'x'", "Comparison(Operation(a,NOCASE),'x')")]
    [InlineData("a AT TIME ZONE 'UTC' > b", "Comparison(Operation(a,'UTC'),b)")]
    [InlineData("SUM(a) FILTER (WHERE b = 1) OVER (PARTITION BY c ORDER BY d DESC ROWS UNBOUNDED PRECEDING) > 1", "Comparison(Call:SUM(a),1)")]
    [InlineData("STRING_AGG(a, ',' ORDER BY b) = 'x'", "Comparison(Call:STRING_AGG(a,',',b),'x')")]
    [InlineData("-a = +1", "Comparison(Operation(a),Operation(1))")]
    [InlineData("a = q'[it's]'", "Comparison(a,q'[it's]')")]
    [InlineData("a = U&'x'", "Comparison(a,Operation(U,'x'))")]
    [InlineData("a = ARRAY[1, 2]", "Comparison(a,List(1,2))")]
    [InlineData("a = $1 AND b = ? AND c = :p AND d = {0}", "And(Comparison(a,$1),Comparison(b,?),Comparison(c,:p),Comparison(d,{0}))")]
    public void A_condition(string condition, string expected)
    {
        SqlText text = SqlText.From("SELECT 1 FROM t WHERE " + condition);
        SqlStatement statement = Assert.Single(SqlScript.Parse(text).Statements);
        Assert.True(statement.IsUnderstood, text.At(statement.NotUnderstood));
        Assert.Equal(expected, Show(text, statement.Where!));
    }

    [Theory]
    [InlineData("a = @p AND t.b IN (1, @x) AND c BETWEEN @y AND 2 AND d LIKE 'x%'", "a Equality given, b List given, c Range given, d Pattern given")]
    [InlineData("@p = a AND b >= ~ AND c IS NULL AND d = ANY(@ids)", "a Equality given, b Range given, c Is given, d List given")]
    [InlineData("a = b AND c IN (SELECT d FROM u)", "a Equality, c List")]
    [InlineData("a = @p OR b = @q", "")]
    [InlineData("NOT a = @p AND b NOT IN (1) AND c <> 2", "")]
    [InlineData("LOWER(a) = @p", "")]
    [InlineData("a = CAST(@p AS int) AND b = @q + 1", "a Equality given, b Equality given")]
    public void Restricted_columns(string condition, string expected)
    {
        SqlText text = Sql.Holes("DELETE FROM t WHERE " + condition);
        IEnumerable<SqlRestriction> found = SqlRestriction.Of(text, SqlScript.Parse(text).Statements[0].Where);
        Assert.Equal(expected, string.Join(", ", found.Select(one => $"{one.Column.Name} {one.Kind}{(one.IsGiven ? " given" : "")}")));
    }

    [Fact]
    public void No_condition_restricts_nothing() => Assert.Empty(SqlRestriction.Of(SqlText.From(""), null));

    [Fact]
    public void Deep_nesting_is_marked()
    {
        string deep = "SELECT 1 WHERE " + string.Concat(Enumerable.Repeat("f(", 200)) + "a" + new string(')', 200) + " = 1";
        SqlStatement statement = SqlScript.Parse(deep).Statements[0];
        Assert.False(statement.IsUnderstood);
        Assert.NotNull(statement.Where);
    }

    private static string Show(SqlText text, SqlExpression node)
    {
        if (node.Operands.Count == 0 && node.Query is null && node.Kind is not (SqlExpressionKind.Call or SqlExpressionKind.List or SqlExpressionKind.Case))
            return text.At(node.Span)!;
        string name = node.Kind == SqlExpressionKind.Call ? ":" + node.Name : "";
        string operands = node.Operands.Count == 0 && node.Query is not null ? "" : $"({string.Join(",", node.Operands.Select(operand => Show(text, operand)))})";
        return $"{(node.IsNegated ? "!" : "")}{node.Kind}{name}{operands}{(node.Query is null ? "" : "?")}";
    }
}
