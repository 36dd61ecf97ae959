using System.Collections.Immutable;
using System.Globalization;
using DbRules.Engine.Schema;

namespace DbRules.Options;

/// <summary>All options.</summary>
public static class RuleOptions
{
    /// <summary>Loops over at most this many elements that the code itself lists are no harm. Default 4 elements.</summary>
    public static readonly RuleOption<int> SmallSequence = new(
        "dbrules.small_sequence", "a whole number, 0 or more", 4, TryParseCount);

    /// <summary>Whether reading a navigation loads it. Default: the code in view decides.</summary>
    public static readonly RuleOption<LazyLoadingMode> LazyLoading = new(
        "dbrules.lazy_loading", "auto, on or off", LazyLoadingMode.Auto, TryParseMode);

    public static ImmutableArray<RuleOption> All { get; } = [SmallSequence, LazyLoading];

    private static bool TryParseMode(string text, out LazyLoadingMode value) => Enum.TryParse(text.Trim(), ignoreCase: true, out value) && Enum.IsDefined(typeof(LazyLoadingMode), value) && !char.IsDigit(text.Trim()[0]);

    private static bool TryParseCount(string text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
