namespace DbRules.Baseline;

/// <summary>Under which ids error logs say that a finding is suppressed. The analyzers and the tool compile this same file.</summary>
internal static class SuppressionIds
{
    /// <summary>Findings that a baseline lists.</summary>
    public const string Known = "DBRKNOWN";

    /// <summary>All others in a build that only collects findings: none may keep it from the projects that come later.</summary>
    public const string Collected = "DBRCOLLECTED";
}
