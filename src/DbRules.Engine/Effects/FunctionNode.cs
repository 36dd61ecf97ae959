using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>
/// One function that a summary speaks of: a member's body, a lambda or local function in it, or everything that a virtual call may run; with
/// what is known of its arguments.
/// </summary>
/// <param name="Symbol">The definition of the method, lambda or local function.</param>
/// <param name="Receiver">For a virtual call, the definition of the type that it goes through, whose implementations may run; null for one function.</param>
internal sealed record FunctionNode(IMethodSymbol Symbol, INamedTypeSymbol? Receiver)
{
    /// <summary>The member body that a lambda or local function is part of; null for members, whose body is found by their symbol.</summary>
    public BodyFacts? Body { get; init; }

    /// <summary>The lambda or local function; null for members.</summary>
    public IOperation? Function { get; init; }

    /// <summary>The type that implementations must agree with in their type arguments, where a generic interface or base is called; null otherwise.</summary>
    public INamedTypeSymbol? Constructed { get; init; }

    /// <summary>The constants that the call hands to parameters.</summary>
    public GivenFlags Given { get; init; }

    public bool Equals(FunctionNode? other) =>
        other is not null
        && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol)
        && SymbolEqualityComparer.Default.Equals(Receiver, other.Receiver)
        && SymbolEqualityComparer.Default.Equals(Constructed, other.Constructed)
        && Given == other.Given;

    public override int GetHashCode() =>
        (SymbolEqualityComparer.Default.GetHashCode(Symbol) * 31) + SymbolEqualityComparer.Default.GetHashCode(Receiver);
}
