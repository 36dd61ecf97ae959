using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>Where statements go that are put before a loop, and how they are indented.</summary>
internal static class LoopLayout
{
    private const int MaxLineLength = 140;

    /// <summary>
    /// The change that puts statements before a loop: behind a blank line that separates the loop from what is above, and above the comments
    /// that belong to the loop.
    /// </summary>
    public static TextChange Insertion(SyntaxNode root, SourceText text, int loopStart, IEnumerable<string> statements)
    {
        TextLine line = text.Lines.GetLineFromPosition(loopStart);
        string indent = Indentation(line);
        string newLine = NewLine(text);
        bool opensLine = string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, loopStart)));
        if (!opensLine)
            return new TextChange(new TextSpan(loopStart, 0), string.Concat(statements.Select(statement => statement + newLine + indent)));
        int start = FirstCommentLine(root, text, loopStart).Start;
        return new TextChange(new TextSpan(start, 0), string.Concat(statements.Select(statement => indent + statement + newLine)));
    }

    /// <summary>The white space that the line at a position begins with.</summary>
    public static string IndentationAt(SourceText text, int position) => Indentation(text.Lines.GetLineFromPosition(position));

    /// <summary>One more level of indentation in the style of another.</summary>
    public static string Step(string indentation) => indentation.StartsWith("\t", StringComparison.Ordinal) ? "\t" : "    ";

    /// <summary>Whether a declaration of these parts is too long for one line.</summary>
    public static bool IsLong(string parts) => parts.Length + "var  = ;".Length > MaxLineLength;

    /// <summary>The line break that the text uses.</summary>
    public static string NewLine(SourceText text)
    {
        foreach (TextLine line in text.Lines)
        {
            if (line.EndIncludingLineBreak > line.End)
                return text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        }

        return "\n";
    }

    /// <summary>Shifts all lines but the first by the difference of two indentations.</summary>
    public static string Reindent(string code, string from, string to)
    {
        if (from == to || code.IndexOf('\n') < 0)
            return code;
        string[] lines = code.Split('\n');
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(from, StringComparison.Ordinal))
                lines[i] = to + lines[i].Substring(from.Length);
        }

        return string.Join("\n", lines);
    }

    /// <summary>Whether nothing but white space stands before a position in its line.</summary>
    public static bool StartsLine(SourceText text, int position) => string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(position).Start, position)));

    /// <summary>Whether nothing but a comment stands behind a position in its line.</summary>
    public static bool EndsLine(SourceText text, int position)
    {
        string behind = text.ToString(TextSpan.FromBounds(position, text.Lines.GetLineFromPosition(position).End)).Trim();
        return behind.Length == 0 || behind.StartsWith("//", StringComparison.Ordinal);
    }

    /// <summary>The whole lines of a statement with the comments directly above it.</summary>
    public static TextSpan LinesWithComments(SyntaxNode root, SourceText text, SyntaxNode statement) =>
        TextSpan.FromBounds(FirstCommentLine(root, text, statement.SpanStart).Start, text.Lines.GetLineFromPosition(statement.Span.End).EndIncludingLineBreak);

    /// <summary>The lines together with one blank line behind them, so that a block does not begin with it.</summary>
    public static TextSpan WithBlankLineBehind(SourceText text, TextSpan lines)
    {
        TextLine next = text.Lines.GetLineFromPosition(lines.End);
        bool isBlank = next.Start == lines.End && next.EndIncludingLineBreak > next.End && string.IsNullOrWhiteSpace(next.ToString());
        return isBlank ? TextSpan.FromBounds(lines.Start, next.EndIncludingLineBreak) : lines;
    }

    /// <summary>The lines together with one blank line before them, so that a block does not end with it.</summary>
    public static TextSpan WithBlankLineBefore(SourceText text, TextSpan lines)
    {
        int number = text.Lines.GetLineFromPosition(lines.Start).LineNumber;
        return number > 0 && string.IsNullOrWhiteSpace(text.Lines[number - 1].ToString()) ? TextSpan.FromBounds(text.Lines[number - 1].Start, lines.End) : lines;
    }

    /// <summary>The first line of the comments directly above a statement, or the statement's own.</summary>
    private static TextLine FirstCommentLine(SyntaxNode root, SourceText text, int statementStart)
    {
        SyntaxTriviaList leading = root.FindToken(statementStart).LeadingTrivia;
        int start = statementStart;
        for (int i = leading.Count - 1; i >= 0; i--)
        {
            if (leading[i].IsKind(SyntaxKind.WhitespaceTrivia))
                continue;
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia))
            {
                do
                    i--;
                while (i >= 0 && leading[i].IsKind(SyntaxKind.WhitespaceTrivia));
            }

            if (i < 0 || !DocumentEdit.IsComment(leading[i]))
                break;
            start = leading[i].SpanStart;
        }

        return text.Lines.GetLineFromPosition(start);
    }

    private static string Indentation(TextLine line)
    {
        string content = line.ToString();
        return content.Substring(0, content.Length - content.TrimStart().Length);
    }
}
