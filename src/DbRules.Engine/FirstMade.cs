namespace DbRules.Engine;

/// <summary>
/// What two threads may make at the same time, where making it twice is cheaper than a lock for each of the many objects that have one: the first that is kept serves all.
/// </summary>
internal static class FirstMade
{
    /// <summary>Keeps what was made unless something is kept already, and returns what is kept.</summary>
    /// <param name="place">Where it is kept; null before.</param>
    /// <param name="made">What was made now.</param>
    public static T Keep<T>(ref T? place, T made)
        where T : class => Interlocked.CompareExchange(ref place, made, null) ?? made;
}
