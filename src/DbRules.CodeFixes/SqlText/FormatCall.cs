using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.SqlText;

/// <summary>A call of <c>string.Format</c> or <c>AppendFormat</c> some of whose arguments become parameters.</summary>
internal static class FormatCall
{
    /// <summary>
    /// Takes the arguments away that nothing asks for any more, and with the last of them the call, which for a builder becomes one that appends the text as it is. False
    /// where its string is not written in the call, or where the arguments that are left would have to be counted beside those of the SQL.
    /// </summary>
    /// <param name="format">The call.</param>
    /// <param name="places">The places that become parameters.</param>
    /// <param name="countsArguments">Whether the SQL counts its arguments by the same sign.</param>
    /// <param name="edit">The document.</param>
    public static bool TryReduce(InvocationExpressionSyntax format, IReadOnlyList<SplicedPlace> places, bool countsArguments, DocumentEdit edit)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = format.ArgumentList.Arguments;
        if (arguments.Count == 0 || arguments.Any(static argument => argument.NameColon is not null) || arguments[0].Expression is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text || DocumentEdit.HasComment(format, format.ArgumentList.Span))
            return false;
        string written = text.Token.Text;
        var left = new List<(TextSpan Digits, int Argument)>();
        for (int i = written.IndexOfAny(['{', '}']); i >= 0; i = written.IndexOfAny(['{', '}'], i + 1))
        {
            int digits = i + 1;
            while (digits < written.Length && char.IsDigit(written[digits]))
                digits++;
            // A doubled brace would have to become a single one.
            if (written[i] != '{' || !int.TryParse(written.Substring(i + 1, digits - i - 1), out int argument) || argument + 1 >= arguments.Count)
                return false;
            var place = new TextSpan(text.SpanStart + i + 1, digits - i - 1);
            if (!places.Any(one => one.Span.Contains(place)))
                left.Add((place, argument));
            i = written.IndexOf('}', i);
            if (i < 0)
                return false;
        }

        if (left.Count == 0)
        {
            if (format.Expression is MemberAccessExpressionSyntax { Name: { Identifier.ValueText: "AppendFormat" } name })
            {
                edit.Replace(name.Span, "Append");
                edit.Replace(TextSpan.FromBounds(text.Span.End, format.ArgumentList.CloseParenToken.SpanStart), "");
                return true;
            }

            edit.Replace(TextSpan.FromBounds(format.SpanStart, text.SpanStart), "");
            edit.Replace(TextSpan.FromBounds(text.Span.End, format.Span.End), "");
            return true;
        }

        if (countsArguments)
            return false;
        List<int> kept = [.. left.Select(static one => one.Argument).Distinct().OrderBy(static argument => argument)];
        for (int i = 1; i < arguments.Count; i++)
        {
            if (!kept.Contains(i - 1))
                edit.Replace(TextSpan.FromBounds(arguments[i - 1].Span.End, arguments[i].Span.End), "");
        }

        foreach ((TextSpan digits, int argument) in left)
        {
            if (kept.IndexOf(argument) is var index && index != argument)
                edit.Replace(digits, index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return true;
    }
}
