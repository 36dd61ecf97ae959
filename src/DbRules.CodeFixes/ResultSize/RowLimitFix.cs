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

        var calls = new List<string>();
        if (hint.Key is { } key)
        {
            string row = ChainedCalls.LambdaName(edit, behind, hint.Row);
            calls.Add($"{(hint.IsFluent ? "SortBy" : "OrderBy")}({row} => {row}.{key})");
        }

        if (hint.Limit is { } limit)
            calls.Add($"{(hint.IsFluent ? "Limit" : "Take")}({limit})");
        ChainedCalls.Insert(edit, behind, [.. calls]);
        return calls.Count > 0;
    }
}
