namespace DbRules.Sql;

/// <summary>What does a <c>SELECT</c> select?</summary>
internal static class SelectListReader
{
    public static IReadOnlyList<SqlSelectItem> Read(TokenWindow window, SqlClause list)
    {
        var items = new List<SqlSelectItem>();
        int start = list.BodyStart;
        for (int i = start; i < list.TokenEnd; i = window.Next(i))
        {
            if (!window.IsPunctuation(i, ','))
                continue;
            items.Add(ReadItem(window, start, i));
            start = i + 1;
        }

        if (start < list.TokenEnd || items.Count > 0)
            items.Add(ReadItem(window, start, list.TokenEnd));
        return items;
    }

    private static SqlSelectItem ReadItem(TokenWindow window, int start, int end)
    {
        int expressionEnd = NameReader.AliasStart(window, start, end, out string? alias);
        var name = NameReader.Read(window, start, expressionEnd);
        SqlSelectItemKind kind = Kind(window, start, expressionEnd, name);
        string? qualifier = null;
        string? column = null;
        if (kind == SqlSelectItemKind.Column)
        {
            column = name.Last;
            qualifier = name.Count > 1 ? name[name.Count - 2] : null;
        }
        else if (kind == SqlSelectItemKind.Star && name.Count > 0)
        {
            qualifier = name.Last;
        }

        return new SqlSelectItem(kind, window.Span(start, end), qualifier, column, alias);
    }

    private static SqlSelectItemKind Kind(TokenWindow window, int start, int end, NameReader.Name name)
    {
        int length = end - start;
        if (length > 0 && window.IsOperator(end - 1, '*') && (length == 1 || (name.End == end - 2 && window.IsPunctuation(end - 2, '.'))))
            return SqlSelectItemKind.Star;
        if (length == 1 && window.Keyword(start) is SqlKeyword.True or SqlKeyword.False)
            return SqlSelectItemKind.Constant;
        if (name.Count > 0 && name.End == end)
            return ColumnNames.IsColumn(window, start, end) ? SqlSelectItemKind.Column : SqlSelectItemKind.Other;
        if (length == 1 && (window[start].Kind is SqlTokenKind.Number or SqlTokenKind.String || window.Is(start, SqlKeyword.Null)))
            return SqlSelectItemKind.Constant;
        if (window.Keyword(start) is SqlKeyword.Count or SqlKeyword.Count_Big && window.IsPunctuation(start + 1, '(') && window.Next(start + 1) == end)
        {
            bool ofRows = length == 4 && (window.IsOperator(start + 2, '*') || window.TextOf(start + 2) == "1");
            return ofRows ? SqlSelectItemKind.CountOfRows : SqlSelectItemKind.CountOfValues;
        }

        return SqlSelectItemKind.Other;
    }
}
