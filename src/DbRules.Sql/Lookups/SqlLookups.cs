namespace DbRules.Sql;

/// <summary>Recognises statements that look rows up by one parameter.</summary>
public static class SqlLookups
{
    /// <summary>
    /// The lookup that the script is, if it is one <c>SELECT</c> over one table whose conditions are joined by <c>AND</c> and one of which,
    /// and only that one, compares a column with the parameter by <c>=</c>. Null for everything else and whenever a part of the text is not
    /// understood: set operations, grouping, <c>DISTINCT</c>, <c>WITH</c>, <c>INTO</c>, <c>FOR</c>, <c>OPTION</c>, row limits other than one row,
    /// locking hints, <c>ROWNUM</c>, and holes that are not whole values.
    /// </summary>
    /// <param name="script">The text.</param>
    /// <param name="parameterName">The parameter, with or without its prefix; letter case is ignored; null finds nothing.</param>
    public static EqualityLookup? EqualityLookup(SqlScript script, string? parameterName)
    {
        if (script.Statements.Count != 1 || !script.Statements[0].IsWellFormed || HasHoleInComment(script))
            return null;
        TokenWindow window = script.Statements[0].Window;
        if (script.Statements[0].Select is not { IsUnderstood: true, HasSingleTable: true } select || !HasOnlyLookupClauses(select))
            return null;
        if (select.Find(SqlClauseKind.Where) is not { } where || select.Find(SqlClauseKind.SelectList) is not { } list)
            return null;
        if (MayJoin(window, where) || !HolesAreValues(script.Statements[0], where) || window.Tokens.Any(token => token.Keyword == SqlKeyword.RowNum))
            return null;
        SqlClause? orderBy = select.Find(SqlClauseKind.OrderBy);
        if (!RowLimits.AreNoneOrOne(window, select, out SqlSpan? rowLimit) || HasLockingHint(window, select.Tables[0]))
            return null;
        if (FindParameter(window, parameterName, out List<string> others) is not { } parameter)
            return null;
        if (FindEquality(window.Text, select.Where, parameter) is not { } equality || !BelongsTo(equality, select.Tables[0]))
            return null;

        SelectListKind kind = ListKind(select.Items);
        SqlText text = script.Text;
        return new EqualityLookup(select.Tables[0], text.Slice(select.Tables[0].NameSpan), equality, text.Slice(equality.Column.Span))
        {
            ParameterName = SqlNames.ParameterName(text.Slice(parameter)),
            ParameterPrefix = text.Joined[parameter.Start],
            OtherParameters = others,
            SelectListKind = kind,
            Columns = kind == SelectListKind.Columns ? select.Items.Select(item => item.ResultName ?? string.Empty).ToArray() : [],
            SelectList = list.Span,
            GroupByPlace = new SqlSpan(where.Span.End, 0),
            RowLimitOne = rowLimit,
            OrderBy = orderBy?.Span,
        };
    }

    private static bool HasHoleInComment(SqlScript script) =>
        script.Tokens.Any(token => token.Kind == SqlTokenKind.Comment && token.Has(SqlTokenMarks.HasHole));

    private static bool HasOnlyLookupClauses(SqlSelect select) => select.Clauses.All(clause => clause.Kind is SqlClauseKind.SelectList
        or SqlClauseKind.From or SqlClauseKind.Where or SqlClauseKind.OrderBy or SqlClauseKind.Top or SqlClauseKind.Limit or SqlClauseKind.Fetch);

    private static bool HolesAreValues(SqlStatement statement, SqlClause where) => statement.Holes.All(hole =>
        hole is { Place: SqlHolePlace.Value, IsInside: false } && hole.Span.Start >= where.Body.Start && hole.Span.End <= where.Body.End);

    private static bool HasLockingHint(TokenWindow window, SqlTable table) =>
        table.Hints is { } hints && window.Tokens.Any(token => token.Start >= hints.Start && token.End <= hints.End
            && token.Kind is SqlTokenKind.Identifier && token.Keyword is not (SqlKeyword.NoLock or SqlKeyword.ReadUncommitted));

    /// <summary>The span of the parameter; null unless it occurs exactly once, after <c>@</c> or <c>:</c>, and every other one has a name.</summary>
    private static SqlSpan? FindParameter(TokenWindow window, string? parameterName, out List<string> others)
    {
        string wanted = (parameterName ?? string.Empty).TrimStart('@', ':');
        SqlSpan? found = null;
        others = [];
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (SqlToken token in window.Tokens)
        {
            if (token.Kind != SqlTokenKind.Parameter)
                continue;
            string written = window.Text.Slice(token.Span);
            string name = SqlNames.ParameterName(written);
            if (name.Length == 0)
                return null;
            if (!string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase))
            {
                if (seen.Add(name))
                    others.Add(name);
                continue;
            }

            if (found is not null || written[0] is not ('@' or ':'))
                return null;
            found = token.Span;
        }

        return found;
    }

    /// <summary>The conjunct that compares a column with the parameter.</summary>
    private static ColumnEquality? FindEquality(SqlText text, SqlExpression? where, SqlSpan parameter)
    {
        ColumnEquality? found = null;
        foreach (SqlExpression conjunct in where?.Conjuncts ?? [])
        {
            if (conjunct.Kind != SqlExpressionKind.Comparison || conjunct.Operands.Count != 2 || text.Slice(conjunct.Operator) != "=")
                continue;
            SqlExpression left = conjunct.Operands[0];
            SqlExpression right = conjunct.Operands[1];
            SqlExpression column = left.Span == parameter ? right : left;
            bool isWithParameter = left.Span == parameter || right.Span == parameter;
            if (isWithParameter && column.IsColumn)
                found = new ColumnEquality(conjunct, column, parameter);
        }

        return found;
    }

    /// <summary>Whether <c>||</c> occurs, which is an <c>OR</c> in MySQL.</summary>
    private static bool MayJoin(TokenWindow window, SqlClause where)
    {
        for (int i = where.BodyStart; i < where.TokenEnd; i++)
        {
            if (window.IsOperator(i, "||"))
                return true;
        }

        return false;
    }

    private static bool BelongsTo(ColumnEquality equality, SqlTable table) =>
        equality.Column.Qualifier is not { } qualifier || string.Equals(qualifier, table.Reference, StringComparison.OrdinalIgnoreCase);

    private static SelectListKind ListKind(IReadOnlyList<SqlSelectItem> items)
    {
        if (items.Count > 0 && items.All(item => item.Kind == SqlSelectItemKind.Column))
            return SelectListKind.Columns;
        if (items.Count != 1)
            return SelectListKind.Other;
        return items[0].Kind switch
        {
            SqlSelectItemKind.Star => SelectListKind.Star,
            SqlSelectItemKind.CountOfRows => SelectListKind.CountAll,
            SqlSelectItemKind.Constant => SelectListKind.ExistsOrConstant,
            _ => SelectListKind.Other,
        };
    }
}
