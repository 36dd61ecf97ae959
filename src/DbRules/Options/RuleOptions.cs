using System.Collections.Immutable;
using System.Globalization;
using DbRules.Engine.Schema;
using DbRules.Sql;

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

    /// <summary>Which reads without a row limit are warned about. Default: none, all are suggestions.</summary>
    public static readonly RuleOption<RowLimitMode> RowLimit = new(
        "dbrules.row_limit", "suggestion, whole-table, always or never", RowLimitMode.Suggestion, TryParseRowLimit);

    /// <summary>The limit that fixes write. Default 100 rows.</summary>
    public static readonly RuleOption<int> DefaultLimit = new(
        "dbrules.default_limit", "a whole number, 1 or more", 100, static (string text, out int value) => TryParseCount(text, out value) && value > 0);

    /// <summary>The names of entities, or of tables, that have few rows. Default: none but those that the engine knows.</summary>
    public static readonly RuleOption<NameList> SmallEntities = new(
        "dbrules.small_entities", "names, separated by commas", NameList.Empty, NameList.TryParse);

    /// <summary>The dialect of SQL text where types do not tell it. Default: that of the only provider that the project references.</summary>
    public static readonly RuleOption<string> SqlDialect = new(
        "dbrules.sql_dialect", "auto, postgresql, sqlserver, mysql, sqlite or oracle", "auto", TryParseDialect);

    public static ImmutableArray<RuleOption> All { get; } = [SmallSequence, LazyLoading, RowLimit, DefaultLimit, SmallEntities, SqlDialect];

    private static bool TryParseDialect(string text, out string value)
    {
        value = text.Trim().ToLowerInvariant();
        return value == "auto" || SqlDialects.Words.Contains(value);
    }

    private static bool TryParseRowLimit(string text, out RowLimitMode value)
    {
        (bool isKnown, value) = text.Trim().ToLowerInvariant() switch
        {
            "suggestion" => (true, RowLimitMode.Suggestion),
            "whole-table" => (true, RowLimitMode.WholeTable),
            "always" => (true, RowLimitMode.Always),
            "never" => (true, RowLimitMode.Never),
            _ => (false, RowLimitMode.Suggestion),
        };
        return isKnown;
    }

    private static bool TryParseMode(string text, out LazyLoadingMode value) => Enum.TryParse(text.Trim(), ignoreCase: true, out value) && Enum.IsDefined(typeof(LazyLoadingMode), value) && !char.IsDigit(text.Trim()[0]);

    private static bool TryParseCount(string text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
