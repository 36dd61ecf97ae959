using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Tests.Silence;

/// <summary>Breaks sources the way half-typed code is broken. The same seed breaks the same source in the same way.</summary>
internal static class Mutation
{
    public static string Apply(string source, int seed)
    {
        var random = new Random(seed);
        string mutated = source;
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            mutated = random.Next(6) switch
            {
                0 => DeleteTokens(mutated, random),
                1 => mutated[..random.Next(mutated.Length / 4, mutated.Length)],
                2 => SwapTokens(mutated, random),
                3 => ReplaceIdentifier(mutated, random),
                4 => RepeatToken(mutated, random),
                _ => DeleteCharacters(mutated, random),
            };
        }

        return mutated;
    }

    private static SyntaxToken[] Tokens(string source) =>
        [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)];

    private static string DeleteTokens(string source, Random random)
    {
        SyntaxToken[] tokens = Tokens(source);
        int first = random.Next(tokens.Length);
        int last = Math.Min(tokens.Length - 1, first + random.Next(8));
        return source.Remove(tokens[first].SpanStart, tokens[last].Span.End - tokens[first].SpanStart);
    }

    private static string SwapTokens(string source, Random random)
    {
        SyntaxToken[] tokens = Tokens(source);
        int first = random.Next(tokens.Length);
        int second = random.Next(tokens.Length);
        if (first == second)
            return source;
        SyntaxToken left = tokens[Math.Min(first, second)];
        SyntaxToken right = tokens[Math.Max(first, second)];
        return SourceText.From(source)
            .WithChanges(new TextChange(left.Span, right.Text), new TextChange(right.Span, left.Text))
            .ToString();
    }

    /// <summary>Puts a name where another one was: mostly a type error.</summary>
    private static string ReplaceIdentifier(string source, Random random)
    {
        SyntaxToken[] names = [.. Tokens(source).Where(token => token.IsKind(SyntaxKind.IdentifierToken))];
        if (names.Length < 2)
            return source;
        SyntaxToken target = names[random.Next(names.Length)];
        return source.Remove(target.SpanStart, target.Span.Length).Insert(target.SpanStart, names[random.Next(names.Length)].Text);
    }

    private static string RepeatToken(string source, Random random)
    {
        SyntaxToken[] tokens = Tokens(source);
        SyntaxToken token = tokens[random.Next(tokens.Length)];
        return source.Insert(token.Span.End, " " + token.Text);
    }

    private static string DeleteCharacters(string source, Random random)
    {
        int start = random.Next(source.Length - 1);
        return source.Remove(start, random.Next(1, Math.Min(20, source.Length - start)));
    }
}
