namespace DbRules.Sql;

/// <summary>Reads one column definition: name, type and what follows it.</summary>
internal static class ColumnDefinitionReader
{
    private static readonly string[] Serials = ["serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"];

    /// <summary>Words that follow a type and are no part of it.</summary>
    private static readonly string[] BehindTypes =
    [
        "PRIMARY", "REFERENCES", "GENERATED", "IDENTITY", "AUTO_INCREMENT", "AUTOINCREMENT", "ROWGUIDCOL", "SPARSE", "CHARSET", "AFTER", "VISIBLE", "INVISIBLE", "MASKED",
        "HIDDEN", "ENABLE",
    ];

    /// <summary>The column that fills the range; null when no name stands at its start, or one with a hole.</summary>
    public static SqlColumnDefinition? Read(TokenWindow window, int start, int limit)
    {
        if (start >= limit || !window[start].IsName || window[start].Has(SqlTokenMarks.HasHole) || (window.IsHole(start + 1) && window.Touch(start, start + 1)))
            return null;
        int typeEnd = EndOfType(window, start + 1, limit);
        string type = window.Text.Slice(window.Span(start + 1, typeEnd));
        bool isSerial = Serials.Contains(type, StringComparer.OrdinalIgnoreCase);
        bool? isNullable = null;
        bool isPrimaryKey = false;
        bool isUnique = false;
        bool isIdentity = isSerial;
        bool isComputed = window.Is(typeEnd, SqlKeyword.As);
        for (int i = typeEnd; i < limit; i = window.Next(i))
        {
            if (window.Is(i, SqlKeyword.Null) && window.Keyword(i - 1) is not (SqlKeyword.Default or SqlKeyword.Set or SqlKeyword.Is))
                isNullable = !window.Is(i - 1, SqlKeyword.Not);
            isPrimaryKey |= window.IsWord(i, "PRIMARY") && window.Is(i + 1, SqlKeyword.Key);
            isUnique |= window.Is(i, SqlKeyword.Unique);
            isIdentity |= window.IsWord(i, "IDENTITY") || window.IsWord(i, "AUTO_INCREMENT") || window.IsWord(i, "AUTOINCREMENT");
            isComputed |= window.Is(i, SqlKeyword.As) && window.IsPunctuation(i + 1, '(') && (i == typeEnd || window.IsWord(i - 1, "ALWAYS"));
        }

        return new SqlColumnDefinition(window.NameOf(start), type, window.Span(start, limit))
        {
            IsQuoted = window[start].Kind == SqlTokenKind.QuotedIdentifier,
            IsNullable = isPrimaryKey || isIdentity ? false : isNullable ?? (isComputed ? null : true),
            IsIdentity = isIdentity,
            IsComputed = isComputed,
            IsPrimaryKey = isPrimaryKey,
            IsUnique = isPrimaryKey || isUnique,
        };
    }

    /// <summary>Behind the words of a type: those up to the first that says something else about the column.</summary>
    private static int EndOfType(TokenWindow window, int start, int limit)
    {
        int position = start;
        while (position < limit && !EndsType(window, position, start))
            position = window.Next(position);
        return Math.Min(position, limit);
    }

    private static bool EndsType(TokenWindow window, int index, int start)
    {
        if (window.IsOpening(index) || window.IsPunctuation(index, '.') || window.IsPunctuation(index - 1, '.'))
            return false;
        if (window.Keyword(index) is SqlKeyword.With or SqlKeyword.Without)
            return !window.Is(index + 1, SqlKeyword.Time) && !window.IsWord(index + 1, "LOCAL");
        if (window[index].Kind == SqlTokenKind.QuotedIdentifier)
            return index > start;
        return window[index].Kind != SqlTokenKind.Identifier
            || window.Keyword(index) is SqlKeyword.Default or SqlKeyword.Constraint or SqlKeyword.Check or SqlKeyword.Unique or SqlKeyword.Key or SqlKeyword.Comment or SqlKeyword.First
            || (window.IsWord(index, "CHARACTER") && window.Is(index + 1, SqlKeyword.Set))
            || Array.Exists(BehindTypes, word => window.IsWord(index, word));
    }
}
