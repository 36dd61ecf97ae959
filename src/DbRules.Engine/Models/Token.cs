using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Models;

/// <summary>A run of characters without white space in a <c>.dbmodel</c> line.</summary>
internal sealed class Token(string text, TextSpan span)
{
    public string Text { get; } = text;

    public TextSpan Span { get; } = span;

    /// <summary>Whether the token stands where a member group stands. Words are lower-case, so the first character tells.</summary>
    public bool IsMemberName => char.IsUpper(Text[0]) || Text[0] is '.' or '[';

    /// <summary>The tokens of a line up to a <c>#</c> that starts one.</summary>
    public static List<Token> Split(SourceText text, TextLine line)
    {
        var tokens = new List<Token>();
        var position = line.Start;
        while (position < line.End)
        {
            if (char.IsWhiteSpace(text[position]))
            {
                position++;
                continue;
            }

            if (text[position] == '#')
                break;
            var start = position;
            while (position < line.End && !char.IsWhiteSpace(text[position]))
                position++;
            var span = TextSpan.FromBounds(start, position);
            tokens.Add(new Token(text.ToString(span), span));
        }

        return tokens;
    }

    public static bool IsIdentifier(string text) => SyntaxFacts.IsValidIdentifier(text);
}
