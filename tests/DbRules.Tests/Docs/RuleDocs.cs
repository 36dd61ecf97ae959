using System.Text;
using DbRules.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.Tests.Docs;

/// <summary>The parts of the documentation that the catalog decides: page headers, the index, the table of the README.</summary>
internal static class RuleDocs
{
    private static readonly HashSet<string> FixableIds = typeof(CodeFixes.RoundTrips.QueryPerElementFix).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
        .SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds)
        .ToHashSet();

    /// <summary>What every rule's page starts with.</summary>
    public static string Header(DiagnosticDescriptor rule) =>
        $"""
        # {rule.Id}: {rule.Title}

        | Family | Severity | Code fix |
        |---|---|---|
        | `{rule.Category}` | {Severity(rule)} | {Fix(rule)} |


        """;

    /// <summary>The table of all rules, with links relative to a folder.</summary>
    public static string Table(string pageFolder)
    {
        var table = new StringBuilder("| Id | Finds | Severity | Code fix |\n|---|---|---|---|\n");
        foreach (DiagnosticDescriptor rule in RuleCatalog.All)
            table.Append($"| [{rule.Id}]({pageFolder}{rule.Id}.md) | {rule.Title} | {Severity(rule)} | {Fix(rule)} |\n");
        return table.ToString();
    }

    /// <summary>The whole index of the rule pages.</summary>
    public static string Index() =>
        $"""
        # Rules

        {Table("")}
        Severities are set in an `.editorconfig`, one rule or a family at a time:

        ```ini
        [*.cs]
        dotnet_diagnostic.DBR101.severity = error
        dotnet_analyzer_diagnostic.category-DbRules.RoundTrips.severity = error
        ```

        """;

    private static string Severity(DiagnosticDescriptor rule) => rule switch
    {
        { IsEnabledByDefault: false } => "off",
        { DefaultSeverity: DiagnosticSeverity.Info } => "suggestion",
        _ => rule.DefaultSeverity.ToString().ToLowerInvariant(),
    };

    private static string Fix(DiagnosticDescriptor rule) => FixableIds.Contains(rule.Id) ? "yes" : "";
}
