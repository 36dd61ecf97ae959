using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Why code inside a loop does not run once per element of a sequence, or does so on purpose.</summary>
public enum Exemption
{
    /// <summary>It does run once per element.</summary>
    None,

    /// <summary>No sign that the loop goes over elements (a <c>while</c> on a flag, a loop without a condition).</summary>
    NotOverElements,

    /// <summary>The loop leaves on success and repeats only after an exception.</summary>
    Retry,

    /// <summary>The loop waits for a token, timer, channel, queue or consumer.</summary>
    Polling,

    /// <summary>Each pass works on a group of elements.</summary>
    Chunks,

    /// <summary>Each pass moves to the next page.</summary>
    Paging,

    /// <summary>The loop leaves on the first hit.</summary>
    Search,

    /// <summary>The result decides whether the loop goes on (<c>do code = New(); while (await AnyAsync(...))</c>).</summary>
    Probing,

    /// <summary>The call runs only when a cache missed.</summary>
    CachedLookup,

    /// <summary>The code itself lists the few elements.</summary>
    SmallSequence,

    /// <summary>The sequence holds at most one element.</summary>
    AtMostOne,

    /// <summary>The loop follows links that it discovers itself (a queue that it fills, a parent chain).</summary>
    GraphWalk,

    /// <summary>The operation reads back what the same pass has just written.</summary>
    ReadBack,

    /// <summary>The operation or its loop stands in a <c>catch</c> block, or goes over what an exception speaks of: it repairs what failed, one by one.</summary>
    ErrorHandling,

    /// <summary>The session is made for the element: a tenant, a shard, a file.</summary>
    FreshSession,

    /// <summary>The loop goes over servers, tenants, shards or the tables of a schema: few, and each handled on its own.</summary>
    PerInstallation,

    /// <summary>The call only notes what happens, in a log that may lie in the store.</summary>
    Note,

    /// <summary>The call handles the whole group at once, by a list of keys.</summary>
    SetBased,

    /// <summary>The passes send their commands one behind the other and wait for the answers later, all together.</summary>
    Pipelined,
}

/// <summary>A construct that runs code repeatedly: a loop statement, or a delegate that an operator runs once per element.</summary>
public sealed class Iteration
{
    internal Iteration(IOperation operation, IOperation body, IOperation? source, ImmutableArray<ISymbol> elements, Exemption nature, int? constantCount)
    {
        Operation = operation;
        Body = body;
        Source = source;
        Elements = elements;
        Nature = nature;
        ConstantCount = constantCount;
    }

    /// <summary>The loop statement, or the call that runs the delegate.</summary>
    public IOperation Operation { get; }

    /// <summary>What is repeated: the loop itself with header and body, or the delegate.</summary>
    public IOperation Body { get; }

    /// <summary>The sequence that is walked; null when the loop names none.</summary>
    public IOperation? Source { get; }

    /// <summary>The locals and parameters that stand for the element: loop variables, or the delegate's parameters.</summary>
    public ImmutableArray<ISymbol> Elements { get; }

    /// <summary>The type of the elements; null when that is not known.</summary>
    public ITypeSymbol? ElementType => Elements is [var only] && Operation is not IForLoopOperation ? Operations.TypeOf(only) : Sequences.ElementType(Source?.Type);

    /// <summary><see cref="Exemption.None"/> for a loop over elements; else what the loop is instead.</summary>
    public Exemption Nature { get; }

    /// <summary>The number of passes, where it stands in the code as a constant; null otherwise.</summary>
    public int? ConstantCount { get; }

    /// <summary>Whether the loop is a statement, so that code can be put before it.</summary>
    public bool IsStatement => ReferenceEquals(Operation, Body);

    /// <summary>Whether an operation runs in every pass. The source of a <c>foreach</c> and the initializers of a <c>for</c> run once.</summary>
    public bool Repeats(IOperation operation) => Operations.IsInside(operation, Body) && !RunsOnce(Body, operation);

    /// <summary>Whether an operation stands in the part of a loop's header that runs before the first pass.</summary>
    internal static bool RunsOnce(IOperation loop, IOperation operation)
    {
        switch (loop)
        {
            case IForEachLoopOperation each:
                return Operations.IsInside(operation, each.Collection);
            case IForLoopOperation counting:
                foreach (IOperation before in counting.Before)
                {
                    if (Operations.IsInside(operation, before))
                        return true;
                }

                return false;
            default:
                return false;
        }
    }
}
