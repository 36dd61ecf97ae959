using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Says what comes out of a call or member that is given something which needs a resource.</summary>
internal sealed class DeferredCalls(CompilationContext context, Func<OwnCall, MethodSummary> summaryOf)
{
    private const DbEffect Sends = DbEffect.RoundTrip | DbEffect.Enumerates | DbEffect.Advances;

    /// <summary>What the result of a call needs; null when it needs nothing.</summary>
    /// <param name="call">The call.</param>
    /// <param name="parameter">The parameter that is given what needs the resource; null for the object that the member is called on.</param>
    /// <param name="need">What is given.</param>
    /// <param name="body">The body of the call.</param>
    public Need? ResultOf(IInvocationOperation call, IParameterSymbol? parameter, Need need, BodyFacts body)
    {
        if (need.Kind == NeedKind.Delegate)
            return Unknown(call);
        if (need.Kind == NeedKind.Task)
            return IsAboutTasks(call) ? need with { Maker = call.TargetMethod.Name.StartsWith("When", StringComparison.Ordinal) ? call : need.Maker } : Unknown(call);
        if (context.Models.Of(call.TargetMethod) is not { } model)
            return OfUnmodelled(call, parameter, body);
        bool isReceiver = parameter is null || (call.TargetMethod.IsExtensionMethod && parameter.Ordinal == 0);
        if (Plays(ParameterRole.Releases))
            return null;
        if (Plays(ParameterRole.Connection) || Plays(ParameterRole.Command) || Plays(ParameterRole.Transaction) || Plays(ParameterRole.Source) || Plays(ParameterRole.Acquires))
            return OfModelled(call, model, need);
        return isReceiver && need.Kind == NeedKind.Session && model.Plays("return", ParameterRole.Acquires) ? OfModelled(call, model, need) : Unknown(call);

        bool Plays(ParameterRole role) => (parameter is not null && model.Plays(parameter.Name, role)) || (isReceiver && model.Plays("this", role));
    }

    /// <summary>What a member of something that needs a resource needs; null when it needs nothing.</summary>
    public Need? MemberOf(IMemberReferenceOperation member, Need need, BodyFacts body)
    {
        if (need.Kind != NeedKind.Session || member.Type is not { } type || (member is IPropertyReferenceOperation { Property: var property } && context.Models.Of(property)?.Has(DbEffect.InMemory) == true))
            return null;
        if (context.Types.IsQueryable(type))
            return new Need(NeedKind.Query, member, IsSure: body.QueryOf(member).Kind == QueryRootKind.Store);
        return body.IsSession(type) ? new Need(NeedKind.Session) : null;
    }

    /// <summary>Whether a new object is a command that goes through what it is given.</summary>
    public bool IsCommand(ITypeSymbol? type) => type is not null && context.Models.Of(type) is { } model && (model.Has(TypeTraits.Command) || model.Has(TypeTraits.Adapter));

    /// <summary>Whether a property of a command says what it goes through.</summary>
    public bool IsSessionOfCommand(IPropertySymbol property) =>
        context.Models.Of(property) is { } model && (model.Plays("return", ParameterRole.Connection) || model.Plays("return", ParameterRole.Command)) && IsCommand(property.ContainingType);

    /// <summary>What something may need that code which is not known has made of what needs a resource; null when its type rules that out.</summary>
    public Need? Unknown(IOperation made) => made.Type is { } type && KindOf(type) is { } kind ? new Need(kind, made, IsSure: false) : null;

    private Need? OfModelled(IInvocationOperation call, MemberModel model, Need need)
    {
        bool isSequence = WellKnownTypes.IsSequence(call.Type);
        if (context.Types.IsQueryable(call.Type))
            return new Need(NeedKind.Query, call);
        if (model.Has(DbEffect.LeavesStore) || (model.Has(DbEffect.Lazy) && isSequence))
            return new Need(NeedKind.Rows, call);
        if (call.Type is not { } type)
            return null;
        NeedKind? result = ResultKindOf(Tasks.ResultOf(type), model);
        if (result is null && IsUnbuffered(call, model))
            result = NeedKind.Rows;
        if (Tasks.IsTask(type))
            return new Need(NeedKind.Task, call, result, IsSure: need.IsSure && (model.Effect & Sends) != 0);
        return result is { } kind ? new Need(kind, call) : null;
    }

    private NeedKind? ResultKindOf(ITypeSymbol type, MemberModel model) => context.Models.Of(type) switch
    {
        { } known when known.Has(TypeTraits.Reader) => NeedKind.Reader,
        { } known when model.Plays("return", ParameterRole.Acquires) && (known.Has(TypeTraits.Command) || known.Has(TypeTraits.Adapter)) => NeedKind.Command,
        { } known when known.Has(TypeTraits.Session) && !model.Plays("return", ParameterRole.Acquires) => NeedKind.Session,
        _ => null,
    };

    private static bool IsUnbuffered(IInvocationOperation call, MemberModel model) =>
        model.Parameters.TryGetValue(ParameterRole.Buffered, out string? name) && Operations.Argument(call, name) is { ConstantValue: { HasValue: true, Value: false } };

    /// <summary>Code in view that returns a query shows what it stands on; a task that it returns runs as long as the call to the store which it awaits.</summary>
    private Need? OfUnmodelled(IInvocationOperation call, IParameterSymbol? parameter, BodyFacts body)
    {
        if (context.Types.IsQueryable(call.Type))
            return new Need(NeedKind.Query, call, IsSure: body.QueryOf(call).Kind == QueryRootKind.Store);
        if (Unknown(call) is not { } unknown || unknown.Kind != NeedKind.Task || parameter is null)
            return Unknown(call);
        foreach (OwnCall own in body.OwnCalls)
        {
            if (own.Operation == call)
                return unknown with { IsSure = AwaitsStore(summaryOf(own), call.TargetMethod, parameter) };
        }

        return unknown;
    }

    private static bool AwaitsStore(MethodSummary summary, IMethodSymbol method, IParameterSymbol parameter) =>
        summary.First?.Statement is { Session: { } session, Invocation.Type: var type } && Tasks.IsTask(type)
        && Operations.Referenced(session) is IParameterSymbol own && own.Ordinal == parameter.Ordinal
        && SymbolEqualityComparer.Default.Equals(own.ContainingSymbol.OriginalDefinition, (method.ReducedFrom ?? method).OriginalDefinition);

    private static bool IsAboutTasks(IInvocationOperation call) => call.TargetMethod is { Name: "AsTask" or "WaitAsync" or "ConfigureAwait" or "WhenAll" or "WhenAny", ContainingType.Name: "Task" or "ValueTask" };

    private NeedKind? KindOf(ITypeSymbol type) => type switch
    {
        _ when Tasks.IsTask(type) => NeedKind.Task,
        { TypeKind: TypeKind.Delegate } => NeedKind.Delegate,
        _ when context.Types.IsQueryable(type) => NeedKind.Query,
        { TypeKind: TypeKind.Interface, Name: "IEnumerable" or "IAsyncEnumerable" or "IOrderedEnumerable" or "ILookup" or "IGrouping" } => NeedKind.Rows,
        { Name: "Lazy" } => NeedKind.Rows,
        _ when context.Models.Of(type)?.Has(TypeTraits.Reader) == true => NeedKind.Reader,
        _ => null,
    };
}
