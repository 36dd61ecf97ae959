namespace DbRules.Engine.Transactions;

/// <summary>Whether sessions of a type run a command again when it failed for a passing reason.</summary>
public enum RetryUse
{
    /// <summary>The code in view does not say.</summary>
    Unknown,

    /// <summary>Their set-up is in view and says nothing of it.</summary>
    Off,

    /// <summary>Their set-up, or one of several, says so.</summary>
    On,
}
