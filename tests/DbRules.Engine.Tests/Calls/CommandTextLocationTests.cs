using DbRules.Engine.Calls;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>Words of the SQL are found again in the code, whatever literal they stand in.</summary>
public sealed class CommandTextLocationTests
{
    private const string Raw = "\"\"\"";

    [Theory]
    [InlineData("connection.Query(\"SELECT a FROM WORD\"); //1")]
    [InlineData("connection.Query(\"SELECT '\\t\\u0041\\x41 \\\\' \\\"q\\\" FROM WORD WHERE a = 1\"); //1")]
    [InlineData("connection.Query(\"SELECT '\\U0001F600\\U00000041' FROM WORD\"); //1")]
    [InlineData("connection.Query(\"SELECT\\r\\n a\\0 FROM WORD\"); //1")]
    [InlineData("connection.Query(@\"SELECT \"\"a\"\" FROM WORD\"); //1")]
    [InlineData("connection.Query(@\"SELECT a\nFROM \"\"b\"\", WORD\nWHERE 1 = 1\"); //1")]
    [InlineData("connection.Query(" + Raw + "SELECT \"a\" FROM WORD" + Raw + "); //1")]
    [InlineData("connection.Query(" + Raw + "\n        SELECT \"a\"\n\n          FROM WORD\n        " + Raw + "); //1")]
    [InlineData("connection.Query(" + Raw + "\n\t\tSELECT \"a\"\n\t\n\t\t\tFROM WORD\n\t\t" + Raw + "); //1")]
    [InlineData("connection.Query($\"SELECT {text}, '{{\\t}}' FROM WORD\"); //1")]
    [InlineData("connection.Query($@\"SELECT {text}, \"\"x\"\" '{{}}'\nFROM WORD\"); //1")]
    [InlineData("connection.Query($" + Raw + "SELECT {text} FROM WORD" + Raw + "); //1")]
    [InlineData("connection.Query($$" + Raw + "\n        SELECT {{text}}, '{}'\n          FROM WORD\n        " + Raw + "); //1")]
    [InlineData("connection.Query($" + Raw + "\n        WORD\n        WHERE a = {text}\n        " + Raw + "); //1")]
    [InlineData("connection.Query(\"SELECT \" + \"a \\\" \" + \"FROM WORD\"); //1")]
    [InlineData("connection.Query(\"SELECT \" + text + @\" \"\"a\"\" FROM WORD\"); //1")]
    [InlineData("var where = \"FROM WORD\"; connection.Query($\"SELECT {text} {where}\"); //1")]
    [InlineData("const string sql = \"SELECT a FROM \" + @\"WORD\"; connection.Query(sql); //1")]
    public void A_word_is_found_in_its_literal(string statements)
    {
        CommandText command = CodeUnderTest.Statements(statements).Call("//1").Command;
        int at = command.Script!.Text.Joined.IndexOf("WORD", StringComparison.Ordinal);
        Assert.Equal("WORD", Code(command.LocationOf(new SqlSpan(at, 4))));
        Assert.Equal("W", Code(command.LocationOf(new SqlSpan(at, 1))));
        Assert.Equal("", Code(command.LocationOf(new SqlSpan(at, 0))));
    }

    [Theory]
    [InlineData("connection.Query(\"SELECT a, b\"); //1", "SELECT a", "SELECT a")]
    [InlineData("connection.Query(\"SELECT 'a\\tb' c\"); //1", "'a\tb'", "'a\\tb'")]
    [InlineData("connection.Query(@\"SELECT \"\"a\"\" c\"); //1", "\"a\"", "\"\"a\"\"")]
    [InlineData("connection.Query($\"SELECT a{text}b c\"); //1", "a\uE000b", "a{text}b")]
    [InlineData("connection.Query($\"SELECT a{text} c\"); //1", "\uE000", "text")]
    [InlineData("connection.Query(\"SELECT a\" + text + \"b c\"); //1", "a\uE000b", "a\" + text + \"b")]
    [InlineData("var b = \"b c\"; connection.Query(\"SELECT a \" + b); //1", "a b", "a ")]
    [InlineData("connection.Query(\"SELECT a FROM \" + nameof(Order)); //1", "Order", "nameof(Order)")]
    [InlineData("connection.Query(" + Raw + "\n  SELECT a,\n    b\n  " + Raw + "); //1", "a,\n  b", "a,\n    b")]
    public void A_stretch_is_found_as_the_code_writes_it(string statements, string sql, string expected)
    {
        CommandText command = CodeUnderTest.Statements(statements).Call("//1").Command;
        int at = command.Script!.Text.Joined.IndexOf(sql, StringComparison.Ordinal);
        Assert.Equal(expected, Code(command.LocationOf(new SqlSpan(at, sql.Length))));
    }

    [Fact]
    public void A_constant_is_found_where_it_is_declared()
    {
        const string source =
            """
            class Queries { public const string Table = "or" + "ders"; public const string All = "SELECT a FROM " + Table; }
            class Report { void Run(DbConnection connection) { connection.Query("SELECT a FROM " + Queries.Table + " WHERE b = 1"); //1
            } void Other(DbConnection connection) { connection.Query(Queries.All); //2
            } }
            """;
        CodeUnderTest code = CodeUnderTest.Of(source);
        CommandText command = code.Call("//1").Command;
        string text = command.Script!.Text.Joined;
        Assert.Equal("SELECT a FROM orders WHERE b = 1", text);
        Assert.Equal("ders", Code(command.LocationOf(new SqlSpan(text.IndexOf("ders", StringComparison.Ordinal), 4))));
        Assert.Equal("b = 1", Code(command.LocationOf(new SqlSpan(text.IndexOf("b = 1", StringComparison.Ordinal), 5))));
        Assert.Equal("Queries.All", Code(code.Call("//2").Command.LocationOf(new SqlSpan(0, 6))));
    }

    [Fact]
    public void Outside_the_text_nothing_is_found()
    {
        CommandText command = CodeUnderTest.Statements("connection.Query($\"SELECT {text}\"); //1").Call().Command;
        Assert.Null(command.LocationOf(new SqlSpan(-1, 2)));
        Assert.Null(command.LocationOf(new SqlSpan(3, 400)));
        Assert.Null(CommandText.None.LocationOf(new SqlSpan(0, 1)));
        Assert.Equal("text", command.FilledWith(7)?.ToString());
        Assert.Null(command.FilledWith(6));
    }

    [Fact]
    public void The_same_text_put_together_elsewhere_has_its_own_values()
    {
        CodeUnderTest code = CodeUnderTest.Statements("connection.Query($\"SELECT {text} FROM a\"); //1\nvar sql = \"SEL\" + \"ECT \" + text.Trim() + \" FROM\" + \" a\"; connection.Query(sql); //2");
        Assert.Equal("text", code.Call("//1").Command.FilledWith(7)?.ToString());
        Assert.Equal("text.Trim()", code.Call("//2").Command.FilledWith(7)?.ToString());
    }

    private static string? Code(Location? location) => location?.SourceTree!.GetText().ToString(location.SourceSpan).Replace("\r", "", StringComparison.Ordinal);
}
