using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>A string of the source at a position where text is put into it.</summary>
internal sealed class SqlString
{
    private readonly DocumentEdit _edit;
    private readonly int _position;
    private readonly bool _isVerbatim;
    private readonly bool _isRaw;

    private SqlString(DocumentEdit edit, int position, ExpressionSyntax node, bool isVerbatim, bool isRaw)
    {
        _edit = edit;
        _position = position;
        Node = node;
        _isVerbatim = isVerbatim;
        _isRaw = isRaw;
    }

    /// <summary>The whole string.</summary>
    public ExpressionSyntax Node { get; }

    /// <summary>The string whose text the position is in; null when it is in none, or in a hole of one.</summary>
    public static SqlString? At(DocumentEdit edit, int position)
    {
        if (position <= 0 || position >= edit.Root.FullSpan.End)
            return null;
        // Behind a hole the text starts with the next token; the closing quotes are one too.
        SyntaxToken token = edit.Root.FindToken(position);
        switch (token.Parent)
        {
            case LiteralExpressionSyntax literal when literal.SpanStart < position && position < literal.Span.End:
                return token.Kind() switch
                {
                    SyntaxKind.StringLiteralToken => new SqlString(edit, position, literal, token.Text.StartsWith("@", StringComparison.Ordinal), isRaw: false),
                    SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken => new SqlString(edit, position, literal, isVerbatim: true, isRaw: true),
                    _ => null,
                };
            case InterpolatedStringTextSyntax { Parent: InterpolatedStringExpressionSyntax around }:
                return Of(edit, position, around);
            case InterpolatedStringExpressionSyntax around when token == around.StringEndToken:
                return Of(edit, position, around);
            case InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax around } hole when token == hole.OpenBraceToken && token.SpanStart == position:
                return Of(edit, position, around);
            default:
                return null;
        }
    }

    /// <summary>A line break and the indentation of a clause that starts a line of the string of its own; null for any other.</summary>
    public string? NewLine(TextSpan clause)
    {
        TextLine line = _edit.Text.Lines.GetLineFromPosition(clause.Start);
        bool isMultiLine = _isVerbatim && line.Start > Node.SpanStart && clause.Start < Node.Span.End;
        string indentation = _edit.Slice(TextSpan.FromBounds(line.Start, clause.Start));
        return isMultiLine && string.IsNullOrWhiteSpace(indentation) ? _edit.Slice(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) + indentation : null;
    }

    /// <summary>Text as the string has to spell it; null when it cannot hold it there.</summary>
    public string? Write(string text)
    {
        if (_isRaw)
            return text.EndsWith("\"", StringComparison.Ordinal) && _edit.Text[_position] == '"' ? null : text;
        return text.Replace("\"", _isVerbatim ? "\"\"" : "\\\"");
    }

    private static SqlString Of(DocumentEdit edit, int position, InterpolatedStringExpressionSyntax around)
    {
        SyntaxKind kind = around.StringStartToken.Kind();
        bool isRaw = kind is SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken;
        return new SqlString(edit, position, around, isRaw || kind == SyntaxKind.InterpolatedVerbatimStringStartToken, isRaw);
    }
}
