using DbRules.Engine.Lifetimes;

namespace DbRules.Hints;

/// <summary>What the fixes of leaks need.</summary>
internal static class LeakHints
{
    /// <summary>The hint of a leak; null when the engine knows no place for <c>using</c>, so that no fix is offered.</summary>
    public static Hint? Of(Leak leak) => leak.Path == LeakPath.Dropped ? SplitHint.Of(leak) : UsingHint.Of(leak);
}
