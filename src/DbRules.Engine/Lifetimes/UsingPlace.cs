using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Lifetimes;

/// <summary>How a <c>using</c> declaration releases something on all ways.</summary>
/// <param name="Declaration">The declaration statement of the local.</param>
/// <param name="IsAsync">Whether the code can await the release.</param>
/// <param name="Needless">The statements that release it where the declaration does so anyway, in source order.</param>
public sealed record UsingPlace(Location Declaration, bool IsAsync, ImmutableArray<Location> Needless);
