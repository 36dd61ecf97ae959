using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.SqlTexts;
using DbRules.Sql;

namespace DbRules.Engine;

/// <summary>What the SQL texts of one compilation say. Thread-safe.</summary>
public sealed class SqlTextFacts
{
    private readonly SentTexts _sent;
    private readonly SplicedValues _spliced;
    private readonly ParameterPlans _plans;
    private readonly Dialects _dialects;

    internal SqlTextFacts(CompilationContext context)
    {
        _sent = new SentTexts(context);
        _spliced = new SplicedValues(context, _sent);
        _plans = new ParameterPlans(context);
        _dialects = new Dialects(context.Models);
    }

    /// <summary>The SQL texts that a body sends to a store, or hands to what will send them, in source order.</summary>
    public ImmutableArray<SentSql> SentBy(BodyFacts body) => _sent.Of(body);

    /// <summary>The values that a body puts into its SQL texts though they may be anything, in source order.</summary>
    public ImmutableArray<SplicedValue> SplicedInto(BodyFacts body) => _spliced.Of(body);

    /// <summary>How values of one text can become parameters; null when there is no plan for any of them.</summary>
    /// <param name="values">The values, all of one text.</param>
    /// <param name="dialect">The word of the dialect that is used where types do not tell it; null or any other text counts as none.</param>
    public ParameterPlan? ParametersFor(IReadOnlyList<SplicedValue> values, string? dialect) =>
        values.Count == 0 ? null : _plans.Of(values[0].Sql, values, DialectOf(values[0].Sql, dialect));

    /// <summary>The dialect of a text.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="otherwise">The word of the dialect that is used where types do not tell it; null or any other text counts as none.</param>
    public SqlDialect DialectOf(SentSql sql, string? otherwise) => sql.Call is { } call ? _dialects.Of(call, otherwise) : _dialects.Of(sql.Holder, sql.Body.Origins, otherwise);
}
