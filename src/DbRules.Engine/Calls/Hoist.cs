using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A read that a loop repeats unchanged, and that can run once before it. It exists only where nothing but the number of round trips changes.</summary>
public sealed class Hoist
{
    public required DbCall Call { get; init; }

    /// <summary>The loop statement.</summary>
    public required ILoopOperation Loop { get; init; }

    /// <summary>The expression whose value the loop uses: the call, the <c>await</c> of it, or the enumerated query.</summary>
    public required IOperation Result { get; init; }

    /// <summary>The declaration of a local that holds nothing but the result, so that it can move as a whole; null when there is none.</summary>
    public IVariableDeclarationGroupOperation? Declaration { get; init; }

    /// <summary>The type of the rows; null where the call returns none or it is not known.</summary>
    public ITypeSymbol? Row { get; init; }
}
