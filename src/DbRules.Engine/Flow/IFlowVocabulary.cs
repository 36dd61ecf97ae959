using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Flow;

/// <summary>What the flow analyses must know about library members, without knowing any library. Unknown is always <c>false</c>.</summary>
public interface IFlowVocabulary
{
    /// <summary>Waits for time, a token, a message or other work.</summary>
    bool Waits(IMethodSymbol method);

    /// <summary>Yields groups of elements.</summary>
    bool Batches(IMethodSymbol method);

    /// <summary>Takes the next element from a cursor, queue or stack.</summary>
    bool Advances(IMethodSymbol method);

    /// <summary>Answers whether an in-memory cache holds a key.</summary>
    bool ProbesCache(IMethodSymbol method);

    /// <summary>Leaves at the first element that its predicate accepts.</summary>
    bool StopsEarly(IMethodSymbol method);

    /// <summary>The parameter is a delegate that runs in memory once per element of a sequence.</summary>
    bool RunsPerElement(IParameterSymbol parameter);

    /// <summary>The parameter is a delegate that the method runs once, or once more after a failure, before it or the task it returns completes.</summary>
    bool RunsOnce(IParameterSymbol parameter);

    /// <summary>The parameter is a delegate that runs only when a cache does not hold the key.</summary>
    bool RunsOnMiss(IParameterSymbol parameter);

    /// <summary>The parameter is the sequence that a per-element delegate of the same method runs over.</summary>
    bool IsSource(IParameterSymbol parameter);

    /// <summary>A sequence of at most one element.</summary>
    bool HoldsAtMostOne(ITypeSymbol type);

    /// <summary>A stream that waits for work.</summary>
    bool Consumes(ITypeSymbol type);
}
