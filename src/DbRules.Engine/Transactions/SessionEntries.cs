using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>Whether a caller may have left something unsaved in the session of a member, which would be lost when the member makes the session forget what it tracks.</summary>
internal sealed class SessionEntries(CompilationContext context, EditorMemory memory)
{
    private readonly Ownership _ownership = new(context.Models);

    /// <summary>Whether the session surely holds nothing of a caller: the member makes it, or is run by a framework alone, as far as the code in view says.</summary>
    public bool HoldNothing(Session session, BodyFacts body) =>
        (session.Path is [var made] && _ownership.HoldsAcquired(made, body.Origins))
        || (body.Owner is IMethodSymbol owner && IsEntered(owner));

    /// <summary>No code in view names the method, and no contract of this code promises it, by which code out of view could call it.</summary>
    private bool IsEntered(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, IsOverride: false, DeclaredAccessibility: Accessibility.Public }
        && !PromisesIt(method)
        && !memory.Mentioning(method.Name).Any();

    private bool PromisesIt(IMethodSymbol method) => method.ContainingType.AllInterfaces
        .SelectMany(contract => contract.GetMembers(method.Name).OfType<IMethodSymbol>())
        .Any(context.Own.Contains);
}
