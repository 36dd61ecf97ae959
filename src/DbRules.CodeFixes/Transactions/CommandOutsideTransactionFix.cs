using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Transactions;

/// <summary>Gives a command the transaction that is open on its connection.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CommandOutsideTransactionFix))]
[Shared]
public sealed class CommandOutsideTransactionFix() : DocumentFix("DBR304", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Pass the transaction";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (TransactionPassHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<ExpressionSyntax>(hint.Target) is not { } target
            || !edit.IsWellFormed(target)
            || !edit.Model.LookupSymbols(diagnostic.Location.SourceSpan.Start, name: hint.Holder).Any())
        {
            return false;
        }

        string transaction = SyntaxFacts.GetKeywordKind(hint.Holder) == SyntaxKind.None ? hint.Holder : "@" + hint.Holder;
        transaction += hint.NeedsInner ? ".GetDbTransaction()" : "";
        if (!TransactionWriter.TryGive(target, hint.Parameter, hint.Position, BeginStatement(hint, target, edit), transaction, edit))
            return false;
        if (hint.NeedsInner)
            edit.Imports.Add("Microsoft.EntityFrameworkCore.Storage");
        return true;
    }

    /// <summary>The statement that opens the transaction, where the command is made before it.</summary>
    private static StatementSyntax? BeginStatement(TransactionPassHint hint, ExpressionSyntax creation, DocumentEdit edit) =>
        hint.Begin is { } begin && begin.Start > creation.SpanStart ? edit.Find<ExpressionSyntax>(begin)?.FirstAncestorOrSelf<StatementSyntax>() : null;
}
