namespace DbRules.Sql;

/// <summary>Names without what the text puts around them.</summary>
public static class SqlNames
{
    private static readonly char[] Prefixes = ['@', ':', '$', '?', '{', '='];
    private static readonly char[] Suffixes = ['?', '}'];

    /// <summary>
    /// A name or quoted string without its quotes, doubled closing quotes made single. Text that is not fully quoted stays as it is.
    /// </summary>
    public static string Unquote(string written)
    {
        var whole = new SqlSpan(0, written.Length);
        return IsQuoted(written, whole) ? Inside(written, whole) : written;
    }

    internal static bool IsQuoted(string text, SqlSpan name) =>
        name.Length > 1 && text[name.Start] is '"' or '[' or '`' or '\'' && text[name.End - 1] == Closing(text[name.Start]);

    /// <summary>What stands between the quotes, doubled closing ones made single.</summary>
    internal static string Inside(string text, SqlSpan quoted)
    {
        string name = text.Substring(quoted.Start + 1, quoted.Length - 2);
        char closing = Closing(text[quoted.Start]);
        if (name.IndexOf(closing) < 0)
            return name;
        string one = closing.ToString();
        return name.Replace(one + one, one);
    }

    private static char Closing(char opening) => opening == '[' ? ']' : opening;

    /// <summary>
    /// The name of a parameter token as written: without <c>@</c>, <c>:</c>, <c>$</c>, <c>?</c> or braces; empty for a bare <c>?</c>.
    /// </summary>
    public static string ParameterName(string written) => written.TrimStart(Prefixes).TrimEnd(Suffixes);
}
