using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
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
        trip is { Length: 2, Statement: { Session: { } session, Body: var body } }
        && Operations.RootSymbol(session) is ILocalSymbol local
        && body.Origins.Of(local) is { Count: > 0 } assignments
        && assignments.All(assignment => assignment.Value is { } value && IsOpenedBy(value, call, iteration));

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
