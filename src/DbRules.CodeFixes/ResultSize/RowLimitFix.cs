using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Gives a query the order and the limit that it lacks.</summary>
public abstract class RowLimitFix(string diagnosticId, string title) : DocumentFix(diagnosticId, title)
{
    /// <summary>The equivalence key of every fix that limits the rows of a query.</summary>
    internal const string LimitTitle = "Limit the number of rows";

    /// <summary>The title with the number.</summary>
    internal static string TitleFor(int limit) => $"Take at most {limit} rows";

    private protected sealed override string TitleOf(Diagnostic diagnostic) => RowLimitHint.From(diagnostic.Properties) switch
    {
        { Limit: { } limit } => TitleFor(limit),
        { Key: { } key } => $"Order by '{key}'",
        _ => base.TitleOf(diagnostic),
    };

    private protected sealed override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (RowLimitHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<ExpressionSyntax>(hint.Behind) is not { } behind
            || !edit.IsWellFormed(behind)
            || !(hint.IsFluent ? edit.Imports.HasFluentSort(behind.SpanStart) : edit.Imports.HasQueryable("OrderBy", behind.SpanStart)))
        {
            return false;
        }

        string row = ChainedCalls.LambdaName(edit, behind, hint.Row);
        string[] order = hint.Key is { } key ? [$"{(hint.IsFluent ? "SortBy" : "OrderBy")}({row} => {row}.{key})"] : [];
        string[] limit = hint.Limit is { } most ? [$"{(hint.IsFluent ? "Limit" : "Take")}({most})"] : [];
        if (hint.LimitBehind is not { } place)
        {
            ChainedCalls.Insert(edit, behind, [.. order, .. limit]);
            return order.Length + limit.Length > 0;
        }

        if (edit.Find<ExpressionSyntax>(place) is not { } last || !edit.IsWellFormed(last))
            return false;
        ChainedCalls.Insert(edit, behind, order);
        ChainedCalls.Insert(edit, last, limit);
        return true;
    }
}
