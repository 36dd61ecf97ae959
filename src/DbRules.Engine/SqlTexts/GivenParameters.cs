namespace DbRules.Engine.SqlTexts;

/// <summary>The names of the values that code gives to a text.</summary>
/// <param name="names">The names, without prefix.</param>
/// <param name="isAll">Whether it surely gives no others.</param>
internal sealed class GivenParameters(IEnumerable<string> names, bool isAll)
{
    public HashSet<string> Names { get; } = new(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether there are surely no others; a type that others derive from may have more.</summary>
    public bool IsAll { get; } = isAll;
}
