using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Lifetimes;

/// <summary>A place that releases something.</summary>
/// <param name="Barrier">Once this has run, the object is released: the call, or the test that leaves out what need not be released.</param>
/// <param name="Call">The call that releases it.</param>
/// <param name="IsClose">Whether it is closed by name, and not disposed.</param>
internal readonly record struct Release(IOperation Barrier, IOperation Call, bool IsClose)
{
    /// <summary>The code behind whose end <c>using</c> has released it; null for a call.</summary>
    public IOperation? Lifetime { get; init; }

    /// <summary>Whether a condition that says nothing about the object decides whether it is released.</summary>
    public bool IsGuarded { get; init; }
}

/// <summary>What a function does with something that it has acquired and holds in a local.</summary>
internal sealed class Custody
{
    /// <summary>The places that release it, in source order.</summary>
    public List<Release> Releases { get; } = [];

    /// <summary>The places behind which somebody else may have to release it: it is returned, stored, or given to code that may keep it.</summary>
    public List<IOperation> Handovers { get; } = [];

    /// <summary>The calls that open it.</summary>
    public List<IOperation> Openings { get; } = [];

    /// <summary>The places that use it and leave it as it is.</summary>
    public List<IOperation> Uses { get; } = [];

    /// <summary>Other locals that name it too.</summary>
    public List<ILocalSymbol> Aliases { get; } = [];

    /// <summary>Whether the local may hold something else, so that what happens to it need not happen to this.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>The same, with more places that hand it on; itself when there are none.</summary>
    public Custody And(List<IOperation> handovers)
    {
        if (handovers.Count == 0)
            return this;
        var both = new Custody { IsUnclear = IsUnclear };
        both.Releases.AddRange(Releases);
        both.Handovers.AddRange([.. Handovers, .. handovers]);
        both.Openings.AddRange(Openings);
        both.Uses.AddRange(Uses);
        both.Aliases.AddRange(Aliases);
        return both;
    }

    /// <summary>Behind each of these it is no longer this function's to release.</summary>
    public IOperation[] Barriers => [.. Releases.Select(static release => release.Barrier), .. Handovers];
}
