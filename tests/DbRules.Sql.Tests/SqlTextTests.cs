using Xunit;

namespace DbRules.Sql.Tests;

public sealed class SqlTextTests
{
    private static readonly SqlText WithHoles = SqlText.From(
        [SqlTextPart.Literal("SELECT "), SqlTextPart.Hole(3), SqlTextPart.Literal(""), SqlTextPart.Literal(" FROM "), SqlTextPart.Hole(0)]);

    [Fact]
    public void A_hole_takes_one_private_use_character() => Assert.Equal("SELECT \uE000 FROM \uE000", WithHoles.Joined);

    [Fact]
    public void Empty_literals_are_left_out() => Assert.Equal(4, WithHoles.Parts.Count);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(6, 0, 6)]
    [InlineData(7, 1, 0)]
    [InlineData(8, 2, 0)]
    [InlineData(14, 3, 0)]
    [InlineData(15, 3, 1)]
    public void A_position_maps_back_to_its_part(int position, int part, int offset) =>
        Assert.Equal(new SqlTextPosition(part, offset), WithHoles.Locate(position));

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    public void Outside_the_text_there_is_no_part(int position) => Assert.Null(WithHoles.Locate(position));

    [Fact]
    public void A_hole_knows_its_ordinal()
    {
        Assert.Equal(3, WithHoles.HoleOrdinal(7));
        Assert.Equal(0, WithHoles.HoleOrdinal(14));
        Assert.Equal(-1, WithHoles.HoleOrdinal(6));
        Assert.Equal(-1, WithHoles.HoleOrdinal(99));
    }

    [Fact]
    public void The_private_use_character_in_literal_text_is_no_hole()
    {
        SqlText text = SqlText.From("a \uE000");
        Assert.False(text.IsHole(2));
        Assert.Equal(SqlTokenKind.Unknown, SqlLexer.Tokenize(text)[1].Kind);
    }

    [Fact]
    public void Null_is_empty_text()
    {
        Assert.Equal(0, SqlText.From((string?)null).Length);
        Assert.Equal(0, SqlText.From((IEnumerable<SqlTextPart>?)null).Length);
        Assert.Null(SqlText.From("").Locate(0));
    }

    [Theory]
    [InlineData(0, 6, "SELECT")]
    [InlineData(-3, 9, "SELECT")]
    [InlineData(9, 400, "FROM \uE000")]
    [InlineData(40, 2, "")]
    public void A_slice_leaves_out_what_lies_outside(int start, int length, string expected) =>
        Assert.Equal(expected, WithHoles.Slice(new SqlSpan(start, length)));

    [Theory]
    [InlineData("\"a\"\"b\"", "a\"b")]
    [InlineData("[a]]b]", "a]b")]
    [InlineData("`a``b`", "a`b")]
    [InlineData("plain", "plain")]
    [InlineData("\"open", "\"open")]
    [InlineData("\"", "\"")]
    [InlineData("", "")]
    public void Names_lose_their_quotes(string written, string expected) => Assert.Equal(expected, SqlNames.Unquote(written));

    [Theory]
    [InlineData("@p", "p")]
    [InlineData(":p", "p")]
    [InlineData("$1", "1")]
    [InlineData("?", "")]
    [InlineData("?p?", "p")]
    [InlineData("{0}", "0")]
    [InlineData("{=p}", "p")]
    public void Parameters_lose_their_prefix(string written, string expected) => Assert.Equal(expected, SqlNames.ParameterName(written));

    [Theory]
    [InlineData("postgresql", SqlDialect.PostgreSql)]
    [InlineData("SqlServer", SqlDialect.SqlServer)]
    [InlineData("MYSQL", SqlDialect.MySql)]
    [InlineData("sqlite", SqlDialect.Sqlite)]
    [InlineData("oracle", SqlDialect.Oracle)]
    public void Dialects_are_read_in_any_letter_case(string word, SqlDialect expected)
    {
        Assert.True(SqlDialects.TryParse(word, out SqlDialect dialect));
        Assert.Equal(expected, dialect);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("postgres")]
    [InlineData("1")]
    public void Other_words_are_no_dialect(string? word)
    {
        Assert.False(SqlDialects.TryParse(word, out SqlDialect dialect));
        Assert.Equal(SqlDialect.Unknown, dialect);
    }

    [Fact]
    public void Every_listed_word_is_a_dialect_of_its_own() =>
        Assert.Equal(5, SqlDialects.Words.Select(word => SqlDialects.TryParse(word, out SqlDialect dialect) ? dialect : SqlDialect.Unknown).Distinct().Count());
}
