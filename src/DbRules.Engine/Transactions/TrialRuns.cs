namespace DbRules.Engine.Transactions;

/// <summary>Code that writes only to see what would happen, as its names say.</summary>
internal static class TrialRuns
{
    private static readonly string[] Words = ["DryRun", "Dry_Run", "Preview", "Simulat", "WhatIf", "ValidateOnly", "Rollback", "RolledBack"];

    /// <summary>Whether a name speaks of a trial.</summary>
    public static bool IsNamedSo(string? name)
    {
        if (name is null)
            return false;
        foreach (string word in Words)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }
}
