namespace DbRules.Sql;

/// <summary>Which signs compare?</summary>
internal static class Comparisons
{
    private static readonly HashSet<string> Signs = new(StringComparer.Ordinal)
    {
        "=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>", "!<", "!>", "~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*", "@>", "<@", "@@", "@?", "^@", ":=",
        "&&", "+=", "-=", "*=", "/=", "?|", "?&",
    };

    /// <summary>Whether the token compares what stands before it with what follows, or assigns it.</summary>
    public static bool IsSign(TokenWindow window, int index)
    {
        SqlToken token = window[index];
        // data ? 'key' asks PostgreSQL's JSON for a key.
        if (token.Kind == SqlTokenKind.Parameter)
            return token.Length == 1 && window.Text.Joined[token.Start] == '?';
        return token.Kind == SqlTokenKind.Operator && Signs.Contains(window.TextOf(index));
    }
}

/// <summary>What stands between commas?</summary>
internal static class Commas
{
    /// <summary>The ranges between commas at the level of the first token; an empty range stands for a missing item.</summary>
    public static IEnumerable<(int Start, int End)> Split(TokenWindow window, int start, int limit)
    {
        int from = start;
        for (int i = start; i < limit; i = window.Next(i))
        {
            if (!window.IsPunctuation(i, ','))
                continue;
            yield return (from, i);
            from = i + 1;
        }

        yield return (from, limit);
    }
}
