using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Calls;

/// <summary>The asynchronous member that code can await in place of a call that blocks its thread.</summary>
public sealed class AsyncTwin
{
    /// <summary>The member's name.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that the file has to import for it; null when it is in scope.</summary>
    public string? Import { get; init; }

    /// <summary>Whether a loop enumerates the query, so that the member gives it a sequence to enumerate, with <c>await foreach</c> unless it <see cref="IsList"/>.</summary>
    public bool IsEnumeration { get; init; }

    /// <summary>Whether the member reads all rows before the first pass: the passes send commands of their own, for which no reader may be open.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether the query itself limits how many rows a list of them holds.</summary>
    public bool HasLimit { get; init; }

    /// <summary>How the twin is given the token that is at hand; null when there is none, or when the call must not be cancelled.</summary>
    public TokenPass? Token { get; init; }

    /// <summary>The <c>using</c> that releases the call's result and can do so asynchronously too; null when there is none.</summary>
    public IOperation? Using { get; init; }
}

/// <summary>How a call is given a cancellation token.</summary>
/// <param name="Token">The token's name as code writes it.</param>
/// <param name="Changes">The changes to the arguments of the call, as positions in its file.</param>
public sealed record TokenPass(string Token, ImmutableArray<TextChange> Changes);
