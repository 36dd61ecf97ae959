using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>A delegate that a call hands over.</summary>
/// <param name="Parameter">The ordinal of the parameter that takes it.</param>
/// <param name="Node">The function behind it; null when the code does not show it.</param>
/// <param name="OwnParameter">The ordinal of the caller's own parameter that is handed on; null for any other delegate.</param>
internal readonly record struct DelegateArgument(int Parameter, FunctionNode? Node, int? OwnParameter);

/// <summary>Which function a call runs, as far as the code shows it.</summary>
internal sealed class Callees(ModelIndex models, Implementations implementations)
{
    /// <summary>What a call runs; null when the code does not show it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="caller">The function that it stands in, where something is known of that function's own arguments.</param>
    public FunctionNode? TargetOf(OwnCall call, FlaggedCode? caller = null)
    {
        if (call.Delegate is { } value)
            return FunctionBehind(value, call.Body);
        if (call.Operation is IInvocationOperation invocation && models.Of(invocation.TargetMethod) is { } model && model.Has(DbEffect.Dispatches))
            return RequestOf(invocation, model) is { } request ? new FunctionNode(invocation.TargetMethod.OriginalDefinition, request) : null;
        IMethodSymbol method = call.Method!;
        FunctionNode? target = method.MethodKind == MethodKind.LocalFunction ? LocalFunction(method, call.Body) : Member(method, call.IsVirtual, call.Receiver?.Type);
        GivenFlags given = GivenFlags.In(call.Arguments, caller, call.Body.Origins);
        return given.IsEmpty || target is null ? target : target with { Given = given };
    }

    /// <summary>The functions that one of may run, for a virtual call or a request; empty when <paramref name="node"/> is one function, or when none is in view.</summary>
    public IEnumerable<FunctionNode> AlternativesOf(FunctionNode node)
    {
        if (node.Receiver is null)
            return [];
        IEnumerable<IMethodSymbol> members = IsRequest(node)
            ? implementations.HandlersOf(node.Receiver)
            : implementations.Of(node.Symbol, node.Receiver, node.Constructed);
        return members.Select(member => new FunctionNode(member, null) { Given = node.Given });
    }

    /// <summary>Whether a node stands for all handlers of a request: all of them run, where of the implementations of a member one does.</summary>
    public bool IsRequest(FunctionNode node) => node.Receiver is not null && models.Of(node.Symbol)?.Has(DbEffect.Dispatches) == true;

    /// <summary>What the row of a library member says, where that member implements one of the code under analysis; null when no row speaks or it says nothing sure.</summary>
    public MethodSummary? ModelledBy(FunctionNode node)
    {
        if (models.Of(node.Symbol) is not { } model)
            return null;
        TripKind? kind = !model.Has(DbEffect.RoundTrip) ? null
            : model.Has(DbEffect.Saves) ? TripKind.Save
            : model.Has(DbEffect.WritesBySql) ? null
            : model.Has(DbEffect.Reads) ? TripKind.Read
            : model.Has(DbEffect.Writes) ? TripKind.Write
            : null;
        MethodSummary summary = MethodSummary.Nothing with { MayWrite = (model.Effect & (DbEffect.Writes | DbEffect.WritesBySql | DbEffect.Saves)) != 0 };
        return kind is { } sure ? summary.With(new Trip(sure, node.Symbol.Name, null, null)) : summary;
    }

    /// <summary>The delegates among the arguments of a call.</summary>
    public ImmutableArray<DelegateArgument> DelegatesOf(OwnCall call, IMethodSymbol? caller)
    {
        // Hardly any call hands over two.
        ImmutableArray<DelegateArgument> found = [];
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { Type.TypeKind: TypeKind.Delegate } parameter)
                found = found.Add(new DelegateArgument(parameter.Ordinal, FunctionBehind(argument.Value, call.Body), ParameterOf(argument.Value, caller)));
        }

        return found;
    }

    /// <summary>The ordinal of the parameter of a function that an expression is, names or starts with; null for anything else.</summary>
    public static int? ParameterOf(IOperation? value, IMethodSymbol? function) =>
        function is not null && Operations.RootSymbol(value) is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function)
            ? parameter.Ordinal
            : null;

    private FunctionNode? FunctionBehind(IOperation value, BodyFacts body)
    {
        IOperation made = body.Origins.Resolve(value);
        if (made is IDelegateCreationOperation { Target: { } target })
            made = target;
        return made switch
        {
            IAnonymousFunctionOperation lambda => new FunctionNode(lambda.Symbol, null) { Body = body, Function = lambda },
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local } => LocalFunction(local, body),
            IMethodReferenceOperation reference => Member(reference.Method, reference.IsVirtual, reference.Instance?.Type),
            _ => null,
        };
    }

    private static FunctionNode? LocalFunction(IMethodSymbol local, BodyFacts body)
    {
        IMethodSymbol definition = local.OriginalDefinition;
        return body.FunctionOf(definition) is { } function ? new FunctionNode(definition, null) { Body = body, Function = function } : null;
    }

    /// <summary>What a call of a member runs.</summary>
    /// <param name="method">The member as called.</param>
    /// <param name="isVirtual">Whether an override or implementation may run instead.</param>
    /// <param name="receiver">The type that the call goes through; null for the member's own.</param>
    public static FunctionNode Member(IMethodSymbol method, bool isVirtual, ITypeSymbol? receiver)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        definition = definition.PartialImplementationPart ?? definition;
        if (!isVirtual || definition.IsSealed)
            return new FunctionNode(definition, null);
        INamedTypeSymbol through = receiver is INamedTypeSymbol named ? named : method.ContainingType;
        return new FunctionNode(definition, through.OriginalDefinition) { Constructed = IsClosed(method.ContainingType) ? method.ContainingType : null };
    }

    private static bool IsClosed(INamedTypeSymbol type) => type.IsGenericType && type.TypeArguments.All(static argument => argument is INamedTypeSymbol);

    private INamedTypeSymbol? RequestOf(IInvocationOperation call, MemberModel model)
    {
        if (!model.Parameters.TryGetValue(ParameterRole.Request, out string? name) || Operations.Argument(call, name) is not { } request)
            return null;
        return Operations.Unwrap(request).Type as INamedTypeSymbol;
    }
}
