using System.Collections.Immutable;

namespace DbRules.Hints;

/// <summary>What a rule tells a fix about a finding, carried in the properties of the diagnostic.</summary>
public abstract record Hint
{
    /// <summary>The hint as properties of a diagnostic.</summary>
    public abstract ImmutableDictionary<string, string?> ToProperties();
}
