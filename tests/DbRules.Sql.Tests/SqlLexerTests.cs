using Xunit;

namespace DbRules.Sql.Tests;

public sealed class SqlLexerTests
{
    [Theory]
    [InlineData("SELECT", SqlTokenKind.Keyword)]
    [InlineData("sElEcT", SqlTokenKind.Keyword)]
    [InlineData("limit", SqlTokenKind.Identifier)]
    [InlineData("Orders", SqlTokenKind.Identifier)]
    [InlineData("_a1$", SqlTokenKind.Identifier)]
    [InlineData("größe", SqlTokenKind.Identifier)]
    [InlineData("@@ROWCOUNT", SqlTokenKind.Identifier)]
    [InlineData("\"a b\"", SqlTokenKind.QuotedIdentifier)]
    [InlineData("\"a\"\"b\"", SqlTokenKind.QuotedIdentifier)]
    [InlineData("[a b]", SqlTokenKind.QuotedIdentifier)]
    [InlineData("[a]]b]", SqlTokenKind.QuotedIdentifier)]
    [InlineData("`a``b`", SqlTokenKind.QuotedIdentifier)]
    [InlineData("''", SqlTokenKind.String)]
    [InlineData("'it''s'", SqlTokenKind.String)]
    [InlineData("'-- no comment'", SqlTokenKind.String)]
    [InlineData("N'x'", SqlTokenKind.String)]
    [InlineData("n'x'", SqlTokenKind.String)]
    [InlineData("E'it\\'s'", SqlTokenKind.String)]
    [InlineData("e'\\\\'", SqlTokenKind.String)]
    [InlineData("X'FF'", SqlTokenKind.String)]
    [InlineData("B'01'", SqlTokenKind.String)]
    [InlineData("$$it's$$", SqlTokenKind.String)]
    [InlineData("$f$ $$ $g$ $f$", SqlTokenKind.String)]
    [InlineData("0", SqlTokenKind.Number)]
    [InlineData("1.5", SqlTokenKind.Number)]
    [InlineData(".5", SqlTokenKind.Number)]
    [InlineData("1.", SqlTokenKind.Number)]
    [InlineData("1e10", SqlTokenKind.Number)]
    [InlineData("1.5E-3", SqlTokenKind.Number)]
    [InlineData("0xFF", SqlTokenKind.Number)]
    [InlineData("2fa", SqlTokenKind.Unknown)]
    [InlineData("@p", SqlTokenKind.Parameter)]
    [InlineData("@p_1", SqlTokenKind.Parameter)]
    [InlineData(":p", SqlTokenKind.Parameter)]
    [InlineData(":1", SqlTokenKind.Parameter)]
    [InlineData("$1", SqlTokenKind.Parameter)]
    [InlineData("$p", SqlTokenKind.Parameter)]
    [InlineData("?", SqlTokenKind.Parameter)]
    [InlineData("?1", SqlTokenKind.Parameter)]
    [InlineData("?p?", SqlTokenKind.Parameter)]
    [InlineData("{0}", SqlTokenKind.Parameter)]
    [InlineData("{12}", SqlTokenKind.Parameter)]
    [InlineData("{=p}", SqlTokenKind.Parameter)]
    [InlineData("::", SqlTokenKind.Operator)]
    [InlineData(":=", SqlTokenKind.Operator)]
    [InlineData("<=>", SqlTokenKind.Operator)]
    [InlineData("->>", SqlTokenKind.Operator)]
    [InlineData("<>", SqlTokenKind.Operator)]
    [InlineData("!=", SqlTokenKind.Operator)]
    [InlineData("||", SqlTokenKind.Operator)]
    [InlineData("@>", SqlTokenKind.Operator)]
    [InlineData("<@", SqlTokenKind.Operator)]
    [InlineData("?|", SqlTokenKind.Operator)]
    [InlineData("=", SqlTokenKind.Operator)]
    [InlineData("-", SqlTokenKind.Operator)]
    [InlineData("(", SqlTokenKind.Punctuation)]
    [InlineData(";", SqlTokenKind.Punctuation)]
    [InlineData(".", SqlTokenKind.Punctuation)]
    [InlineData("]", SqlTokenKind.Punctuation)]
    [InlineData("-- to the end", SqlTokenKind.Comment)]
    [InlineData("--", SqlTokenKind.Comment)]
    [InlineData("/* a */", SqlTokenKind.Comment)]
    [InlineData("/**/", SqlTokenKind.Comment)]
    [InlineData("/*+ INDEX(t) */", SqlTokenKind.Comment)]
    [InlineData("#", SqlTokenKind.Unknown)]
    [InlineData("{", SqlTokenKind.Unknown)]
    [InlineData("$", SqlTokenKind.Unknown)]
    [InlineData("\0", SqlTokenKind.Unknown)]
    [InlineData("\U0001F600", SqlTokenKind.Unknown)]
    public void One_token(string sql, SqlTokenKind kind)
    {
        SqlToken token = Assert.Single(SqlLexer.Tokenize(SqlText.From(sql)));
        Assert.Equal(kind, token.Kind);
        Assert.Equal(new SqlSpan(0, sql.Length), token.Span);
        Assert.Equal(SqlTokenMarks.None, token.Marks);
    }

