using System.Collections.Immutable;

namespace DbRules.Options;

/// <summary>Names of types or tables, as an option lists them. Letter case does not count.</summary>
public sealed class NameList
{
    public static readonly NameList Empty = new([]);

    private readonly ImmutableHashSet<string> _names;

    private NameList(ImmutableHashSet<string> names) => _names = names;

    public bool Contains(string name) => !_names.IsEmpty && _names.Contains(name);

    /// <summary>Reads names that commas separate; false when one of them is empty or has a space inside.</summary>
    public static bool TryParse(string text, out NameList value)
    {
        string[] names = [.. text.Split(',').Select(static name => name.Trim())];
        value = new NameList(names.ToImmutableHashSet(StringComparer.OrdinalIgnoreCase));
        return Array.TrueForAll(names, static name => name.Length > 0 && !name.Any(char.IsWhiteSpace));
    }

    public override string ToString() => string.Join(", ", _names.OrderBy(static name => name, StringComparer.OrdinalIgnoreCase));
}
