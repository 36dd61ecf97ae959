namespace DbRules.Sql;

/// <summary>A hole that stands for a name, which no parameter can stand for, or the token that it is part of.</summary>
/// <param name="Span">The hole, or the whole name that it is in.</param>
/// <param name="IsSortKey">Whether it stands in <c>ORDER BY</c>, for a column or for the direction.</param>
public readonly record struct SqlNameHole(SqlSpan Span, bool IsSortKey);

/// <summary>Finds the holes of a statement that stand for names.</summary>
public static class SqlNameHoles
{
    /// <summary>
    /// The holes for tables and columns, for parts of their names, and for sort keys with their directions; a column that is compared only where a parameter or a literal is
    /// on the other side. Nothing in statements other than those that read or change rows. In text order.
    /// </summary>
    /// <param name="statement">The statement.</param>
    /// <param name="matters">Whether a hole, or the token that it is in, is asked about at all: what it stands for is read for those alone.</param>
    public static IEnumerable<SqlNameHole> Of(SqlStatement statement, Func<SqlSpan, bool> matters)
    {
        if (statement.Kind is not (SqlStatementKind.Select or SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete or SqlStatementKind.Merge))
            yield break;
        TokenWindow window = statement.Window;
        for (int i = 0; i < window.Count; i++)
        {
            SqlToken token = window[i];
            bool isHole = token.Kind == SqlTokenKind.Hole;
            if (!(isHole || (token.IsName && token.Has(SqlTokenMarks.HasHole))) || !matters(token.Span))
                continue;
            SqlHolePlace place = statement.PlaceAt(i);
            if (place is SqlHolePlace.Identifier or SqlHolePlace.Keyword)
                yield return new SqlNameHole(token.Span, IsSortKey(window, i));
            else if (isHole && place == SqlHolePlace.Value && IsComparedColumn(window, i))
                yield return new SqlNameHole(token.Span, IsSortKey: false);
        }
    }

    private static bool IsSortKey(TokenWindow window, int index)
    {
        for (int i = index - 1; i > 0; i--)
        {
            switch (window[i].Keyword)
            {
                case SqlKeyword.By:
                    return window.Is(i - 1, SqlKeyword.Order);
                case SqlKeyword.Select or SqlKeyword.From or SqlKeyword.Where or SqlKeyword.Having or SqlKeyword.Set or SqlKeyword.Values or SqlKeyword.Into or SqlKeyword.On or SqlKeyword.Limit or SqlKeyword.Offset:
                    return false;
            }
        }

        return false;
    }

    private static bool IsComparedColumn(TokenWindow window, int hole) =>
        window[hole - 1].Keyword is SqlKeyword.Where or SqlKeyword.And or SqlKeyword.Or or SqlKeyword.Not
        && (Comparisons.IsSign(window, hole + 1) || window.Is(hole + 1, SqlKeyword.Like))
        && window[hole + 2].Kind is SqlTokenKind.Parameter or SqlTokenKind.String or SqlTokenKind.Number;
}
