using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>Writing statements of one text that become durable one by one, though the second can fail when the first has become so.</summary>
/// <param name="Write">The call that sends the text.</param>
/// <param name="First">The statement that is durable first.</param>
/// <param name="Second">The next one that belongs to it.</param>
/// <param name="FirstLocation">Where the first statement says what it does; the call where the body does not show its text.</param>
/// <param name="SecondLocation">As <paramref name="FirstLocation"/>, for the second.</param>
public sealed record UncoveredStatements(Commit Write, SqlStatement First, SqlStatement Second, Location FirstLocation, Location SecondLocation)
{
    /// <summary>The call alone, for which a transaction is to be found.</summary>
    public UncoveredWrites Writes => new(Write, Write) { All = [Write] };
}
