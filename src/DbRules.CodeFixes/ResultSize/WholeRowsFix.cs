using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Has a query fetch the columns that the code uses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WholeRowsFix))]
[Shared]
public sealed class WholeRowsFix() : DocumentFix("DBR209", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Select the columns that are used";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (ProjectionHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<ExpressionSyntax>(hint.Behind) is not { } behind
            || !edit.IsWellFormed(behind)
            || !edit.Imports.HasQueryable("Select", behind.SpanStart))
        {
            return false;
        }

        string row = ChainedCalls.LambdaName(edit, behind, hint.Row);
        ChainedCalls.Insert(edit, behind, $"Select({row} => new {{ {string.Join(", ", hint.Columns.Select(column => row + "." + column))} }})");
        return true;
    }
}
