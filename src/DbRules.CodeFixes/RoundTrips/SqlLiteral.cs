using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Edits SQL inside the literals that it is written in, so that quotes, line breaks and indentation stay as they are.</summary>
internal static class SqlLiteral
{
    /// <summary>
    /// The changes to the source that make the changes to the SQL. Null when a literal hides its characters behind escapes or a change crosses the
    /// border of two literals.
    /// </summary>
    public static IReadOnlyList<TextChange>? Map(ExpressionSyntax expression, IEnumerable<TextChange> sqlChanges)
    {
        if (!TryReadPieces(expression, out List<Piece> pieces))
            return null;
        var changes = new List<TextChange>();
        foreach (TextChange change in sqlChanges)
        {
            Piece? piece = pieces.Find(candidate => candidate.Start <= change.Span.Start && change.Span.End <= candidate.Start + candidate.Value.Length);
            if (piece?.ToSource(change.Span) is not { } span)
                return null;
            changes.Add(new TextChange(span, change.NewText ?? ""));
        }

        return changes;
    }

    /// <summary>A literal for SQL whose constant stands elsewhere; null when the language cannot hold it in one plain literal.</summary>
    public static string? Write(string sql) =>
        sql.IndexOf('\n') < 0 ? SymbolDisplay.FormatLiteral(sql, quote: true) : "@\"" + sql.Replace("\"", "\"\"") + "\"";

    private static bool TryReadPieces(ExpressionSyntax expression, out List<Piece> pieces)
    {
        pieces = [];
        var pending = new Stack<ExpressionSyntax>();
        pending.Push(expression);
        int start = 0;
        while (pending.Count > 0)
        {
            switch (pending.Pop())
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                    pending.Push(sum.Right);
                    pending.Push(sum.Left);
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    pending.Push(parenthesized.Expression);
                    break;
                case LiteralExpressionSyntax { Token: { Value: string value } token }:
                    pieces.Add(new Piece(start, value, token));
                    start += value.Length;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>One literal and the place of its value in the whole text.</summary>
    private sealed class Piece(int start, string value, SyntaxToken token)
    {
        public int Start { get; } = start;

        public string Value { get; } = value;

        public TextSpan? ToSource(TextSpan span) =>
            Position(span.Start - Start) is { } from && Position(span.End - Start) is { } to ? TextSpan.FromBounds(from, to) : null;

        private int? Position(int offset)
        {
            string written = token.Text;
            if (!token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken))
            {
                int place = written.IndexOf(Value, StringComparison.Ordinal);
                return place < 0 || Value.Length == 0 ? null : token.SpanStart + place + offset;
            }

            // The lines of a raw literal stand between its first and last line, each behind the indentation of the last.
            string[] lines = written.Split('\n');
            string[] values = Value.Split('\n');
            if (lines.Length != values.Length + 2)
                return null;
            int indentation = lines[lines.Length - 1].Length - lines[lines.Length - 1].TrimStart().Length;
            int line = 0;
            int position = token.SpanStart + lines[0].Length + 1;
            while (offset > values[line].Length)
            {
                offset -= values[line].Length + 1;
                position += lines[line + 1].Length + 1;
                line++;
            }

            bool hasIndentation = lines[line + 1].Length >= indentation;
            return hasIndentation ? position + indentation + offset : null;
        }
    }
}
