using DbRules.Engine.Calls;
using DbRules.Options;
using DbRules.Rules;

namespace DbRules.Hints;

/// <summary>Makes the hint of an order or limit that the engine found a place for.</summary>
internal static class RowLimitHints
{
    /// <summary>The hint for a limit as the options of the file state it; null where the query has no place for one.</summary>
    public static RowLimitHint? From(QueryPlace? place, CallContext call) => From(place, call.Option(RuleOptions.DefaultLimit));

    /// <inheritdoc cref="From(QueryPlace?, CallContext)"/>
    public static RowLimitHint? From(QueryPlace? place, int? limit) =>
        place is null ? null : new RowLimitHint { Behind = place.Behind.Syntax.Span, Row = place.Row.Name, Key = place.Key?.Name, Limit = limit };
}
