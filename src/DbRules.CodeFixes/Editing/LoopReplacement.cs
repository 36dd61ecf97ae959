using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>A loop whose only statement takes its place.</summary>
internal sealed class LoopReplacement
{
    private readonly DocumentEdit _edit;
    private readonly ForEachStatementSyntax _loop;
    private readonly ExpressionStatementSyntax _statement;
    private readonly List<string> _comments;
    private readonly string _tail;

    private LoopReplacement(DocumentEdit edit, ForEachStatementSyntax loop, ExpressionStatementSyntax statement, List<string> comments, string tail)
    {
        _edit = edit;
        _loop = loop;
        _statement = statement;
        _comments = comments;
        _tail = tail;
    }

    /// <summary>The loop and its statement; null where a comment or a directive would be lost.</summary>
    public static LoopReplacement? Of(ForEachStatementSyntax loop, ExpressionStatementSyntax statement, DocumentEdit edit)
    {
        if (!edit.IsFree(loop.Span) || loop.DescendantTrivia().Any(trivia => trivia.IsDirective && loop.Span.Contains(trivia.Span)))
            return null;
        List<string> comments = [.. statement.GetLeadingTrivia().Where(DocumentEdit.IsComment).Select(trivia => trivia.ToString())];
        SyntaxTrivia[] behind = [.. statement.GetTrailingTrivia().Where(trivia => DocumentEdit.IsComment(trivia) && loop.Span.Contains(trivia.Span))];
        int kept = comments.Count + behind.Length + statement.DescendantTrivia().Count(trivia => DocumentEdit.IsComment(trivia) && statement.Span.Contains(trivia.Span));
        if (loop.DescendantTrivia().Count(trivia => DocumentEdit.IsComment(trivia) && loop.Span.Contains(trivia.Span)) != kept)
            return null;
        return new LoopReplacement(edit, loop, statement, comments, string.Concat(behind.Select(trivia => " " + trivia)));
    }

    /// <summary>Puts the statement, one of its parts replaced, where the loop stands.</summary>
    /// <param name="before">Statements that go before it.</param>
    /// <param name="part">The part that is replaced.</param>
    /// <param name="replacement">What takes its place.</param>
    public bool TryWrite(IEnumerable<string> before, TextSpan part, string replacement)
    {
        if (!_statement.Span.Contains(part))
            return false;
        string from = LoopLayout.IndentationAt(_edit.Text, _statement.SpanStart);
        string to = LoopLayout.IndentationAt(_edit.Text, _loop.SpanStart);
        string code = _edit.Slice(_statement.Span).Remove(part.Start - _statement.SpanStart, part.Length).Insert(part.Start - _statement.SpanStart, replacement);
        string[] lines = [.. before, .. _comments, LoopLayout.Reindent(code, from, to) + _tail];
        _edit.Replace(_loop.Span, string.Join(LoopLayout.NewLine(_edit.Text) + to, lines));
        return true;
    }
}
