using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Lifetimes;

/// <summary>How <c>using</c> releases something that a local holds on all ways.</summary>
/// <param name="Declaration">The declaration statement of the local.</param>
/// <param name="IsAsync">Whether the code can await the release.</param>
/// <param name="Needless">The statements that release it where <c>using</c> does so anyway, in source order.</param>
/// <param name="Assignment">The statement that assigns the local, where that is not its declaration: it becomes the declaration. Null elsewhere.</param>
/// <param name="NeedsBlock">Whether no declaration can stand there, so that a statement with a block must: in a switch section.</param>
public sealed record UsingPlace(Location Declaration, bool IsAsync, ImmutableArray<Location> Needless, Location? Assignment, bool NeedsBlock);
