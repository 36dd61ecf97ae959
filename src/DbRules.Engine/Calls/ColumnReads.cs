using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds queries that fetch whole entities for a few of their columns.</summary>
internal sealed class ColumnReads(CompilationContext context, EntityKeys keys, RowBounds bounds, UnclearColumns columns)
{
    /// <summary>An entity with fewer columns is cheap to fetch as a whole.</summary>
    private const int FewestColumns = 5;

    /// <summary>At most one column of so many is a few.</summary>
    private const int ColumnsPerUse = 3;

    /// <summary>The columns that are used of the rows which a call fetches; null when they are many, when the rows serve something else, or when that is not known.</summary>
    public ColumnRead? Of(DbCall call)
    {
        if (call is not { IsRoundTrip: true, Reads: true, Rows: RowCount.Many, Source: not null, Query: { Kind: QueryRootKind.Store, Entity: INamedTypeSymbol entity } query }
            || (FetchedRows.BoundaryOf(call, context) is var boundary && (boundary ?? WalkedQuery(call)) is not { } start)
            || !RelatedRows.IsSame(FetchedRows.ElementOf(start.Type), entity)
            || !IsWhole(query)
            || columns.CountOf(entity) is var count && count < FewestColumns)
        {
            return null;
        }

        var uses = new ColumnUses(entity, columns, call.Body);
        if (!uses.OfSequence(start) || uses.Columns.Count == 0 || uses.Columns.Count * ColumnsPerUse > count || IsKeyAlone(uses.Columns, entity) || MayBeTracked(query, call, entity))
            return null;
        return new ColumnRead
        {
            Boundary = boundary,
            Query = boundary is null ? start : Operations.Unwrap(Operations.Receiver(boundary)!),
            Row = entity,
            Columns = [.. uses.Columns],
            ColumnCount = count,
            CanProject = uses.CanProject && !IsKept(uses.Columns, call.Body),
        };
    }

    /// <summary>The query that a loop walks row by row; null for any other read.</summary>
    private IOperation? WalkedQuery(DbCall call) => call.Model is null && context.Types.IsQueryable(call.Operation.Type) ? call.Operation : null;

    /// <summary>A query that hands out whole rows of its set, more than one.</summary>
    private bool IsWhole(QueryShape query) =>
        bounds.StartsAtSet(query)
        && query.Steps.All(static use => use.Step is QueryStep.Where or QueryStep.Order or QueryStep.Skip or QueryStep.Take or QueryStep.Tracking or QueryStep.Options)
        && !bounds.FindsOneRow(query);

    /// <summary>Who needs the keys alone mostly hands them on, or asks whether there are such rows.</summary>
    private bool IsKeyAlone(IReadOnlyList<IPropertySymbol> used, ITypeSymbol entity) => used is [var only] && keys.PrimaryKeyOf(entity)?.Name == only.Name;

    /// <summary>
    /// Whether the session may need the rows: another query of the body fetches objects that these complete or that complete these, or something asks the session
    /// for what it holds.
    /// </summary>
    private bool MayBeTracked(QueryShape query, DbCall call, ITypeSymbol entity)
    {
        if (query.Steps.Any(static use => use is { Step: QueryStep.Tracking, IsConditional: false } && use.Call.TargetMethod.Name.StartsWith("AsNoTracking", StringComparison.Ordinal)))
            return false;
        return call.Body.Calls.Any(other => other != call && other.Query is { Entity: { } row } && !other.MayWrite && !other.Query.Has(QueryStep.Select) && other.Rows != RowCount.Scalar && AreRelated(row, entity))
            || call.Body.Calls.Any(static other => other.Model?.Has(DbEffect.LoadsNavigation) == true)
            || call.Body.Roots.Any(static root => Operations.Any(root, static part => part is IPropertyReferenceOperation { Property.Name: "ChangeTracker" or "Local" }));
    }

    private static bool AreRelated(ITypeSymbol first, ITypeSymbol second) => RelatedRows.IsSame(first, second) || LeadsTo(first, second) || LeadsTo(second, first);

    private static bool LeadsTo(ITypeSymbol owner, ITypeSymbol target)
    {
        for (ITypeSymbol? type = owner; type is not null && type.SpecialType == SpecialType.None; type = type.BaseType)
        {
            if (type.GetMembers().Any(member => member is IPropertySymbol property && (RelatedRows.IsSame(property.Type, target) || RelatedRows.IsSame(Sequences.ElementType(property.Type), target))))
                return true;
        }

        return false;
    }

    /// <summary>Whether the body gives one of the members a value: an object that is tracked may differ from its row.</summary>
    private static bool IsKept(IReadOnlyList<IPropertySymbol> used, BodyFacts body) => used.Any(column => body.Origins.Of(column).Count > 0);
}
