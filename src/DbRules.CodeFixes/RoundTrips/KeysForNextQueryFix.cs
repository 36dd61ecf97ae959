using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Lets the local hold the query instead of the keys, so that the next query contains it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeysForNextQueryFix))]
[Shared]
public sealed class KeysForNextQueryFix() : DocumentFix("DBR113", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Filter by a subquery";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (KeyFetchHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<ExpressionSyntax>(hint.Result) is not { } result
            || edit.Find<ExpressionSyntax>(hint.Query) is not { } query
            || !edit.IsWellFormed(result)
            || result.FirstAncestorOrSelf<VariableDeclarationSyntax>() is not { } declaration
            || !edit.IsFree(declaration.Span)
            || DocumentEdit.HasComment(result, TextSpan.FromBounds(result.SpanStart, query.SpanStart))
            || DocumentEdit.HasComment(result, TextSpan.FromBounds(query.Span.End, result.Span.End))
            || IsLastAwait(result))
        {
            return false;
        }

        ExpressionSyntax replaced = declaration.Variables[0].Initializer?.Value is ParenthesizedExpressionSyntax whole && whole.Span.Contains(result.Span) ? whole : result;
        edit.Replace(replaced.Span, edit.Slice(query.Span));
        if (!declaration.Type.IsVar)
            edit.Replace(declaration.Type.Span, "var");
        return true;
    }

    /// <summary>Without this <c>await</c> an <c>async</c> function has none.</summary>
    private static bool IsLastAwait(ExpressionSyntax result)
    {
        if (result is not AwaitExpressionSyntax)
            return false;
        SyntaxNode? function = result.Ancestors().FirstOrDefault(IsFunction);
        return function is not null && !function.DescendantNodes(node => node == function || !IsFunction(node)).Any(node => node is AwaitExpressionSyntax && node != result);
    }

    private static bool IsFunction(SyntaxNode node) => node is BaseMethodDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;
}
