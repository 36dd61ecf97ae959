using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>A call that deletes or changes every row behind a set of entities.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="IsDelete">Whether it deletes them.</param>
public sealed record WholeSetWrite(INamedTypeSymbol Entity, bool IsDelete);

/// <summary>Finds statements and calls that delete or change every row, where neither they nor the code around them says that this is meant.</summary>
internal sealed class WholeTableWrites(Compilation compilation, CompilationContext context, ResultSizeFacts sizes, SentTexts sent, MemberBodies bodies)
{
    private static readonly string[] FillingVerbs = ["Insert", "Add", "Save", "Import", "Load", "Fill", "Write", "Create", "Store", "Populate", "Bulk", "Copy", "Append", "Upsert"];

    /// <summary>The entities whose sets the model filters; null where some filter does not say which.</summary>
    private readonly Later<Compilation, HashSet<string>?> _filtered = new(compilation, Filtered);

    /// <inheritdoc cref="SqlTextFacts.WholeTableWrittenBy"/>
    public string? Of(SentSql sql, SqlStatement statement)
    {
        bool isUpdate = statement.Kind == SqlStatementKind.Update;
        if ((!isUpdate && statement.Kind != SqlStatementKind.Delete)
            || statement is not { WhereClause: null, Bound: null, Sources.Count: 0, CommonTables.Count: 0, Returned.Count: 0, Target: { Kind: SqlTableKind.Named or SqlTableKind.Other, StatedName: { Length: > 0 } table } target }
            || !statement.IsUnderstood
            || sql.Script.IsTemporary(target)
            || SystemTables.Contains(target)
            || (isUpdate && IsRightForAll(statement, table)))
        {
            return null;
        }

        return StatedIntent.OfPassingTable(table) || StatedIntent.OfAllRows(sql.Body, sql.Expression) || IsFilled(sql.Body, table, sizes.Tables.Of(table)) || (isUpdate && IsReadAsOneRow(sql.Body, table)) ? null : table;
    }

    /// <inheritdoc cref="SqlTextFacts.WholeSetWrittenBy"/>
    public WholeSetWrite? Of(DbCall call)
    {
        if (call is not { Invocation: { } invocation, Model: { } model, IsRoundTrip: true }
            || !model.Has(DbEffect.Writes)
            || !model.Parameters.ContainsKey(ParameterRole.Source)
            || !context.Types.IsQueryable(call.Source?.Type)
            || call.Query is not { Kind: QueryRootKind.Store, Entity: INamedTypeSymbol entity } query
            || query.Steps.Any(static use => use.Step is not (QueryStep.Include or QueryStep.Tracking or QueryStep.Options))
            || !sizes.Bounds.StartsAtSet(query))
        {
            return null;
        }

        bool isDelete = NamesAllParameters(model, invocation.TargetMethod);
        if ((!isDelete && sizes.IsSmall(entity)) || _filtered.Value?.Contains(entity.Name) != false)
            return null;
        return StatedIntent.OfPassingTable(entity.Name) || StatedIntent.OfAllRows(call.Body, call.Operation) || IsFilled(call.Body, null, entity) ? null : new WholeSetWrite(entity, isDelete);
    }

    /// <summary>What rows are changed to is the one thing that no role names.</summary>
    private static bool NamesAllParameters(MemberModel model, IMethodSymbol method) => method.Parameters.All(parameter => model.Parameters.Values.Contains(parameter.Name));

    /// <summary>A table of few rows, perhaps one, or values that the database works out for each row.</summary>
    private bool IsRightForAll(SqlStatement statement, string table) =>
        SmallTables.NamesFew(table)
        || (sizes.Tables.Of(table) is { } entity && sizes.IsSmall(entity))
        || statement.Assignments.Any(static assignment => assignment.Any(static node => node.IsChoice || node.Kind == SqlExpressionKind.Subquery));

    /// <summary>
    /// Whether the type around the body reads the table as one that has a single row: without a condition, and takes one row, or the table is named as a lock is.
    /// </summary>
    private bool IsReadAsOneRow(BodyFacts body, string table) =>
        body.Owner?.ContainingType is { } type
        && type.GetMembers().OfType<IMethodSymbol>().Any(method => bodies.Of(method) is { } other && sent.Of(other).Any(text =>
            (text.Call is { Rows: RowCount.One or RowCount.Scalar } || TableNames.Pascal(table).EndsWith("Lock", StringComparison.Ordinal))
            && text.Script.AllStatements.Any(statement => ReadsWhole(statement, table))));

    /// <summary>Columns of one table, of whatever rows there are: not counted, sorted or cut off.</summary>
    private static bool ReadsWhole(SqlStatement statement, string table) =>
        statement is { WhereClause: null, Bound: null, Select: { HasSingleTable: true, IsUnderstood: true, Where: null, GroupBy.Count: 0, SortKeys.Count: 0 } select }
        && select.Items.All(static item => item.Expression is null or { Kind: SqlExpressionKind.Name })
        && select.Tables is [{ StatedName: var name }] && name.Equals(table, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the body puts rows into the table too: what empties a table to fill it anew means all rows.</summary>
    public bool IsFilled(BodyFacts body, string? table, INamedTypeSymbol? entity)
    {
        foreach (SentSql text in sent.Of(body))
        {
            foreach (SqlStatement statement in text.Script.AllStatements)
            {
                bool copies = text.Script.Text.Slice(statement.Verb).Equals("COPY", StringComparison.OrdinalIgnoreCase);
                if (copies || statement.Tables.Any(use => use.Role == SqlTableRole.Written && IsTable(use.Table.StatedName)) && statement.Kind is SqlStatementKind.Insert or SqlStatementKind.Merge)
                    return true;
            }
        }

        return body.Calls.Any(call => FillsInBulk(call) || (entity is not null && call.Model?.Has(DbEffect.Stages) == true && Takes(call, entity)))
            || body.OwnCalls.Any(static call => call.Method is { } method && Array.Exists(FillingVerbs, verb => method.Name.StartsWith(verb, StringComparison.Ordinal)));

        bool IsTable(string name) => name.Equals(table, StringComparison.OrdinalIgnoreCase) || (entity is not null && SymbolEqualityComparer.Default.Equals(sizes.Tables.Of(name), entity));
    }

    /// <summary>A call that copies many rows at once: into which table often stands elsewhere.</summary>
    private static bool FillsInBulk(DbCall call) => call.Model is { } model && model.Has(DbEffect.Writes) && call.Query is null && model.Parameters.ContainsKey(ParameterRole.Values);

    private static bool Takes(DbCall call, INamedTypeSymbol entity) => call.Invocation is { } invocation
        && invocation.Arguments.Select(static argument => Operations.Unwrap(argument.Value).Type).Append(Operations.Receiver(invocation)?.Type).Any(type => IsOf(type, entity));

    private static bool IsOf(ITypeSymbol? type, INamedTypeSymbol entity) => type switch
    {
        IArrayTypeSymbol array => IsOf(array.ElementType, entity),
        INamedTypeSymbol named => SymbolEqualityComparer.Default.Equals(named, entity) || named.TypeArguments.Any(argument => IsOf(argument, entity)),
        _ => false,
    };

    private static HashSet<string>? Filtered(Compilation compilation)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (InvocationExpressionSyntax call in ModelSources.Calls(compilation, "HasQueryFilter", "SetQueryFilter"))
        {
            if (FluentCalls.EntityOf((MemberAccessExpressionSyntax)call.Expression) is not { } entity)
                return null;
            found.Add(entity);
        }

        return found;
    }
}
