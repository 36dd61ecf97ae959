using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Tells writes of rows, which one call could do for all elements, from what writes otherwise: schema, bulk copies, batches.</summary>
internal sealed class RowWrites(ModelIndex models)
{
    /// <summary>Whether a call surely writes rows of the element at once, by the same kind of statement in every pass.</summary>
    public bool IsOfElement(DbCall call, Iteration iteration)
    {
        if (call.Model is not { } model || !call.IsRoundTrip || model.Has(DbEffect.Saves))
            return false;
        bool writes = model.Has(DbEffect.WritesBySql) ? call.Command.Script is { } script && WritesRows(script, HasOneText(call, iteration)) : model.Has(DbEffect.Writes) && NamesRows(call);
        if (!writes)
            return false;
        // Prepared once and sent again inside a transaction: what a provider without batches offers.
        return CommandReuse.MayGetOtherValues(call, iteration) ? !HasTransaction(call, iteration) : call.Body.VarianceOf(iteration).Of(call.Operation) == Dependence.Varies;
    }

    /// <summary>Whether each pass sends the same text, whatever its holes stand for.</summary>
    private static bool HasOneText(DbCall call, Iteration iteration) =>
        call.Argument(ParameterRole.Sql) is { } sql && call.Body.VarianceOf(iteration).Of(sql) == Dependence.Invariant;

    /// <summary>Statements that insert, change or delete rows of tables that are the same in each pass.</summary>
    private static bool WritesRows(SqlScript script, bool hasOneText) =>
        script.Effect == SqlEffect.Writes
        && script.Statements.All(statement => statement.Kind is not (SqlStatementKind.Ddl or SqlStatementKind.Exec or SqlStatementKind.Call or SqlStatementKind.Transaction or SqlStatementKind.Unknown))
        && (hasOneText || !SqlHoles.StandForNames(script))
        && !SqlHoles.TakesManyRows(script);

    /// <summary>A query over a store that is changed or deleted, one document or key, or those that a filter selects.</summary>
    private static bool NamesRows(DbCall call) =>
        call.Query?.Kind == QueryRootKind.Store
        || ((call.Argument(ParameterRole.Entity) ?? call.Argument(ParameterRole.Key) ?? call.Argument(ParameterRole.Predicate)) is { } row && !Sequences.IsSequence(Operations.Unwrap(row).Type));

    /// <summary>The body begins a transaction before the loop or is handed one.</summary>
    private bool HasTransaction(DbCall call, Iteration iteration)
    {
        if (call.Body.Calls.Any(other => other.Model?.Has(DbEffect.Begins) == true && !iteration.Repeats(other.Operation)))
            return true;
        return Operations.Any(Operations.RootOf(iteration.Operation), operation => operation is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
            && operation.Type is { } type
            && models.Of(type)?.Has(TypeTraits.Transaction) == true);
    }
}
