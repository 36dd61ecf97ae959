using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A <c>SELECT</c> whose rows a call keeps in memory, however many there are.</summary>
/// <param name="Bound">What lets rows through: everything, or a filter.</param>
/// <param name="Table">The name of the table that grows.</param>
/// <param name="Entity">The entity behind that table; null when the code shows none.</param>
/// <param name="Location">The word <c>SELECT</c> where the body has it in view, else the call.</param>
/// <param name="Limit">Where the text can go on with a limit; null when that is not known.</param>
public sealed record UnlimitedSelect(RowBound Bound, string Table, INamedTypeSymbol? Entity, Location Location, SqlLimitPlace? Limit);

/// <summary>Finds them.</summary>
internal sealed class UnlimitedSelects(CompilationContext context, RowBounds bounds, EntityTables tables, SqlRowBounds sqlBounds, EntityKeys keys)
{
    private readonly StoredRows _stored = new(context.Models);
    private readonly SqlLimitPlaces _places = new(new Dialects(context), tables, keys);

    /// <summary>The unlimited query of a call; null when something limits it, or when that is not known.</summary>
    /// <param name="call">The call.</param>
    /// <param name="dialect">The word of the dialect that is used where types do not tell it.</param>
    public UnlimitedSelect? Of(DbCall call, string? dialect)
    {
        if (TextOf(call, out RowBound behind) is not { } sql || behind == RowBound.Limited)
            return null;
        CommandText text = call.Query is null ? call.Command : call.Body.TextOf(sql);
        if (text.Script is not { Statements: [{ Kind: SqlStatementKind.Select, IsUnderstood: true, Effect: SqlEffect.Reads, Query: { } query } statement] } script)
            return null;
        RowBound bound = sqlBounds.Of(script, query);
        if (bound == RowBound.Limited || query.Select is not { } select || sqlBounds.GrowingTableOf(statement) is not { } table)
            return null;
        bool isInView = text.LocationOf(select.SelectKeyword) is { } word && call.Body.Contains(word);
        return new UnlimitedSelect(
            bound > behind ? bound : behind,
            table.StatedName,
            tables.Of(table.StatedName),
            isInView ? text.LocationOf(select.SelectKeyword)! : call.Location,
            isInView && IsUsedOnce(sql, call.Body) ? _places.Of(call, text, statement, dialect) : null);
    }

    /// <summary>The SQL whose rows the call keeps; null when it keeps none.</summary>
    private IOperation? TextOf(DbCall call, out RowBound behind)
    {
        behind = RowBound.WholeTable;
        if (call.Query is not { } query)
            return call.Model?.Has(DbEffect.Reads) == true && _stored.Of(call) ? call.Body.TextOf(call) : null;
        if (call is not { Rows: RowCount.Many, IsRoundTrip: true, Model: not null } || query is not { Kind: QueryRootKind.Store, Origin: IInvocationOperation root })
            return null;
        behind = bounds.OfStepsBehindSql(call, query);
        return context.Models.Of(root.TargetMethod)?.Parameters.TryGetValue(ParameterRole.Sql, out string? sql) == true ? Operations.Argument(root, sql) : null;
    }

    /// <summary>Whether the code reads the text at one place: what is changed there changes nothing else.</summary>
    private static bool IsUsedOnce(IOperation text, BodyFacts body)
    {
        if (Operations.Referenced(text) is not ILocalSymbol local)
            return Operations.Unwrap(text) is not IFieldReferenceOperation;
        return body.Origins.MentionsOf(local).Count == 1 && body.Origins.SingleValue(local) is { } value && IsUsedOnce(value, body);
    }
}
