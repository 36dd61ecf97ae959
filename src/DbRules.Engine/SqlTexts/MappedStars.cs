using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Schema;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds selections of all columns of tables that a call maps to a type by their names.</summary>
internal sealed class MappedStars(CompilationContext context, TableShapes tables)
{
    /// <summary>Those of a text with one query. Rows of entities, which need all columns, and rows that code reads by itself are left out.</summary>
    public IEnumerable<MappedStar> In(SentSql sql, SqlDialect dialect) =>
        sql.Script.Statements is [{ Kind: SqlStatementKind.Select, MayHaveStar: true } statement] && RowsOf(sql) is { } rows && statement.Query is { HasStar: true } query
            ? In(query, statement, rows, sql, dialect)
            : [];

    private IEnumerable<MappedStar> In(SqlQuery query, SqlStatement statement, (INamedTypeSymbol Row, bool IsSingle) rows, SentSql sql, SqlDialect dialect)
    {
        foreach (SqlSelect select in SelectsOf(query))
        {
            foreach (SqlSelectItem star in select.Items)
            {
                if (star.Kind != SqlSelectItemKind.Star || (statement.NotUnderstood is { } unread && unread.Start <= select.SelectKeyword.Start))
                    continue;
                List<SqlTable> sources = [.. select.Tables.Where(table => star.Qualifier is null || string.Equals(table.Reference, star.Qualifier, StringComparison.OrdinalIgnoreCase))];
                // What a subquery, a common table or a function returns is stated elsewhere.
                if (sources.Count == 0 || !sources.TrueForAll(table => IsTable(table, sql.Script, statement)))
                    continue;
                string? columns = rows.IsSingle && sources is [var only] && query.Operands.Count == 0 ? ColumnsOf(star, only, rows.Row, sql.Script.Text, dialect) : null;
                yield return new MappedStar(star.Span, rows.Row, columns);
            }
        }
    }

    /// <summary>The type that the call makes of each row, and whether of all its columns; null where it maps to none that the code states.</summary>
    private (INamedTypeSymbol Row, bool IsSingle)? RowsOf(SentSql sql)
    {
        IInvocationOperation? sender = sql.Call is null ? null : sql.Call.Query is { } query ? query.Origin as IInvocationOperation : sql.Call.Invocation;
        // A query on a set of entities needs all their columns.
        if (sender?.TargetMethod is not { TypeArguments: { Length: > 0 } arguments } || (sql.Call!.Query is not null && Operations.Receiver(sender) is { } receiver && context.Types.IsQueryable(receiver.Type)))
            return null;
        return arguments[arguments.Length - 1] is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsTupleType: false, SpecialType: SpecialType.None } row
            && !ScalarTypes.IsScalar(row)
            && row.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
            && MembersOf(row).Any()
            && !row.AllInterfaces.Any(static type => type.SpecialType == SpecialType.System_Collections_IEnumerable)
            ? (row, arguments.Length == 1)
            : null;
    }

    private static IEnumerable<SqlSelect> SelectsOf(SqlQuery query) => query.Operands.Count > 0 ? query.Operands.SelectMany(SelectsOf) : query.Select is { } select ? [select] : [];

    private static bool IsTable(SqlTable table, SqlScript script, SqlStatement statement) =>
        table is { Kind: SqlTableKind.Named or SqlTableKind.Other, StatedName.Length: > 0 }
        && !script.IsTemporary(table)
        && !SystemTables.Contains(table)
        && !(table.Qualifiers.Count == 0 && statement.CommonTables.Any(common => string.Equals(common.Name, table.Name, StringComparison.OrdinalIgnoreCase)));

    private string? ColumnsOf(SqlSelectItem star, SqlTable table, INamedTypeSymbol row, SqlText text, SqlDialect dialect)
    {
        if (tables.Of(table) is not { IsComplete: true } shape || Listed(shape, row) is not { Count: > 0 } listed)
            return null;
        string written = text.Slice(star.Span);
        string prefix = written.Substring(0, written.Length - 1);
        string tableAsWritten = text.Slice(table.NameSpan);
        List<string> names = [.. listed.Select(column => ColumnSpelling.Of(column, tableAsWritten, dialect)).OfType<string>()];
        return names.Count == listed.Count && !prefix.Any(char.IsWhiteSpace) ? string.Join(", ", names.Select(name => prefix + name)) : null;
    }

    /// <summary>
    /// The columns that members of the type take. All of them where some member has no column, which another rule than that of names may give one. Null where the
    /// type is made by a constructor that takes all columns.
    /// </summary>
    private static List<ColumnShape>? Listed(TableShape shape, INamedTypeSymbol row)
    {
        if (!row.InstanceConstructors.Any(static constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility == Accessibility.Public))
            return null;
        List<string> members = [.. MembersOf(row).Select(static member => Bare(StatedName(member) ?? member.Name))];
        List<ColumnShape> taken = [.. shape.Columns.Where(column => members.Contains(Bare(column.Name), StringComparer.OrdinalIgnoreCase))];
        bool takesAll = members.TrueForAll(member => taken.Exists(column => string.Equals(Bare(column.Name), member, StringComparison.OrdinalIgnoreCase)));
        return takesAll ? taken : taken.Count == 0 ? null : [.. shape.Columns];
    }

    /// <summary>The properties that a library can set from a column.</summary>
    private static IEnumerable<IPropertySymbol> MembersOf(INamedTypeSymbol row)
    {
        for (INamedTypeSymbol? type = row; type is not null && type.SpecialType == SpecialType.None; type = type.BaseType)
        {
            foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { IsStatic: false, IsIndexer: false, SetMethod: not null } && (ScalarTypes.IsScalar(property.Type) || property.Type is IArrayTypeSymbol))
                    yield return property;
            }
        }
    }

    private static string? StatedName(IPropertySymbol property) => property.GetAttributes()
        .Where(static attribute => attribute.AttributeClass?.Name == "ColumnAttribute")
        .Select(static attribute => attribute.ConstructorArguments is [{ Value: string name }, ..] ? name : null)
        .FirstOrDefault();

    /// <summary>A name as libraries compare it that take <c>order_id</c> for <c>OrderId</c>.</summary>
    private static string Bare(string name) => name.Replace("_", "");
}
