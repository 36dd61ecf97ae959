using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Passes the token that is at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TokenNotPassedFix))]
[Shared]
public sealed class TokenNotPassedFix() : DocumentFix("DBR211", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Pass the CancellationToken";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (AsyncCallHint.From(diagnostic.Properties) is not { Changes: [_, ..] changes } hint || edit.Find<InvocationExpressionSyntax>(hint.Call) is not { } call || !edit.IsWellFormed(call))
            return false;
        foreach (TextChange change in changes)
            edit.Replace(change.Span, change.NewText ?? "");
        return true;
    }
}
