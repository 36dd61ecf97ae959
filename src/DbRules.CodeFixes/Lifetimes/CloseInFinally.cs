using DbRules.CodeFixes.Editing;
using DbRules.CodeFixes.Transactions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Lifetimes;

/// <summary>Closes in a <c>finally</c> what a statement opens.</summary>
internal static class CloseInFinally
{
    /// <summary>The statement that closes what another opens: <c>await db.Database.CloseConnectionAsync();</c>. Null where the opening is of an unknown form.</summary>
    public static string? Closing(ExpressionStatementSyntax opening, DocumentEdit edit) => OpenCall.In(opening) is { } call ? Closing(call, opening.SpanStart, edit) : null;

    /// <inheritdoc cref="Closing(ExpressionStatementSyntax, DocumentEdit)"/>
    public static string? Closing(OpenCall opening, int position, DocumentEdit edit)
    {
        string? closing = opening.Method switch
        {
            "Open" when !opening.IsAwaited => "Close",
            "OpenAsync" when opening.IsAwaited => "CloseAsync",
            "OpenConnection" when !opening.IsAwaited => "CloseConnection",
            "OpenConnectionAsync" when opening.IsAwaited => "CloseConnectionAsync",
            _ => null,
        };
        if (closing is null || edit.Model.GetTypeInfo(opening.Owner).Type is not { } type)
            return null;
        // Old frameworks and interfaces close without a task.
        bool isAwaited = opening.IsAwaited;
        if (isAwaited && edit.Model.LookupSymbols(position, type, closing, includeReducedExtensionMethods: true).IsEmpty)
            (closing, isAwaited) = (closing.Substring(0, closing.Length - "Async".Length), false);
        return isAwaited ? $"await {opening.Owner}.{closing}(){opening.Configured};" : $"{opening.Owner}.{closing}();";
    }

    /// <summary>
    /// Puts the rest of the block behind a statement into a <c>try</c> whose <c>finally</c> closes. False, and no change, where that could change what the code means, or lose
    /// a comment.
    /// </summary>
    public static bool Wrap(StatementSyntax opening, string closing, DocumentEdit edit)
    {
        if (opening.Parent is not BlockSyntax block || !TryFindRest(opening, block, edit, out List<StatementSyntax> rest, out TextSpan lines))
            return false;
        string newLine = LoopLayout.NewLine(edit.Text);
        string outer = LoopLayout.IndentationAt(edit.Text, opening.SpanStart);
        string inner = outer + LoopLayout.Step(outer);
        string code = MovedLines.Indent(edit.Text, lines, [], rest, outer, inner);
        edit.Replace(
            TextSpan.FromBounds(edit.Text.Lines.GetLineFromPosition(opening.Span.End).EndIncludingLineBreak, edit.Text.Lines.GetLineFromPosition(block.CloseBraceToken.SpanStart).Start),
            $"{outer}try{newLine}{outer}{{{newLine}{code}{newLine}{outer}}}{newLine}{outer}finally{newLine}{outer}{{{newLine}{inner}{closing}{newLine}{outer}}}{newLine}");
        return true;
    }

    /// <summary>The statements behind one in its block, and their lines with all comments around them; false where they cannot go into a block of their own.</summary>
    public static bool TryFindRest(StatementSyntax opening, BlockSyntax block, DocumentEdit edit, out List<StatementSyntax> rest, out TextSpan lines)
    {
        SourceText text = edit.Text;
        rest = [.. block.Statements.Skip(block.Statements.IndexOf(opening) + 1)];
        lines = default;
        if (rest.Count == 0 || rest.Exists(static statement => statement is LocalFunctionStatementSyntax or LabeledStatementSyntax)
            || !LoopLayout.StartsLine(text, opening.SpanStart) || !LoopLayout.EndsLine(text, opening.Span.End) || !LoopLayout.StartsLine(text, block.CloseBraceToken.SpanStart))
        {
            return false;
        }

        int first = text.Lines.GetLineFromPosition(opening.Span.End).LineNumber + 1;
        int last = text.Lines.GetLineFromPosition(block.CloseBraceToken.SpanStart).LineNumber - 1;
        while (first < last && string.IsNullOrWhiteSpace(text.Lines[first].ToString()))
            first++;
        while (last > first && string.IsNullOrWhiteSpace(text.Lines[last].ToString()))
            last--;
        lines = TextSpan.FromBounds(text.Lines[first].Start, text.Lines[last].End);
        return edit.IsFree(TextSpan.FromBounds(opening.Span.End, block.CloseBraceToken.SpanStart)) && !block.DescendantTrivia().Any(static trivia => trivia.IsDirective);
    }
}
