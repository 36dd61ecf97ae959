using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Takes an include out of a query, with the calls that continue its path.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IncludeWithoutEffectFix))]
[Shared]
public sealed class IncludeWithoutEffectFix() : DocumentFix("DBR111", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Remove the Include";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (UnusedIncludeHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<InvocationExpressionSyntax>(hint.Include) is not { Expression: MemberAccessExpressionSyntax { Expression: { } receiver } } include
            || edit.Find<InvocationExpressionSyntax>(hint.Last) is not { Parent: MemberAccessExpressionSyntax } last
            || !edit.IsWellFormed(include))
        {
            return false;
        }

        var removed = TextSpan.FromBounds(receiver.Span.End, last.Span.End);
        if (DocumentEdit.HasComment(last, removed) || !edit.IsFree(removed))
            return false;
        edit.Replace(removed, "");
        return true;
    }
}
