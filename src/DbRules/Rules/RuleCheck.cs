using Microsoft.CodeAnalysis;

namespace DbRules.Rules;

/// <summary>What a rule asks about a member body.</summary>
/// <param name="Descriptor">What it reports.</param>
/// <param name="Ask">Asks, and reports.</param>
/// <param name="TakesEmpty">Whether it asks about bodies as well that do nothing to a store but may get rows.</param>
internal sealed record RuleCheck(DiagnosticDescriptor Descriptor, Action<BodyContext> Ask, bool TakesEmpty);
