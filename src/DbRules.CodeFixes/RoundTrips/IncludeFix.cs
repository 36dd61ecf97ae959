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

        string calls = Calls(hint, behind, edit);
        bool needsParentheses = behind is not (MemberAccessExpressionSyntax or InvocationExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or GenericNameSyntax);
        if (needsParentheses)
            edit.InsertOnce(behind.SpanStart, "(");
        edit.InsertOnce(behind.Span.End, (needsParentheses ? ")" : "") + calls);
        if (lines is { } removed)
            edit.Replace(removed, "");
        return true;
    }

    private static string Calls(IncludeHint hint, ExpressionSyntax behind, DocumentEdit edit)
    {
        string[] inScope = [.. edit.Model.LookupSymbols(behind.SpanStart).Where(symbol => symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol).Select(symbol => symbol.Name)];
        string separator = Separator(behind, edit);
        string text = "";
        for (int i = 0; i < hint.Path.Length; i++)
        {
            string name = LambdaName(hint.Types[i], inScope);
            text += $"{separator}.{(i > 0 || hint.Continues ? "ThenInclude" : "Include")}({name} => {name}.{hint.Path[i]})";
        }

        return text;
    }

    /// <summary>A chain that goes on in the next line gets the new call in a line of its own.</summary>
    private static string Separator(ExpressionSyntax behind, DocumentEdit edit)
    {
        SyntaxToken dot = behind.Parent is MemberAccessExpressionSyntax { OperatorToken: var next } access && access.Expression == behind
            ? next
            : behind is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { OperatorToken: var own } } ? own : default;
        if (dot.RawKind == 0)
            return "";
        TextLine line = edit.Text.Lines.GetLineFromPosition(dot.SpanStart);
        string before = edit.Text.ToString(TextSpan.FromBounds(line.Start, dot.SpanStart));
        return string.IsNullOrWhiteSpace(before) ? LoopLayout.NewLine(edit.Text) + before : "";
    }

    private static string LambdaName(string type, string[] inScope)
    {
        string whole = Names.Camel(type);
        foreach (string name in new[] { whole.Substring(0, 1), whole })
        {
            if (!inScope.Contains(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None)
                return name;
        }

        for (int number = 2; ; number++)
        {
            if (!inScope.Contains(whole + number))
                return whole + number;
        }
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
