using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>Where statements go that are put behind a loop.</summary>
internal static class LoopTail
{
    /// <summary>
    /// Moves the last statement of a loop's block behind the loop, with the comments that belong to it. Where the same statement stands there already, the
    /// one in the loop goes.
    /// </summary>
    /// <returns>False, and no change, when something else shares its lines.</returns>
    public static bool TryMoveBehind(StatementSyntax statement, StatementSyntax loop, DocumentEdit edit)
    {
        SourceText text = edit.Text;
        TextSpan lines = LoopLayout.LinesWithComments(edit.Root, text, statement);
        if (!IsAlone(statement, lines, text) || !edit.IsFree(lines) || HasDirective(statement) || HasDirective(loop.GetLastToken()))
            return false;
        string from = LoopLayout.IndentationAt(text, statement.SpanStart);
        string to = LoopLayout.IndentationAt(text, loop.SpanStart);
        string code = edit.Slice(lines).TrimEnd();
        if (!code.StartsWith(from, StringComparison.Ordinal))
            return false;
        bool isThere = Next(loop)?.ToString() == code.Trim();
        if (!isThere && !TryInsertBehind(loop, [LoopLayout.Reindent(code.Substring(from.Length), from, to)], edit))
            return false;
        edit.Replace(LoopLayout.WithBlankLineBefore(text, lines), "");
        return true;
    }

    /// <summary>Puts statements behind a loop, a blank line between.</summary>
    /// <returns>False, and no change, when more code follows in the loop's last line.</returns>
    public static bool TryInsertBehind(StatementSyntax loop, IEnumerable<string> statements, DocumentEdit edit)
    {
        TextLine line = edit.Text.Lines.GetLineFromPosition(loop.Span.End);
        if (!LoopLayout.EndsLine(edit.Text, loop.Span.End))
            return false;
        string newLine = LoopLayout.NewLine(edit.Text);
        string indentation = LoopLayout.IndentationAt(edit.Text, loop.SpanStart);
        edit.Replace(new TextSpan(line.End, 0), newLine + string.Concat(statements.Select(statement => newLine + indentation + statement)));
        return true;
    }

    private static bool IsAlone(StatementSyntax statement, TextSpan lines, SourceText text) => statement.Parent is BlockSyntax { Statements.Count: > 1 } block
        && LoopLayout.StartsLine(text, statement.SpanStart)
        && LoopLayout.EndsLine(text, statement.Span.End)
        && lines.Start > block.OpenBraceToken.Span.End
        && lines.End <= block.CloseBraceToken.SpanStart;

    private static bool HasDirective(SyntaxNode node) => node.DescendantTrivia().Any(trivia => trivia.IsDirective);

    private static bool HasDirective(SyntaxToken token) => token.LeadingTrivia.Any(trivia => trivia.IsDirective);

    private static StatementSyntax? Next(StatementSyntax loop)
    {
        if (loop.Parent is not BlockSyntax block)
            return null;
        int index = block.Statements.IndexOf(loop) + 1;
        return index < block.Statements.Count ? block.Statements[index] : null;
    }
}
