using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Has EF Core load each collection with a query of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SiblingIncludesFix))]
[Shared]
public sealed class SiblingIncludesFix() : DocumentFix("DBR207", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Split the query";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (SplitQueryHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<ExpressionSyntax>(hint.Behind) is not { } behind
            || !edit.IsWellFormed(behind)
            || !edit.Imports.HasSplitQuery(behind.SpanStart))
        {
            return false;
        }

        ChainedCalls.Insert(edit, behind, "AsSplitQuery()");
        return true;
    }
}
