using Microsoft.CodeAnalysis;

namespace DbRules.Rules;

/// <summary>What a rule asks about a member body.</summary>
/// <param name="Descriptor">What it reports.</param>
/// <param name="Ask">Asks, and reports.</param>
/// <param name="TakesEmpty">Whether it asks about bodies that do nothing to a store as well.</param>
internal sealed record RuleCheck(DiagnosticDescriptor Descriptor, Action<BodyContext> Ask, bool TakesEmpty);
