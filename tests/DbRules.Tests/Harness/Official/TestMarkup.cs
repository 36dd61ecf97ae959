using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A source without its markup, and what the markup said.</summary>
/// <param name="Text">The plain source.</param>
/// <param name="Unnamed">Spans of <c>[|...|]</c>.</param>
/// <param name="Named">Spans of <c>{|ID:...|}</c>, with the id.</param>
/// <param name="Numbered">Spans of <c>{|#0:...|}</c> by number.</param>
internal sealed record ParsedMarkup(
    string Text,
    ImmutableArray<TextSpan> Unnamed,
    ImmutableArray<(string Id, TextSpan Span)> Named,
    ImmutableDictionary<int, TextSpan> Numbered);

internal static class TestMarkup
{
    private static readonly Regex Token = new(@"\[\||\|\]|\{\|(?<name>#\d+|[A-Za-z]+\d+):|\|\}", RegexOptions.CultureInvariant);

    /// <summary>Reads <c>[|...|]</c>, <c>{|ID:...|}</c> and <c>{|#0:...|}</c>, nested in any way.</summary>
    /// <exception cref="InvalidOperationException">Markup that opens and does not close, or the other way round.</exception>
    public static ParsedMarkup Parse(string source)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Name, int Start)>();
        var unnamed = ImmutableArray.CreateBuilder<TextSpan>();
        var named = ImmutableArray.CreateBuilder<(string, TextSpan)>();
        var numbered = ImmutableDictionary.CreateBuilder<int, TextSpan>();
        int position = 0;
        foreach (Match match in Token.Matches(source))
        {
            text.Append(source, position, match.Index - position);
            position = match.Index + match.Length;
            if (match.Value == "[|")
            {
                open.Push(("", text.Length));
            }
            else if (match.Value.StartsWith("{|", StringComparison.Ordinal))
            {
                open.Push((match.Groups["name"].Value, text.Length));
            }
            else
            {
                bool closesUnnamed = match.Value == "|]";
                if (open.Count == 0 || (open.Peek().Name.Length == 0) != closesUnnamed)
                    throw new InvalidOperationException($"Test markup: '{match.Value}' closes nothing in\n{source}");
                (string name, int start) = open.Pop();
                var span = TextSpan.FromBounds(start, text.Length);
                if (closesUnnamed)
                    unnamed.Add(span);
                else if (name[0] == '#')
                    numbered.Add(int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture), span);
                else
                    named.Add((name, span));
            }
        }

        if (open.Count > 0)
            throw new InvalidOperationException($"Test markup: '{open.Peek().Name}' is not closed in\n{source}");
        text.Append(source, position, source.Length - position);
        return new ParsedMarkup(text.ToString(), unnamed.ToImmutable(), named.ToImmutable(), numbered.ToImmutable());
    }
}
