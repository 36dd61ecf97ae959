using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Lifetimes;

/// <summary>A connection that code opens by hand and leaves open.</summary>
/// <param name="Opening">The call that opens it.</param>
/// <param name="Owner">The context or connection, as the code names it.</param>
public sealed record HeldConnection(DbCall Opening, string Owner)
{
    /// <summary>The statement that opens it, where the code behind it in its block is all that uses it; null elsewhere.</summary>
    public Location? Statement { get; init; }

    /// <summary>
    /// Where <see cref="Statement"/> opens the connection of a context only if it is not open yet: the expression that the context lends it by, which opens and closes it for as many
    /// users as ask. Null elsewhere.
    /// </summary>
    public Location? Lender { get; init; }
}
