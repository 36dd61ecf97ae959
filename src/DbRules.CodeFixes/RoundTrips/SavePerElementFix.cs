using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Saves once behind the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SavePerElementFix))]
[Shared]
public sealed class SavePerElementFix() : DocumentFix("DBR105", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Save once behind the loop";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit) =>
        SavePerElementHint.From(diagnostic.Properties) is { } hint
        && edit.Find<StatementSyntax>(hint.Loop) is { } loop
        && edit.Find<ExpressionStatementSyntax>(hint.Statement) is { } statement
        && edit.IsWellFormed(loop)
        && LoopTail.TryMoveBehind(statement, loop, edit);
}
