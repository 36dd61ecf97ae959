using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbRules.CodeFixes.Editing;

/// <summary>The names that a member uses, and new ones that do not clash with them.</summary>
internal sealed class Names
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _new = new(StringComparer.Ordinal);

    public Names(SyntaxNode member)
    {
        foreach (SyntaxToken token in member.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
                _taken.Add(token.ValueText);
        }
    }

    /// <summary>A name for a new local: the wanted one, or that with a number behind it. It is taken from then on.</summary>
    public string Local(params string[] wanted)
    {
        foreach (string name in wanted)
        {
            if (Take(name))
                return name;
        }

        for (int number = 2; ; number++)
        {
            if (Take(wanted[0] + number))
                return wanted[0] + number;
        }
    }

    /// <summary>
    /// A name for the parameter of a new lambda: the first letter of what it stands for, or a longer name where a local in scope has that one.
    /// </summary>
    public string Lambda(string standsFor, IReadOnlyCollection<string> inScope)
    {
        string whole = Camel(standsFor);
        foreach (string name in new[] { whole.Substring(0, 1), whole })
        {
            if (IsFreeForLambda(name))
                return name;
        }

        for (int number = 2; ; number++)
        {
            if (IsFreeForLambda(whole + number))
                return whole + number;
        }

        bool IsFreeForLambda(string name) => !_new.Contains(name) && !inScope.Contains(name) && IsName(name);
    }

    /// <summary>Whether nothing in the member has the name.</summary>
    public bool IsFree(string name) => !_taken.Contains(name);

    /// <summary>The name with a small first letter, without a leading underscore.</summary>
    public static string Camel(string name)
    {
        string bare = name.TrimStart('_', '@');
        if (bare.Length == 0)
            return "value";
        // An acronym at the start goes down as a whole: 'IBANs' gives 'ibans'.
        int capitals = 0;
        while (capitals < bare.Length && char.IsUpper(bare[capitals]))
            capitals++;
        int lowered = capitals <= 1 ? capitals : capitals == bare.Length ? capitals : capitals - 1;
        return bare.Substring(0, lowered).ToLowerInvariant() + bare.Substring(lowered);
    }

    /// <summary>The name with a capital first letter.</summary>
    public static string Pascal(string name)
    {
        string bare = name.TrimStart('_', '@');
        return bare.Length == 0 ? "Value" : char.ToUpperInvariant(bare[0]) + bare.Substring(1);
    }

    /// <summary>The simple English plural.</summary>
    public static string Plural(string name)
    {
        if (name.EndsWith("s", StringComparison.Ordinal) && !name.EndsWith("ss", StringComparison.Ordinal) && !name.EndsWith("us", StringComparison.Ordinal))
            return name;
        if (Ends("s") || Ends("x") || Ends("z") || Ends("ch") || Ends("sh"))
            return name + "es";
        bool endsInConsonantY = Ends("y") && name.Length > 1 && "aeiou".IndexOf(char.ToLowerInvariant(name[name.Length - 2])) < 0;
        return endsInConsonantY ? name.Substring(0, name.Length - 1) + "ies" : name + "s";

        bool Ends(string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsName(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.IsValidIdentifier(name);

    private bool Take(string name) => IsName(name) && _taken.Add(name) && _new.Add(name);
}
