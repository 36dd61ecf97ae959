using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.Transactions;

/// <summary>Puts writes into one transaction, or leaves out a save that the next one does for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SplitWritesFix))]
[Shared]
public sealed class SplitWritesFix() : DocumentFix("DBR301", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Put the writes into one transaction";

    private protected override string TitleOf(Diagnostic diagnostic) =>
        WriteRegionHint.From(diagnostic.Properties) is { NeedlessSave: not null } ? "Save once" : Title;

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit) => WriteRegionHint.From(diagnostic.Properties) switch
    {
        { NeedlessSave: { } needless } => edit.Find<ExpressionStatementSyntax>(needless) is { } save && edit.IsWellFormed(save) && StatementPlace.Remove(save, edit),
        { } hint => TransactionPlan.Of(hint, edit)?.TryWrite() == true,
        null => false,
    };
}
