using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Transactions;

/// <summary>Commits a transaction before the code leaves it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncommittedTransactionFix))]
[Shared]
public sealed class UncommittedTransactionFix() : DocumentFix("DBR303", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Commit the transaction";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (CommitHint.From(diagnostic.Properties) is not { } hint
            || edit.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } begin
            || !edit.IsWellFormed(begin))
        {
            return false;
        }

        string commit = hint.IsAsync ? $"await {hint.Holder}.CommitAsync({hint.Token}){Awaits.TailAround(begin)};" : $"{hint.Holder}.Commit();";
        if (hint.Return is { } span)
            return edit.Find<ReturnStatementSyntax>(span) is { } leave && BeforeReturn(leave, commit, edit);
        return hint.Block is { } end && edit.Find<BlockSyntax>(end) is { } block && StatementPlace.AtEnd(block, commit, edit);
    }

    /// <summary>What the returned expression runs still belongs to the transaction, so that its result goes into a local first.</summary>
    private static bool BeforeReturn(ReturnStatementSyntax leave, string commit, DocumentEdit edit) => leave.Expression is { } value && ReturnedValue.RunsSomething(value)
        ? ReturnedValue.TryKeepDuring(leave, commit, edit)
        : StatementPlace.Before(leave, [commit], edit);
}
