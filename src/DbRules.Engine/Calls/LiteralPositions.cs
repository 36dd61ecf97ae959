using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Calls;

/// <summary>Where in the source does a character of a string's value stand?</summary>
internal static class LiteralPositions
{
    /// <summary>
    /// The source span of a range of the value that a string literal or the text between two holes has. Null when the node is neither, the range is
    /// outside the value, or the source does not read as the value does.
    /// </summary>
    /// <param name="node">A <see cref="LiteralExpressionSyntax"/> or an <see cref="InterpolatedStringTextSyntax"/>.</param>
    /// <param name="value">The value that the node has.</param>
    /// <param name="start">The first character of the value.</param>
    /// <param name="length">How many follow; 0 gives an empty span.</param>
    public static TextSpan? Find(SyntaxNode node, string value, int start, int length)
    {
        if (Read(node, value) is not { } literal || start < 0 || length < 0 || start + length > literal.Value.Length)
            return null;
        SourceText source = node.SyntaxTree.GetText();
        int position = literal.Start;
        int from = -1;
        for (int i = 0; ; i++)
        {
            if (literal.Style == Style.RawLines)
                position = BehindIndentation(source, position, literal);
            if (i == start)
                from = position;
            if (i == start + length)
                return TextSpan.FromBounds(from, length == 0 ? from : position);
            int next = BehindCharacter(source, position, literal, ref i);
            if (next < 0)
                return null;
            if (i == start + length - 1 && length > 0)
                return from < 0 ? null : TextSpan.FromBounds(from, next);
            position = next;
        }
    }

    private static Literal? Read(SyntaxNode node, string value)
    {
        switch (node)
        {
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression, Token: var token }:
                if (token.IsKind(SyntaxKind.StringLiteralToken))
                {
                    bool isVerbatim = token.Text.StartsWith("@", StringComparison.Ordinal);
                    return new Literal(value, token.SpanStart + (isVerbatim ? 2 : 1), token.Span.End - 1, isVerbatim ? Style.Verbatim : Style.Escaped, false, 0);
                }

                int quotes = token.Text.TakeWhile(c => c == '"').Count();
                if (token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken))
                    return new Literal(value, token.SpanStart + quotes, token.Span.End - quotes, Style.Raw, false, 0);
                return token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
                    ? new Literal(value, BehindLine(token.SyntaxTree!.GetText(), token.SpanStart + quotes), token.Span.End - quotes, Style.RawLines, false, Indentation(token.Text, quotes))
                    : null;
            case InterpolatedStringTextSyntax { TextToken: var token, Parent: InterpolatedStringExpressionSyntax around }:
                Style style = around.StringStartToken.Kind() switch
                {
                    SyntaxKind.InterpolatedStringStartToken => Style.Escaped,
                    SyntaxKind.InterpolatedVerbatimStringStartToken => Style.Verbatim,
                    SyntaxKind.InterpolatedSingleLineRawStringStartToken => Style.Raw,
                    _ => Style.RawLines,
                };
                string end = around.StringEndToken.Text;
                return new Literal(value, token.SpanStart, token.Span.End, style, true, style == Style.RawLines ? Indentation(end, end.Length - end.TrimEnd('"').Length) : 0);
            default:
                return null;
        }
    }

    /// <summary>The blanks between the last line's start and the closing quotes.</summary>
    private static int Indentation(string text, int quotes)
    {
        int count = 0;
        for (int i = text.Length - quotes - 1; i >= 0 && text[i] is ' ' or '\t'; i--)
            count++;
        return count;
    }

    private static int BehindLine(SourceText source, int position) => source.Lines.GetLineFromPosition(position).EndIncludingLineBreak;

    private static int BehindIndentation(SourceText source, int position, Literal literal)
    {
        TextLine line = source.Lines.GetLineFromPosition(position);
        if (line.Start != position)
            return position;
        // A line of blanks alone may be shorter.
        return Math.Min(position + Math.Min(literal.Indentation, line.End - line.Start), literal.End);
    }

    /// <summary>Behind the source of one character of the value; <paramref name="index"/> moves on where a source character makes two. Negative where they differ.</summary>
    private static int BehindCharacter(SourceText source, int position, Literal literal, ref int index)
    {
        if (position >= literal.End || index >= literal.Value.Length)
            return -1;
        char c = source[position];
        char next = position + 1 < literal.End ? source[position + 1] : '\0';
        if (literal.Style == Style.Escaped && c == '\\')
            return BehindEscape(source, position, next, literal, ref index);
        if (c != literal.Value[index])
            return -1;
        bool isDoubled = c == next && ((literal.Style == Style.Verbatim && c == '"') || (literal.IsInterpolated && literal.Style is Style.Escaped or Style.Verbatim && c is '{' or '}'));
        return position + (isDoubled ? 2 : 1);
    }

    private static int BehindEscape(SourceText source, int position, char kind, Literal literal, ref int index)
    {
        switch (kind)
        {
            case 'u':
                return position + 6;
            case 'U':
                if (char.IsHighSurrogate(literal.Value[index]))
                    index++;
                return position + 10;
            case 'x':
                int end = position + 2;
                while (end < literal.End && end < position + 6 && Uri.IsHexDigit(source[end]))
                    end++;
                return end;
            default:
                return position + 2;
        }
    }

    private enum Style
    {
        Escaped,
        Verbatim,
        Raw,
        RawLines,
    }

    private readonly record struct Literal(string Value, int Start, int End, Style Style, bool IsInterpolated, int Indentation);
}
