namespace DbRules.Sql;

/// <summary>Which signs compare?</summary>
internal static class Comparisons
{
    private static readonly string[] Signs =
    [
        "=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>", "!<", "!>", "~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*", "@>", "<@", "@@", "@?", "^@", ":=",
        "&&", "+=", "-=", "*=", "/=", "?|", "?&",
    ];

    /// <summary>Whether the token compares what stands before it with what follows, or assigns it.</summary>
    public static bool IsSign(TokenWindow window, int index)
    {
        SqlToken token = window[index];
        // data ? 'key' asks PostgreSQL's JSON for a key.
        if (token.Kind == SqlTokenKind.Parameter)
            return token.Length == 1 && window.Text.Joined[token.Start] == '?';
        if (token.Kind != SqlTokenKind.Operator)
            return false;
        foreach (string sign in Signs)
        {
            if (window.IsOperator(index, sign))
                return true;
        }

        return false;
    }
}

/// <summary>What stands between commas?</summary>
internal static class Commas
{
    /// <summary>The ranges between commas at the level of the first token; an empty range stands for a missing item.</summary>
    public static Ranges Split(TokenWindow window, int start, int limit) => new(window, start, limit);

    /// <summary>Ranges of tokens, found one after the other.</summary>
    public struct Ranges(TokenWindow window, int start, int limit)
    {
        private int _next = start;

        public (int Start, int End) Current { get; private set; }

        public readonly Ranges GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next > limit)
                return false;
            int end = _next;
            while (end < limit && !window.IsPunctuation(end, ','))
                end = window.Next(end);
            // What a bracket encloses may end behind the limit.
            end = Math.Min(end, limit);
            Current = (_next, end);
            _next = end + 1;
            return true;
        }
    }
}
