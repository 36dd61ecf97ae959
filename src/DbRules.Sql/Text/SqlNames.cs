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
        if (written.Length < 2)
            return written;
        char opening = written[0];
        char closing = opening == '[' ? ']' : opening;
        if (opening is not ('"' or '[' or '`' or '\'') || written[written.Length - 1] != closing)
            return written;
        string name = written.Substring(1, written.Length - 2);
        if (name.IndexOf(closing) < 0)
            return name;
        string one = closing.ToString();
        return name.Replace(one + one, one);
    }

    /// <summary>
    /// The name of a parameter token as written: without <c>@</c>, <c>:</c>, <c>$</c>, <c>?</c> or braces; empty for a bare <c>?</c>.
    /// </summary>
    public static string ParameterName(string written) => written.TrimStart(Prefixes).TrimEnd(Suffixes);
}
