using DbRules.Engine.Calls;

namespace DbRules.Engine.Effects;

/// <summary>What a method reads that selects rows by one key, or by a list of keys, with one query.</summary>
/// <param name="Shape">What it makes of the rows.</param>
/// <param name="Selection">Everything else that decides which rows come in which form and order, written alike for alike queries.</param>
/// <param name="Member">The member of the row that equals the key; null for the primary key.</param>
/// <param name="Terminal">The name of the call that runs the query, without <c>Async</c>.</param>
/// <param name="Batch">For a list of keys, how the answer is returned.</param>
/// <param name="IsTracked">Whether one session that outlives the method tracks the rows, so that a second query gives the same objects.</param>
internal sealed record KeyedRead(KeyLookupShape Shape, string Selection, string? Member, string Terminal, BatchResult? Batch, bool IsTracked)
{
    /// <summary>Whether a missing row is an exception.</summary>
    public bool Throws => Terminal is "First" or "Single";

    /// <summary>Whether the library itself looks the row up by its primary key.</summary>
    public bool IsByKey => Member is null;
}

/// <summary>Two methods of which one does for a key what the other does for a list.</summary>
internal sealed record KeyedReadPair(KeyedRead One, KeyedRead Many);
