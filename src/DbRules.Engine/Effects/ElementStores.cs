using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>
/// Calls whose code opens a session of the element for itself: each element has a store of its own, a tenant's or a file's, so that no query could read for all of them at once.
/// What a loop shows of its own calls, <see cref="Repetitions"/> finds.
/// </summary>
internal static class ElementStores
{
    /// <summary>Whether the round trip that a call reaches directly goes to such a store.</summary>
    /// <param name="call">The call.</param>
    /// <param name="iteration">The iteration that repeats it.</param>
    /// <param name="trip">The way from the call to the statement.</param>
    public static bool IsOneReached(OwnCall call, Iteration iteration, Trip trip) =>
        trip.Length == 2
        && MayBeReached(call, iteration, trip)
        && trip is { Statement: { Session: { } session, Body: var body } }
        && Operations.RootSymbol(session) is ILocalSymbol local
        && body.Origins.Of(local) is { Count: > 0 } assignments
        && assignments.All(assignment => assignment.Value is { } value && IsOpenedBy(value, call, iteration));

    /// <summary>A first question by syntax, since what is called may have to be bound: whether it is called on the element, or makes something of an argument that the element is.</summary>
    private static bool MayBeReached(OwnCall call, Iteration iteration, Trip trip)
    {
        if (IsElement(call.Receiver, iteration))
            return true;
        HashSet<string>? given = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { Name: var name } && IsElement(argument.Value, iteration))
                (given ??= []).Add(name);
        }

        return given is not null
            && trip.Next is { Location: { SourceTree: { } file } place }
            && CalleeBodies.DeclarationAround(file.GetRoot().FindNode(place.SourceSpan)) is { } code
            && code.DescendantNodes().Any(node => node is VariableDeclaratorSyntax { Initializer: not null } or AssignmentExpressionSyntax
                && node.DescendantNodes().Any(part => part is IdentifierNameSyntax { Identifier.ValueText: var name } && given.Contains(name)));
    }

    /// <summary>The called code makes the session from the element: by a member of it, or from what it holds.</summary>
    private static bool IsOpenedBy(IOperation value, OwnCall call, Iteration iteration) =>
        Operations.Unwrap(value) is IInvocationOperation or IObjectCreationOperation
        && Operations.Any(value, part => part switch
        {
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => IsElement(call.Receiver, iteration),
            IParameterReferenceOperation { Parameter: var parameter } =>
                IsElement(call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal && argument.Parameter.Name == parameter.Name)?.Value, iteration),
            _ => false,
        });

    private static bool IsElement(IOperation? value, Iteration iteration) =>
        value is not null && Operations.RootSymbol(value) is { } root && iteration.Elements.Contains(root, SymbolEqualityComparer.Default);
}
