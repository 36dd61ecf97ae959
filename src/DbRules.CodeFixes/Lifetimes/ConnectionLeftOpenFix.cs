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

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (HeldConnectionHint.From(diagnostic.Properties) is not { } hint || edit.Find<StatementSyntax>(hint.Opening) is not { } statement || !edit.IsWellFormed(statement))
            return false;
        if (hint.Lender is null)
            return statement is ExpressionStatementSyntax plain && CloseInFinally.Closing(plain, edit) is { } closing && CloseInFinally.Wrap(plain, closing, edit);
        return statement is IfStatementSyntax guard && edit.Find<ExpressionSyntax>(hint.Lender.Value) is { } lender && edit.TryAll(() => PlanGuarded(guard, lender, edit));
    }

    /// <summary>The context opens the connection for as many users as ask, and closes it behind the last.</summary>
    private static bool PlanGuarded(IfStatementSyntax guard, ExpressionSyntax lender, DocumentEdit edit)
    {
        StatementSyntax? inner = guard.Statement is BlockSyntax { Statements: [var only] } ? only : guard.Statement;
        if (inner is not ExpressionStatementSyntax opening || DocumentEdit.HasComment(guard) || OpenCall.In(opening) is not { Method: "Open" or "OpenAsync" } call || !edit.IsFree(guard.Span))
            return false;
        OpenCall byContext = call with { Owner = lender, Method = call.Method.Replace("Open", "OpenConnection") };
        if (CloseInFinally.Closing(byContext, guard.SpanStart, edit) is not { } closing || !CloseInFinally.Wrap(guard, closing, edit))
            return false;
        edit.Replace(guard.Span, byContext.Text);
        return true;
    }
}
