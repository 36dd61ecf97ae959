namespace DbRules.Sql;

/// <summary>What does a <c>SELECT</c> or a <c>RETURNING</c> select?</summary>
internal sealed class SelectListReader(Reading reading, ExpressionReader expressions)
{
    private readonly TokenWindow _window = reading.Window;

    public IReadOnlyList<SqlSelectItem> Read(int start, int limit)
    {
        var items = new List<SqlSelectItem>();
        if (start >= limit)
            return items;
        foreach ((int from, int to) in Commas.Split(_window, start, limit))
            items.Add(ReadItem(from, to));
        return items;
    }

    private SqlSelectItem ReadItem(int start, int limit)
    {
        if (start >= limit)
        {
            reading.MarkUnread(start);
            return new SqlSelectItem(SqlSelectItemKind.Other, _window.Span(start, limit), null, null, null);
        }

        // SQL Server's other way to write an alias; elsewhere it compares, which no rule asks about.
        bool isNamedFirst = start + 2 < limit && _window[start].IsName && _window.IsOperator(start + 1, '=');
        string? alias = isNamedFirst ? _window.NameOf(start) : null;
        SqlExpression expression = expressions.Read(isNamedFirst ? start + 2 : start, limit, out int end);
        if (isNamedFirst)
            reading.Place(start, start + 1, SqlHolePlace.Identifier);
        else if (end < limit && expression.Kind != SqlExpressionKind.Unknown)
            end = ReadAlias(end, limit, out alias);
        reading.Expect(end, limit);
        // A hole that is a whole item may be any number of columns.
        if (expression.Kind == SqlExpressionKind.Hole && alias is null)
            reading.Place(start, limit, SqlHolePlace.Unknown);
        SqlSelectItemKind kind = Kind(expression);
        string? name = kind == SqlSelectItemKind.Column ? expression.Name : null;
        string? qualifier = kind is SqlSelectItemKind.Column or SqlSelectItemKind.Star ? expression.Qualifier : null;
        return new SqlSelectItem(kind, _window.Span(start, limit), qualifier, name, alias) { Expression = expression };
    }

    private int ReadAlias(int start, int limit, out string? alias)
    {
        alias = null;
        bool hasAs = _window.Is(start, SqlKeyword.As);
        int at = hasAs ? start + 1 : start;
        if (at >= limit)
            return start;
        bool isText = _window[at].Kind == SqlTokenKind.String && _window.TextOf(at)[0] == '\'';
        NameReader.Name name = NameReader.Read(_window, at, limit);
        if (name.Count > 0 && (hasAs || !name.IsHole))
        {
            reading.Place(at, name.End, SqlHolePlace.Identifier);
            alias = name.Last;
            return name.End;
        }

        if (!isText && !(hasAs && _window[at].Kind == SqlTokenKind.Keyword))
            return start;
        alias = _window.NameOf(at);
        return at + 1;
    }

    private SqlSelectItemKind Kind(SqlExpression expression)
    {
        switch (expression.Kind)
        {
            case SqlExpressionKind.Star:
                return SqlSelectItemKind.Star;
            case SqlExpressionKind.Name when expression.IsColumn:
                return SqlSelectItemKind.Column;
            case SqlExpressionKind.Literal:
                return SqlSelectItemKind.Constant;
            case SqlExpressionKind.Call when expression.Name.ToUpperInvariant() is "COUNT" or "COUNT_BIG" && expression is { IsWindowed: false, Operands.Count: 1 }:
                SqlExpression argument = expression.Operands[0];
                bool isPlain = argument.Span.Start > 0 && _window.Text.Slice(SqlSpan.Between(expression.Operator.End, argument.Span.Start)).Trim() == "(";
                bool ofRows = isPlain && (argument is { Kind: SqlExpressionKind.Star, Qualifier: null } || _window.Text.Slice(argument.Span) == "1");
                return ofRows ? SqlSelectItemKind.CountOfRows : SqlSelectItemKind.CountOfValues;
            default:
                return SqlSelectItemKind.Other;
        }
    }
}
