using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>What code does with an object that it is given as an argument.</summary>
internal enum ArgumentUse
{
    /// <summary>It may keep it: somebody else may release it.</summary>
    Keeps,

    /// <summary>It uses it for the time of the call, or for the life of something that never releases it.</summary>
    Borrows,

    /// <summary>It releases it.</summary>
    Releases,
}

/// <summary>Tells code that only uses what it is given from code that may keep or release it.</summary>
internal sealed class Borrowing(CompilationContext context, Callees callees, MemberBodies bodies, Func<FunctionNode, MethodSummary> summaryOf)
{
    /// <summary>How many calls deep an object is followed.</summary>
    private const int Deepest = 3;

    /// <summary>What the call or constructor around an argument does with it; it may keep it where that is not known.</summary>
    public ArgumentUse Of(IArgumentOperation argument, BodyFacts body) => Of(argument, body, Deepest);

    private ArgumentUse Of(IArgumentOperation argument, BodyFacts body, int depth)
    {
        // Who takes the task of an object may hand on what it yields.
        if (argument.Parameter is not { RefKind: RefKind.None or RefKind.In } parameter || Tasks.IsTask(parameter.Type))
            return ArgumentUse.Keeps;
        IMethodSymbol? target = argument.Parent switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (target is null)
            return ArgumentUse.Keeps;
        if (context.Models.Of(target) is { } model)
            return OfModelled(model, parameter, argument);
        return depth > 0 && body.OwnCalls.FirstOrDefault(call => call.Operation == argument.Parent) is { } own ? OfOwn(own, parameter, depth) : ArgumentUse.Keeps;
    }

    private static ArgumentUse OfModelled(MemberModel model, IParameterSymbol parameter, IArgumentOperation argument)
    {
        bool isReceiver = argument.Parent is IInvocationOperation { TargetMethod.IsExtensionMethod: true } && parameter.Ordinal == 0;
        if (Plays(ParameterRole.Releases))
            return ArgumentUse.Releases;
        return Plays(ParameterRole.Connection) || Plays(ParameterRole.Command) || Plays(ParameterRole.Transaction) || Plays(ParameterRole.Source) || Plays(ParameterRole.Acquires) ? ArgumentUse.Borrows : ArgumentUse.Keeps;

        bool Plays(ParameterRole role) => model.Plays(parameter.Name, role) || (isReceiver && model.Plays("this", role));
    }

    private ArgumentUse OfOwn(OwnCall call, IParameterSymbol parameter, int depth)
    {
        // What takes an object to construct itself may hold it from then on.
        if (call.Operation is IObjectCreationOperation || callees.TargetOf(call) is not { } target)
            return ArgumentUse.Keeps;
        int ordinal = parameter.Ordinal;
        if (summaryOf(target).Releases.Contains(ordinal))
            return ArgumentUse.Releases;
        if (target.Receiver is not null || (target.Body ?? bodies.Of(target.Symbol)) is not { } body || ordinal >= target.Symbol.Parameters.Length)
            return ArgumentUse.Keeps;
        // Of a body that does nothing to a store no operations are kept: it may store the object all the same.
        IReadOnlyList<IOperation> roots = body.Roots.Count > 0 ? body.Roots : context.Bodies.Of(target.Symbol) ?? [];
        IParameterSymbol own = target.Symbol.Parameters[ordinal];
        return roots.Count > 0 && roots.All(root => !Operations.Any(root, operation => operation is IParameterReferenceOperation { Parameter: var named }
            && SymbolEqualityComparer.Default.Equals(named, own)
            // A lambda may be kept, and the object with it.
            && (Operations.EnclosingFunction(operation)?.Syntax != target.Function?.Syntax || !IsBorrowed(operation, body, depth - 1))))
            ? ArgumentUse.Borrows
            : ArgumentUse.Keeps;
    }

    /// <summary>Whether a member that is called on an object releases it.</summary>
    public bool Releases(IMethodSymbol method) => method.Name is "Dispose" or "DisposeAsync" || context.Models.Of(method)?.Plays("this", ParameterRole.Releases) == true;

    private bool IsBorrowed(IOperation reference, BodyFacts body, int depth) => Destination.Of(reference) switch
    {
        { Kind: DestinationKind.Receiver, Site: IInvocationOperation { TargetMethod: var method } } => !Releases(method),
        { Kind: DestinationKind.Receiver or DestinationKind.Test } => true,
        { Kind: DestinationKind.Argument, Site: IArgumentOperation argument } => Of(argument, body, depth) == ArgumentUse.Borrows,
        { Kind: DestinationKind.Elsewhere, Site: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } } =>
            context.Models.Of(property) is { } model && (model.Plays("return", ParameterRole.Connection) || model.Plays("return", ParameterRole.Transaction)),
        _ => false,
    };
}
