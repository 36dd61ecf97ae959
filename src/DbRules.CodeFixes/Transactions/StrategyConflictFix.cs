using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.Transactions;

/// <summary>Has the execution strategy run the whole transaction.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StrategyConflictFix))]
[Shared]
public sealed class StrategyConflictFix() : DocumentFix("DBR305", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Let the execution strategy run the transaction";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit) =>
        RetryUnitHint.From(diagnostic.Properties) is { } hint
        && edit.Find<StatementSyntax>(hint.First) is { } first
        && edit.Find<StatementSyntax>(hint.Last) is { } last
        && new ExecutionStrategyWrap(edit, hint.Session, hint.Token).TryWrap(first, last);
}
