using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules;

/// <summary>One member body that rules are asked about.</summary>
/// <param name="Owner">The member.</param>
/// <param name="Blocks">Its operations, as the compiler hands them over.</param>
/// <param name="Facts">What it does to a store.</param>
internal sealed record MemberBody(ISymbol Owner, ImmutableArray<IOperation> Blocks, BodyFacts Facts);
