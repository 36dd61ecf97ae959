using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.Lifetimes;

/// <summary>Gives what an expression makes and drops a local with <c>using</c>, before the statement.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DroppedResourceFix))]
[Shared]
public sealed class DroppedResourceFix() : DocumentFix(["DBR402", "DBR403", "DBR404", "DBR406"], Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Hold it in a local with 'using'";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (SplitHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<ExpressionSyntax>(hint.Creation) is not { SyntaxTree.Options: CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 } } creation
            || !edit.IsWellFormed(creation)
            || creation.FirstAncestorOrSelf<SyntaxNode>(static node => node is StatementSyntax or ArrowExpressionClauseSyntax) is not { } place)
        {
            return false;
        }

        ExpressionSyntax whole = creation;
        while (whole.Parent is ParenthesizedExpressionSyntax parenthesized)
            whole = parenthesized;
        if (!edit.IsFree(whole.Span))
            return false;
        return edit.TryAll(() =>
        {
            string name = edit.NamesAround(creation).Local(hint.Name);
            string declaration = $"{(hint.IsAsync ? "await " : "")}using var {name} = {edit.Slice(creation.Span)};";
            if (place is ArrowExpressionClauseSyntax arrow)
                return ExpressionBody.TryOpen(arrow, [declaration], whole.Span, name, edit);
            edit.Replace(whole.Span, name);
            return StatementPlace.Before((StatementSyntax)place, [declaration], edit);
        });
    }
}
