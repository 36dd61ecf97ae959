using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>An answer, and the files whose code says so.</summary>
/// <param name="Answer">The answer; nothing in it is bound.</param>
/// <param name="Files">The files.</param>
internal sealed record KeptAnswer<T>(T Answer, ImmutableHashSet<WeakReference<SyntaxTree>> Files);
