using Microsoft.CodeAnalysis;

namespace DbRules.Tests;

/// <summary>Findings as texts, to compare them.</summary>
public static class FindingText
{
    /// <summary>Everything that a finding says.</summary>
    public static string Of(Diagnostic finding) => string.Join(" | ",
    [
        finding.ToString(),
        .. finding.AdditionalLocations.Select(static location => location.GetLineSpan().ToString()),
        .. finding.Properties.OrderBy(static property => property.Key, StringComparer.Ordinal).Select(static property => $"{property.Key}={property.Value}"),
    ]);
}
