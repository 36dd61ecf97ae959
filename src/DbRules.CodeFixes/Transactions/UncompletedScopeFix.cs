using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Transactions;

/// <summary>Completes a scope as the last step of the code that it covers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncompletedScopeFix))]
[Shared]
public sealed class UncompletedScopeFix() : DocumentFix("DBR307", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Complete the scope";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (CompletionHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<BaseObjectCreationExpressionSyntax>(hint.Creation) is not { } creation
            || !edit.IsWellFormed(creation)
            || CoveredStatements.Of(creation) is not [.., var last] covered
            || !CoveredStatements.HasOneEnd(covered, edit.Model))
        {
            return false;
        }

        if (last is not ReturnStatementSyntax exit)
        {
            CompleteBehind(last, Completion(hint, creation, edit), edit);
            return true;
        }

        if (exit.Expression is { } returned)
        {
            // A task that nobody awaits here outlives the scope.
            if (edit.Model.GetTypeInfo(returned).Type?.Name is "Task" or "ValueTask")
                return false;
            // What is returned is worked out before the scope is completed.
            if (ReturnedValue.RunsSomething(returned))
                return edit.TryAll(() => ReturnedValue.TryKeepDuring(exit, Completion(hint, creation, edit), edit));
        }

        edit.InsertBefore(exit, [Completion(hint, creation, edit)]);
        return true;
    }

    /// <summary>The call, on a new local where none holds the scope.</summary>
    private static string Completion(CompletionHint hint, ExpressionSyntax creation, DocumentEdit edit)
    {
        string local = hint.Local ?? edit.NamesAround(creation).Local("scope");
        if (hint.Local is null)
            edit.Replace(new TextSpan(creation.SpanStart, 0), $"var {local} = ");
        return $"{local}.{hint.Completion}();";
    }

    private static void CompleteBehind(StatementSyntax last, string completion, DocumentEdit edit)
    {
        bool endsLine = LoopLayout.EndsLine(edit.Text, last.Span.End);
        int position = endsLine ? edit.Text.Lines.GetLineFromPosition(last.Span.End).End : last.Span.End;
        string separator = endsLine ? LoopLayout.NewLine(edit.Text) + LoopLayout.IndentationAt(edit.Text, last.SpanStart) : " ";
        edit.Replace(new TextSpan(position, 0), separator + completion);
    }
}
