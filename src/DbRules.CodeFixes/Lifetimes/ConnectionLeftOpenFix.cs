using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.Lifetimes;

/// <summary>Closes what was opened by hand when the code behind it is through, whatever happens.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConnectionLeftOpenFix))]
[Shared]
public sealed class ConnectionLeftOpenFix() : DocumentFix("DBR413", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Close the connection in 'finally'";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit) =>
        HeldConnectionHint.From(diagnostic.Properties) is { } hint
        && edit.Find<ExpressionStatementSyntax>(hint.Opening) is { } opening
        && edit.IsWellFormed(opening)
        && CloseInFinally.Closing(opening, edit) is { } closing
        && CloseInFinally.Wrap(opening, closing, edit);
}
