using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Puts the local that holds the first result in the place of a query that would fetch it again.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SameQueryTwiceFix))]
[Shared]
public sealed class SameQueryTwiceFix() : DocumentFix("DBR112", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Use the first result";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (SameQueryHint.From(diagnostic.Properties) is not { } hint || edit.Find<ExpressionSyntax>(hint.Result) is not { } result || !edit.IsWellFormed(result))
            return false;
        ExpressionSyntax replaced = result;
        while (replaced.Parent is ParenthesizedExpressionSyntax parentheses)
            replaced = parentheses;
        if (DocumentEdit.HasComment(replaced) || replaced.Parent is ExpressionStatementSyntax || !edit.IsFree(replaced.Span))
            return false;
        edit.Replace(replaced.Span, SyntaxFacts.GetKeywordKind(hint.Holder) == SyntaxKind.None ? hint.Holder : "@" + hint.Holder);
        return true;
    }
}
