using DbRules.Engine.Calls;
using DbRules.Options;
using DbRules.Rules;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>Makes the hint of an order or limit that the engine found a place for.</summary>
internal static class RowLimitHints
{
    /// <summary>The hint for a limit as the options of the file state it; null where the query has no place for one.</summary>
    public static RowLimitHint? From(QueryPlace? place, CallContext call) => From(place, call.Option(RuleOptions.DefaultLimit));

    /// <inheritdoc cref="From(QueryPlace?, CallContext)"/>
    public static RowLimitHint? From(QueryPlace? place, int? limit) =>
        place is null ? null : new RowLimitHint
        {
            Behind = place.Behind.Syntax.Span,
            LimitBehind = place.LimitBehind == place.Behind ? null : place.LimitBehind.Syntax.Span,
            Row = place.Row.Name,
            Key = place.Key?.Name,
            Limit = limit,
            IsFluent = !place.IsLinq,
        };

    /// <summary>The hint for a limit in SQL text; null where the text has no place for one.</summary>
    public static SqlLimitHint? From(SqlLimitPlace? place, int limit) => place is null ? null : new SqlLimitHint
    {
        Clause = place.Form switch
        {
            SqlLimitForm.Top => SqlLimitClause.Top,
            SqlLimitForm.FetchNext => SqlLimitClause.FetchNext,
            SqlLimitForm.FetchFirst => SqlLimitClause.FetchFirst,
            _ => SqlLimitClause.Limit,
        },
        Select = place.Select,
        LastClause = place.LastClause,
        End = new TextSpan(place.End, 0),
        Key = place.Key,
        Limit = limit,
    };
}
