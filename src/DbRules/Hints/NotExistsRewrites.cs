using DbRules.Engine.SqlTexts;
using DbRules.Rules;
using DbRules.Sql;

namespace DbRules.Hints;

/// <summary>Writes <c>NOT IN</c> over a subquery as <c>NOT EXISTS</c>.</summary>
internal static class NotExistsRewrites
{
    /// <summary>How the text is written instead; null where the subquery is more than a filtered list, or where a name would mean something else inside it.</summary>
    public static SqlRewriteHint? Of(SqlContext context, NullableSubquery found)
    {
        SqlText text = context.Sql.Script.Text;
        SqlExpression condition = found.Condition;
        if (!condition.IsNegated || condition.Query is not { Operands.Count: 0, CommonTables.Count: 0, Select: { } select } query || ValueOf(text, found, select) is not { } value)
            return null;
        SqlClause? list = select.Find(SqlClauseKind.SelectList);
        SqlClause? from = select.Find(SqlClauseKind.From);
        bool isList = select.Clauses.All(static clause => clause.Kind is SqlClauseKind.SelectList or SqlClauseKind.Distinct or SqlClauseKind.From or SqlClauseKind.Where);
        int opening = text.Joined.IndexOf('(', condition.Operator.Start);
        string words = text.Slice(SqlSpan.Between(condition.Operator.Start, Math.Max(opening, condition.Operator.Start)));
        bool isPlain = opening >= 0 && string.IsNullOrWhiteSpace(text.Slice(SqlSpan.Between(opening + 1, query.Span.Start)))
            && words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var not, var isIn] && IsWord(not, "NOT") && IsWord(isIn, "IN");
        if (!isList || !isPlain || list is null || from is null || select.Items[0].Expression is not { IsColumn: true } column)
            return null;

        bool isLower = words.StartsWith("not", StringComparison.Ordinal);
        string equality = $"{text.Slice(column.Span)} = {value}";
        var changes = new List<(SqlSpan, string)>
        {
            (SqlSpan.Between(condition.Span.Start, condition.Operator.Start + words.TrimEnd().Length), Spelled("NOT EXISTS", isLower)),
            (SqlSpan.Between(select.Find(SqlClauseKind.Distinct)?.Span.Start ?? list.Span.Start, list.Span.End), "1"),
        };
        if (select.Find(SqlClauseKind.Where) is not { } where)
        {
            changes.Add((new SqlSpan(from.Span.End, 0), $" {Spelled("WHERE", isLower)} {equality}"));
        }
        else
        {
            bool isChoice = select.Where?.Kind == SqlExpressionKind.Or && text.Joined[where.Body.Start] != '(';
            if (select.Where?.Kind == SqlExpressionKind.Or && !isChoice)
                return null;
            if (isChoice)
                changes.Add((new SqlSpan(where.Body.Start, 0), "("));
            changes.Add((new SqlSpan(where.Span.End, 0), $"{(isChoice ? ")" : "")} {Spelled("AND", isLower)} {equality}"));
        }

        return context.Rewrite([.. changes]);
    }

    /// <summary>What is compared, as it can be written inside the subquery; null where it would mean something else there.</summary>
    private static string? ValueOf(SqlText text, NullableSubquery found, SqlSelect inner)
    {
        SqlExpression value = found.Condition.Operands[0];
        string written = text.Slice(value.Span);
        if (value.Kind is SqlExpressionKind.Parameter or SqlExpressionKind.Literal && !value.HasHole)
            return written == "?" ? null : written;
        if (!value.IsColumn)
            return null;
        string? reference = value.Qualifier ?? found.Outer?.Reference;
        if (reference is null || inner.Tables.Any(table => string.Equals(table.Reference, reference, StringComparison.OrdinalIgnoreCase)))
            return null;
        if (value.Qualifier is not null)
            return written;
        if (found.Outer!.Alias is { } alias)
            return alias.All(static c => char.IsLetterOrDigit(c) || c == '_') ? $"{alias}.{written}" : null;
        return found.Outer.Qualifiers.Count == 0 && found.Outer.Kind == SqlTableKind.Named ? $"{text.Slice(found.Outer.NameSpan)}.{written}" : null;
    }

    private static bool IsWord(string written, string word) => written.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string Spelled(string words, bool isLower) => isLower ? words.ToLowerInvariant() : words;
}
