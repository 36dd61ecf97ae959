using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>What tells a function, or all that a virtual call may run, apart from others in every compilation that declares the same.</summary>
/// <param name="Member">The declaration of the member.</param>
/// <param name="Receiver">That of the type that a virtual call goes through; null for one function.</param>
/// <param name="Constructed">The name of the type that implementations must agree with in their type arguments; null where any may run.</param>
/// <param name="Given">What is known of the arguments.</param>
internal readonly record struct FunctionPlace(DeclaredPlace Member, DeclaredPlace? Receiver, string? Constructed, GivenFlags Given)
{
    /// <summary>The place of a function; null for one that is part of a body, and for one that the code in view does not declare.</summary>
    public static FunctionPlace? Of(FunctionNode node)
    {
        if (node.Body is not null || node.Symbol.MethodKind == MethodKind.LocalFunction || DeclaredPlace.Of(node.Symbol) is not { } member)
            return null;
        if (node.Receiver is null)
            return new(member, null, null, node.Given);
        return DeclaredPlace.Of(node.Receiver) is { } receiver ? new(member, receiver, node.Constructed?.ToDisplayString(), node.Given) : null;
    }
}
