using System.Collections.Immutable;
using System.Globalization;

namespace DbRules.Options;

/// <summary>All options.</summary>
public static class RuleOptions
{
    /// <summary>Loops over at most this many elements that the code itself lists are no harm. Default 4 elements.</summary>
    public static readonly RuleOption<int> SmallSequence = new(
        "dbrules.small_sequence", "a whole number, 0 or more", 4, TryParseCount);

    public static ImmutableArray<RuleOption> All { get; } = [SmallSequence];

    private static bool TryParseCount(string text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