    [Theory]
    [InlineData("a=@p", "a", "=", "@p")]
    [InlineData("a>=:p", "a", ">=", ":p")]
    [InlineData("a<@p", "a", "<", "@p")]
    [InlineData("a<@@x", "a", "<", "@@x")]
    [InlineData("a@>b", "a", "@>", "b")]
    [InlineData("x::text", "x", "::", "text")]
    [InlineData(":p::int", ":p", "::", "int")]
    [InlineData("?||'x'", "?", "||", "'x'")]
    [InlineData("a-1", "a", "-", "1")]
    [InlineData("a--1\nb", "a", "--1", "b")]
    [InlineData("t.[x]", "t", ".", "[x]")]
    [InlineData("t.*", "t", ".", "*")]
    [InlineData("SELECT[x]FROM[t]", "SELECT", "[x]", "FROM", "[t]")]
    [InlineData("a[1]", "a", "[", "1", "]")]
    [InlineData("a[1:2]", "a", "[", "1", ":", "2", "]")]
    [InlineData("a[1][2]", "a", "[", "1", "]", "[", "2", "]")]
    [InlineData("f(x)[1]", "f", "(", "x", ")", "[", "1", "]")]
    [InlineData("a [1]", "a", "[1]")]
    [InlineData("\"a\"[1]", "\"a\"", "[", "1", "]")]
    [InlineData("ARRAY[1]", "ARRAY", "[", "1", "]")]
    [InlineData("db..t", "db", ".", ".", "t")]
    [InlineData("f(1,.5)", "f", "(", "1", ",", ".5", ")")]
    [InlineData("/* a /* b */ c */ d", "/* a /* b */ c */", "d")]
    [InlineData("a -- x\r\nb", "a", "-- x", "b")]
    [InlineData("U&'x'", "U", "&", "'x'")]
    [InlineData("$1$2", "$1", "$2")]
    [InlineData("\u00A0a\u2003b", "a", "b")]
    public void Several_tokens(string sql, params string[] expected)
    {
        SqlText text = SqlText.From(sql);
        Assert.Equal(expected, SqlLexer.Tokenize(text).Select(token => text.Slice(token.Span)));
    }

    [Theory]
    [InlineData("x 'open", SqlTokenKind.String)]
    [InlineData("x 'open''", SqlTokenKind.String)]
    [InlineData("x E'open\\'", SqlTokenKind.String)]
    [InlineData("x $$open$", SqlTokenKind.String)]
    [InlineData("x $t$open$$", SqlTokenKind.String)]
    [InlineData("x \"open", SqlTokenKind.QuotedIdentifier)]
    [InlineData("x [open]]", SqlTokenKind.QuotedIdentifier)]
    [InlineData("x `open", SqlTokenKind.QuotedIdentifier)]
    [InlineData("x /* open", SqlTokenKind.Comment)]
    [InlineData("x /*/", SqlTokenKind.Comment)]
    public void What_is_not_closed_runs_to_the_end_and_is_marked(string sql, SqlTokenKind kind)
    {
        SqlToken last = SqlLexer.Tokenize(SqlText.From(sql))[1];
        Assert.Equal(kind, last.Kind);
        Assert.Equal(SqlSpan.Between(2, sql.Length), last.Span);
        Assert.True(last.Has(SqlTokenMarks.Unterminated));
    }

    [Theory]
    [InlineData("'it\\'", true)]
    [InlineData("'a\\''b'", true)]
    [InlineData("'a\\\\'", false)]
    [InlineData("'\\'", false)]
    [InlineData("'a\\b'", false)]
    [InlineData("E'a\\'b'", false)]
    [InlineData("/*! x */", true)]
    [InlineData("/* /* */ */", true)]
    [InlineData("/* x */", false)]
    public void What_dialects_read_differently_is_marked(string sql, bool marked) =>
        Assert.Equal(marked, SqlLexer.Tokenize(SqlText.From(sql))[0].Has(SqlTokenMarks.DialectDependent));

    [Theory]
    [InlineData("LIMIT", SqlKeyword.Limit)]
    [InlineData("count_big", SqlKeyword.Count_Big)]
    [InlineData("where", SqlKeyword.Where)]
    [InlineData("customer", SqlKeyword.None)]
    [InlineData("none", SqlKeyword.None)]
    [InlineData("\"where\"", SqlKeyword.None)]
    [InlineData("@where", SqlKeyword.None)]
    public void Words_tell_their_keyword(string sql, SqlKeyword keyword) =>
        Assert.Equal(keyword, SqlLexer.Tokenize(SqlText.From(sql))[0].Keyword);

    [Fact]
    public void A_hole_is_a_token_of_its_own_outside_quotes()
    {
        IReadOnlyList<SqlToken> tokens = SqlLexer.Tokenize(Sql.Holes("Orders_~ = '~' -- ~"));
        Assert.Equal(
            [SqlTokenKind.Identifier, SqlTokenKind.Hole, SqlTokenKind.Operator, SqlTokenKind.String, SqlTokenKind.Comment],
            tokens.Select(token => token.Kind));
        Assert.Equal([false, false, false, true, true], tokens.Select(token => token.Has(SqlTokenMarks.HasHole)));
    }
}
