using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>The way on which something is not released.</summary>
public enum LeakPath
{
    /// <summary>Every way: nothing releases it.</summary>
    Always,

    /// <summary>It is used inside the expression that makes it, so that nothing could release it.</summary>
    Dropped,

    /// <summary>A way out of the function that leaves the release behind it.</summary>
    EarlyExit,

    /// <summary>None in its function: an object keeps it to itself, and no code of its class releases it.</summary>
    Kept,

    /// <summary>An exception that nobody catches on the way to the release.</summary>
    Exception,
}

/// <summary>Something that is acquired and, on some way through its function, neither released nor handed on.</summary>
/// <param name="Acquisition">Where it is acquired.</param>
/// <param name="Path">The way.</param>
public sealed record Leak(Acquisition Acquisition, LeakPath Path)
{
    /// <summary>The <c>return</c> of an early exit, or the operation that throws; null on other ways, and where an early exit has no <c>return</c>.</summary>
    public IOperation? Exit { get; init; }

    /// <summary>The field or property of the object that keeps it; null on other ways.</summary>
    public ISymbol? Keeper { get; init; }

    /// <summary>How the code names it: the member that keeps it, else as where it is acquired.</summary>
    public string Name => Keeper?.Name ?? Acquisition.Name;

    /// <summary>Whether the function closes it on other ways, and never disposes it.</summary>
    public bool IsClosedElse { get; init; }

    /// <summary>How <c>using</c> releases it on all ways; null where it could release it too early, or when that is not known.</summary>
    public UsingPlace? Place { get; init; }

    /// <summary>How what an expression drops gets a local with <c>using</c>; null where that could change more than the release, and on other ways.</summary>
    public SplitPlace? Split { get; init; }

    /// <summary>The name of what throws: a member, or <c>throw</c>. Null on other ways.</summary>
    public string? Thrower => Path != LeakPath.Exception ? null : Exit is IInvocationOperation call ? call.TargetMethod.Name : "throw";
}
