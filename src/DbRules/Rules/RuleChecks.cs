using System.Collections.Immutable;

namespace DbRules.Rules;

/// <summary>What rules ask about bodies.</summary>
internal sealed class RuleChecks
{
    public RuleChecks(IEnumerable<DbRule> rules)
    {
        ImmutableArray<RuleCheck>.Builder checks = ImmutableArray.CreateBuilder<RuleCheck>();
        foreach (DbRule rule in rules)
            rule.AddTo(checks);
        All = checks.ToImmutable();
        OnByDefault = All.RemoveAll(static check => !check.Descriptor.IsEnabledByDefault);
    }

    /// <summary>All of them, in the order of the rules.</summary>
    public ImmutableArray<RuleCheck> All { get; }

    /// <summary>Those of rules that nobody has to switch on.</summary>
    public ImmutableArray<RuleCheck> OnByDefault { get; }
}
