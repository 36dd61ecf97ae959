using System.Text;
using DbRules.Catalog;
using Microsoft.CodeAnalysis;

namespace DbRules.Tests.Docs;

/// <summary>
/// The files of the package that the catalog decides: what each <c>DbRulesMode</c> sets, and which rules <c>DbRulesWarningsAsErrors</c> speaks of. A mode sets
/// families and no single rules, so that a line of the user's <c>.editorconfig</c> wins, whether it names a rule or a family.
/// </summary>
internal static class Presets
{
    /// <summary>Families that are not only for those who ask for them.</summary>
    private static readonly string[] HeadlineFamilies = [Category.Configuration, Category.RoundTrips, Category.ResultSize, Category.Transactions, Category.Lifetimes];

    /// <summary>The modes that set anything, with the family's severity; null where the mode leaves a family as it is.</summary>
    private static readonly Dictionary<string, (string Summary, Func<string, string?> SeverityOf)> Modes = new()
    {
        ["Strict"] = ("suggestions are warnings", static _ => "warning"),
        ["Headlines"] = ("round trips, result size, transactions and lifetimes alone", static family => HeadlineFamilies.Contains(family) ? null : "none"),
        ["None"] = ("no rule speaks", static _ => "none"),
    };

    /// <summary>The generated files by name.</summary>
    public static IEnumerable<string> Files => [.. Modes.Keys.Select(static mode => $"DbRules.{mode}.globalconfig"), "DbRules.Rules.targets"];

    /// <summary>What a file says.</summary>
    public static string TextOf(string file) => file == "DbRules.Rules.targets" ? Rules() : Config(file.Split('.')[1]);

    private static string Config(string mode)
    {
        (string summary, Func<string, string?> severityOf) = Modes[mode];
        var text = new StringBuilder($"# DbRulesMode = {mode}: {summary}. Generated from the catalog of rules.\nis_global = true\n# Below every configuration of a user.\nglobal_level = -50\n");
        foreach (string family in Families())
        {
            if (severityOf(family) is { } severity)
                text.Append($"dotnet_analyzer_diagnostic.category-{family}.severity = {severity}\n");
        }

        return text.ToString();
    }

    private static string Rules() =>
        $"""
        <Project>

          <!-- The rules by what they say where nobody sets anything else. Generated from the catalog of rules. -->
          <PropertyGroup>
            <DbRulesHeadlineWarnings>{Ids(static rule => IsWarning(rule) && HeadlineFamilies.Contains(rule.Category))}</DbRulesHeadlineWarnings>
            <DbRulesOtherWarnings>{Ids(static rule => IsWarning(rule) && !HeadlineFamilies.Contains(rule.Category))}</DbRulesOtherWarnings>
            <DbRulesSuggestions>{Ids(static rule => !IsWarning(rule))}</DbRulesSuggestions>
          </PropertyGroup>

        </Project>

        """;

    private static string Ids(Func<DiagnosticDescriptor, bool> isMeant) => string.Join(";", RuleCatalog.All.Where(static rule => rule.IsEnabledByDefault).Where(isMeant).Select(static rule => rule.Id));

    private static bool IsWarning(DiagnosticDescriptor rule) => rule.DefaultSeverity == DiagnosticSeverity.Warning;

    private static IEnumerable<string> Families() => RuleCatalog.All.Select(static rule => rule.Category).Distinct();
}
