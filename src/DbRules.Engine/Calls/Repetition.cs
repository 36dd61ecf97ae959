using DbRules.Engine.Flow;

namespace DbRules.Engine.Calls;

/// <summary>How often a call runs each time its function body runs.</summary>
/// <param name="PerElement">The innermost iteration that repeats the call for each element; null when none does.</param>
/// <param name="Exemption">Why the innermost iteration around the call does not count; <see cref="Exemption.None"/> when it does or when there is none.</param>
public sealed record Repetition(Iteration? PerElement, Exemption Exemption)
{
    internal static readonly Repetition Once = new(null, Exemption.None);
}
