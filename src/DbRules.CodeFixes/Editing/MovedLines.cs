using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>Moves lines to another indentation, and leaves those alone that are part of a text.</summary>
internal static class MovedLines
{
    /// <summary>The lines, indented anew. Lines of a verbatim string stay as they are; those of a raw string move together or not at all.</summary>
    /// <param name="text">The text that the statements are part of.</param>
    /// <param name="lines">The lines in it.</param>
    /// <param name="changes">Changes inside the lines that leave the breaks between them alone.</param>
    /// <param name="statements">What the lines hold.</param>
    /// <param name="from">The indentation of the lines.</param>
    /// <param name="to">The new indentation.</param>
    public static string Indent(SourceText text, TextSpan lines, IEnumerable<TextChange> changes, IEnumerable<StatementSyntax> statements, string from, string to)
    {
        HashSet<int> fixedLines = FixedLines(text, statements, from);
        var result = new List<string>();
        int last = text.Lines.GetLineFromPosition(lines.End).LineNumber;
        SourceText changed = text.WithChanges(changes);
        for (int number = text.Lines.GetLineFromPosition(lines.Start).LineNumber; number <= last; number++)
        {
            TextLine line = changed.Lines[number];
            string content = line.ToString();
            bool moves = !fixedLines.Contains(number) && content.Trim().Length > 0 && content.StartsWith(from, StringComparison.Ordinal);
            result.Add((moves ? to + content.Substring(from.Length) : content) + (number < last ? changed.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) : ""));
        }

        return string.Concat(result);
    }

    private static HashSet<int> FixedLines(SourceText text, IEnumerable<StatementSyntax> statements, string from)
    {
        var found = new HashSet<int>();
        foreach (SyntaxNode node in statements.SelectMany(static statement => statement.DescendantNodes()))
        {
            if (node is not (InterpolatedStringExpressionSyntax or LiteralExpressionSyntax) || !IsText(node, out bool isRaw))
                continue;
            int first = text.Lines.GetLineFromPosition(node.SpanStart).LineNumber + 1;
            int last = text.Lines.GetLineFromPosition(node.Span.End).LineNumber;
            IEnumerable<int> inside = Enumerable.Range(first, Math.Max(0, last - first + 1));
            if (!isRaw || inside.Any(line => !IsIndented(text.Lines[line], from)))
                found.UnionWith(inside);
        }

        return found;
    }

    private static bool IsIndented(TextLine line, string from) => line.ToString() is var content && (content.Trim().Length == 0 || content.StartsWith(from, StringComparison.Ordinal));

    private static bool IsText(SyntaxNode node, out bool isRaw)
    {
        SyntaxToken start = node is InterpolatedStringExpressionSyntax interpolated ? interpolated.StringStartToken : ((LiteralExpressionSyntax)node).Token;
        isRaw = start.Kind() is SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken;
        return isRaw || start.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.InterpolatedVerbatimStringStartToken;
    }
}
