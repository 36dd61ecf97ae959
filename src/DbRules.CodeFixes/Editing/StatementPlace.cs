using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>Puts a statement on a line of its own behind or before another.</summary>
internal static class StatementPlace
{
    /// <summary>
    /// Behind a statement of a block; for <c>using (…) { }</c> at the start of its block. False, and no change, where no block takes it or the line is shared.
    /// </summary>
    public static bool Behind(StatementSyntax statement, string added, DocumentEdit edit)
    {
        string newLine = LoopLayout.NewLine(edit.Text);
        if (statement is UsingStatementSyntax { Statement: var inner })
        {
            while (inner is UsingStatementSyntax { Statement: var deeper })
                inner = deeper;
            return inner is BlockSyntax body && AtStart(body, added, edit);
        }

        if (statement.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax) || statement is not (LocalDeclarationStatementSyntax or ExpressionStatementSyntax)
            || !LoopLayout.StartsLine(edit.Text, statement.SpanStart) || !LoopLayout.EndsLine(edit.Text, statement.Span.End))
        {
            return false;
        }

        int end = edit.Text.Lines.GetLineFromPosition(statement.Span.End).End;
        edit.InsertOnce(end, newLine + LoopLayout.IndentationAt(edit.Text, statement.SpanStart) + added);
        return true;
    }

    /// <summary>At the end of a block. False, and no change, where the closing brace shares its line.</summary>
    public static bool AtEnd(BlockSyntax block, string added, DocumentEdit edit)
    {
        SyntaxToken brace = block.CloseBraceToken;
        if (!LoopLayout.StartsLine(edit.Text, brace.SpanStart))
            return false;
        string outer = LoopLayout.IndentationAt(edit.Text, brace.SpanStart);
        string indent = block.Statements.Count > 0 ? LoopLayout.IndentationAt(edit.Text, block.Statements[0].SpanStart) : outer + LoopLayout.Step(outer);
        edit.InsertOnce(edit.Text.Lines.GetLineFromPosition(brace.SpanStart).Start, indent + added + LoopLayout.NewLine(edit.Text));
        return true;
    }

    /// <summary>Before a statement, in the same block; one that stands alone behind a condition gets a block. False, and no change, where the line is shared.</summary>
    public static bool Before(StatementSyntax statement, IReadOnlyList<string> added, DocumentEdit edit)
    {
        if (statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax)
        {
            if (!LoopLayout.StartsLine(edit.Text, statement.SpanStart))
                return false;
            edit.InsertBefore(statement, added);
            return true;
        }

        if (statement.Parent is not (IfStatementSyntax or ElseClauseSyntax) || !LoopLayout.EndsLine(edit.Text, statement.Span.End) || statement.DescendantTrivia().Any(static trivia => trivia.IsDirective))
            return false;
        string newLine = LoopLayout.NewLine(edit.Text);
        string outer = LoopLayout.IndentationAt(edit.Text, statement.Parent.GetFirstToken().SpanStart);
        string inner = IndentationInside(statement.Parent, edit);
        bool opensLine = LoopLayout.StartsLine(edit.Text, statement.SpanStart);
        int start = opensLine ? edit.Text.Lines.GetLineFromPosition(statement.SpanStart).Start : statement.SpanStart;
        string lines = string.Concat(added.Select(line => inner + line + newLine));
        if (opensLine)
        {
            edit.InsertOnce(start, outer + "{" + newLine + lines);
        }
        else
        {
            int gap = edit.Text.ToString(TextSpan.FromBounds(edit.Text.Lines.GetLineFromPosition(start).Start, start)).TrimEnd().Length + edit.Text.Lines.GetLineFromPosition(start).Start;
            edit.Replace(TextSpan.FromBounds(gap, start), newLine + outer + "{" + newLine + lines + inner);
        }

        edit.InsertOnce(edit.Text.Lines.GetLineFromPosition(statement.Span.End).End, newLine + outer + "}");
        return true;
    }

    /// <summary>Takes a statement away, with its lines and the blank line before them. False, and no change, where a line is shared or a comment would be lost.</summary>
    public static bool Remove(StatementSyntax statement, DocumentEdit edit)
    {
        SourceText text = edit.Text;
        TextSpan lines = LoopLayout.LinesWithComments(edit.Root, text, statement);
        if (!LoopLayout.StartsLine(text, statement.SpanStart) || !LoopLayout.EndsLine(text, statement.Span.End) || !edit.IsFree(lines) || DocumentEdit.HasComment(statement, lines))
            return false;
        edit.Replace(LoopLayout.WithBlankLineBefore(text, lines), "");
        return true;
    }

    /// <summary>The indentation of what stands behind a condition.</summary>
    public static string IndentationInside(SyntaxNode condition, DocumentEdit edit)
    {
        string outer = LoopLayout.IndentationAt(edit.Text, condition.GetFirstToken().SpanStart);
        return outer + LoopLayout.Step(outer);
    }

    private static bool AtStart(BlockSyntax block, string added, DocumentEdit edit)
    {
        if (!LoopLayout.EndsLine(edit.Text, block.OpenBraceToken.Span.End))
            return false;
        string outer = LoopLayout.IndentationAt(edit.Text, block.OpenBraceToken.SpanStart);
        string indent = block.Statements.Count > 0 ? LoopLayout.IndentationAt(edit.Text, block.Statements[0].SpanStart) : outer + LoopLayout.Step(outer);
        edit.InsertOnce(edit.Text.Lines.GetLineFromPosition(block.OpenBraceToken.Span.End).End, LoopLayout.NewLine(edit.Text) + indent + added);
        return true;
    }
}
