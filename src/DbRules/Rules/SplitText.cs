using DbRules.Engine.Transactions;

namespace DbRules.Rules;

/// <summary>How messages speak of writes that no transaction holds together.</summary>
internal static class SplitText
{
    /// <summary>The words behind "writes after".</summary>
    public static string Earlier(UncoveredWrites split) =>
        split.First.Name == split.Second.Name ? $"an earlier '{split.First.Name}'" : $"'{split.First.Name}'";
}
