using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Calls;

/// <summary>How a dialect limits rows.</summary>
public enum SqlLimitForm
{
    /// <summary><c>LIMIT n</c> at the end.</summary>
    Limit,

    /// <summary><c>TOP (n)</c> behind <c>SELECT</c>.</summary>
    Top,

    /// <summary><c>FETCH NEXT n ROWS ONLY</c> behind <c>OFFSET</c>.</summary>
    FetchNext,

    /// <summary><c>FETCH FIRST n ROWS ONLY</c> at the end.</summary>
    FetchFirst,
}

/// <summary>Where the text of a query can go on with an order and a limit. Positions are in the source of the file that has the call.</summary>
/// <param name="Form">How the dialect limits rows.</param>
/// <param name="Select">The word <c>SELECT</c>.</param>
/// <param name="LastClause">The first word of the last clause before the new ones.</param>
/// <param name="End">Where the new clauses go.</param>
/// <param name="Key">The column to order by, as SQL; null where the query has an order already.</param>
public sealed record SqlLimitPlace(SqlLimitForm Form, TextSpan Select, TextSpan LastClause, int End, string? Key);

/// <summary>Finds such places. None is better than one that changes which rows come first.</summary>
internal sealed class SqlLimitPlaces(Dialects dialects, EntityTables tables, EntityKeys keys)
{
    /// <summary>The place in the only statement of a text; null when there is none, when the dialect is not known, or no key to order by.</summary>
    public SqlLimitPlace? Of(DbCall call, CommandText text, SqlStatement statement, string? dialect)
    {
        if (statement is not { Query: { Operands.Count: 0, Select: { } select } query } || HasStepsThatChoose(call) || FormOf(dialects.Of(call, dialect), query) is not { } form)
            return null;
        string? key = query.IsOrdered ? null : KeyOf(call, text.Script!.Text, select);
        SqlClause last = select.Clauses.Last(static clause => clause.Kind is not (SqlClauseKind.For or SqlClauseKind.Option));
        bool hasMoreBehind = last == select.Clauses[select.Clauses.Count - 1] && last.Span.End != statement.Span.End;
        if ((key is null && !query.IsOrdered) || hasMoreBehind)
            return null;
        SyntaxTree tree = call.Operation.Syntax.SyntaxTree;
        return text.PositionBehind(last.Span.End, tree) is { } end
            && Exact(text, select.SelectKeyword, tree) is { } start
            && Exact(text, new SqlSpan(last.Span.Start, 1), tree) is { } clause
            ? new SqlLimitPlace(form, start, clause, end, key)
            : null;
    }

    private static SqlLimitForm? FormOf(SqlDialect dialect, SqlQuery query) => dialect switch
    {
        SqlDialect.PostgreSql or SqlDialect.MySql or SqlDialect.Sqlite => SqlLimitForm.Limit,
        SqlDialect.SqlServer => query.Offset is null ? SqlLimitForm.Top : SqlLimitForm.FetchNext,
        SqlDialect.Oracle => SqlLimitForm.FetchFirst,
        _ => null,
    };

    /// <summary>Whether the rows of the text are filtered or ordered further behind it: the limit belongs there.</summary>
    private static bool HasStepsThatChoose(DbCall call) =>
        call.Query?.Steps.Any(static use => use.Step is not (QueryStep.Select or QueryStep.Include or QueryStep.Tracking or QueryStep.Cast or QueryStep.Options)) == true;

    private static TextSpan? Exact(CommandText text, SqlSpan span, SyntaxTree tree) =>
        text.PositionBehind(span.Start + 1, tree) is { } behind ? new TextSpan(behind - 1, span.Length) : null;

    /// <summary>The primary key of the first table, spelled as the text would have it; null when that is not sure.</summary>
    private string? KeyOf(DbCall call, SqlText text, SqlSelect select)
    {
        SqlTable table = select.Tables[0];
        if (table.Name.Length == 0 || table.Query is not null)
            return null;
        string? listed = select.Items
            .Where(item => item is { Kind: SqlSelectItemKind.Column, Name: { } name, Expression.HasHole: false }
                && TableNames.IsKeyOf(table.StatedName, name)
                && (item.Qualifier is null ? select.Tables.Count == 1 : item.Qualifier.Equals(table.Reference, StringComparison.OrdinalIgnoreCase)))
            .Select(item => text.Slice(item.Expression!.Span))
            .FirstOrDefault();
        if (listed is not null || !select.Items.Any(static item => item.Kind == SqlSelectItemKind.Star))
            return listed;
        bool isSingle = select.HasSingleTable || select.Tables is [{ Kind: SqlTableKind.Other, StatedName.Length: > 0 }];
        ITypeSymbol? row = tables.Of(table.StatedName) ?? (isSingle ? RowOf(call) : null);
        if (row is null || keys.PrimaryKeyOf(row) is not { } key || key.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ColumnAttribute"))
            return null;
        char quote = text.Slice(table.NameSpan).Last();
        string? column = quote switch
        {
            '"' => $"\"{key.Name}\"",
            ']' => $"[{key.Name}]",
            '`' => $"`{key.Name}`",
            // A name of several words may be written in another way in the database.
            _ => key.Name.Equals("Id", StringComparison.OrdinalIgnoreCase) || tables.Of(table.StatedName) is null ? key.Name : null,
        };
        return column is null || isSingle && table.Alias is null ? column : table.Reference.All(static c => char.IsLetterOrDigit(c) || c == '_') && column is not null ? $"{table.Reference}.{column}" : null;
    }

    private static ITypeSymbol? RowOf(DbCall call) =>
        call.Query?.Entity ?? (call.Invocation is { TargetMethod.TypeArguments: [INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } row] } ? row : null);
}
