using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Lets the query load a navigation along with its rows.</summary>
public abstract class IncludeFix(string diagnosticId) : DocumentFix(diagnosticId, Title)
{
    /// <summary>The equivalence key of the code action; its title names the navigation.</summary>
    public const string Title = "Include the navigation in the query";

    private protected override string TitleOf(Diagnostic diagnostic) =>
        IncludeHint.From(diagnostic.Properties) is { } hint ? $"Include '{hint.Path[hint.Path.Length - 1]}' in the query" : Title;

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (IncludeHint.From(diagnostic.Properties) is not { } hint || edit.Find<ExpressionSyntax>(hint.Behind) is not { } behind || !edit.IsWellFormed(behind) || !edit.Imports.HasInclude(behind.SpanStart))
            return false;
        TextSpan? lines = null;
        if (hint.Obsolete is { } obsolete)
        {
            if (edit.Find<StatementSyntax>(obsolete) is not { } statement || LinesOf(statement, edit) is not { } whole || !edit.IsFree(whole))
                return false;
            lines = whole;
        }

        ChainedCalls.Insert(edit, behind, [.. hint.Path.Select((navigation, index) => CallOf(navigation, index, hint, behind, edit))]);
        if (lines is { } removed)
            edit.Replace(removed, "");
        return true;
    }

    private static string CallOf(string navigation, int index, IncludeHint hint, ExpressionSyntax behind, DocumentEdit edit)
    {
        string row = ChainedCalls.LambdaName(edit, behind, hint.Types[index]);
        return $"{(index > 0 || hint.Continues ? "ThenInclude" : "Include")}({row} => {row}.{navigation})";
    }

    /// <summary>The whole lines of a statement; null where it shares them, or where it has a comment or a directive that would be lost or left alone.</summary>
    private static TextSpan? LinesOf(StatementSyntax statement, DocumentEdit edit)
    {
        TextLine first = edit.Text.Lines.GetLineFromPosition(statement.SpanStart);
        TextLine last = edit.Text.Lines.GetLineFromPosition(statement.Span.End);
        bool isAlone = edit.Text.ToString(TextSpan.FromBounds(first.Start, statement.SpanStart)).Trim().Length == 0
            && edit.Text.ToString(TextSpan.FromBounds(statement.Span.End, last.End)).Trim().Length == 0;
        return isAlone && !DocumentEdit.HasComment(statement, statement.FullSpan) ? LoopLayout.WithBlankLineBehind(edit.Text, TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak)) : null;
    }
}
