using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds transactions that a retrying strategy does not support.</summary>
internal sealed class StrategyConflicts(CompilationContext context, EditorMemory memory, Sessions sessions, OpenTransactions open, RetryingContexts retrying, RetryUnits units)
{
    private readonly StrategyReach _reach = new(context.Models, memory);

    /// <summary>The conflicts of one body, in source order. Empty when there is none, or when that is not known.</summary>
    public ImmutableArray<StrategyConflict> In(BodyFacts body) =>
        body.Calls.IsEmpty || open.Of(body) is not { IsEmpty: false } transactions ? [] : Of(transactions, body);

    private ImmutableArray<StrategyConflict> Of(ImmutableArray<OpenTransaction> transactions, BodyFacts body) =>
        [.. transactions.Select(transaction => Conflict(transaction, body)).OfType<StrategyConflict>()];

    private StrategyConflict? Conflict(OpenTransaction transaction, BodyFacts body)
    {
        if (transaction.Begin is IObjectCreationOperation creation
                ? !IsAmbient(creation) || !retrying.Any
                : transaction.Session is not { } owner || !Retries(owner))
        {
            return null;
        }

        foreach (DbCall call in body.Calls)
        {
            if (call.Operation.Syntax.SpanStart >= transaction.Begin.Syntax.Span.End
                && AsksStrategy(call)
                && Operations.EnclosingFunction(call.Operation) == Operations.EnclosingFunction(transaction.Begin)
                && sessions.Of(call) is { } session
                && (transaction.Session?.Equals(session) ?? Retries(session))
                && transaction.MayBeOpenAt(call.Operation))
            {
                return MayRunInStrategy(transaction.Begin, body) ? null
                    : new StrategyConflict(transaction.Begin, TypeOf(session)!, call, IsForeign(transaction.Begin) ? null : units.Around(transaction.Begin, session, TypeOf(session)!, body));
            }
        }

        return null;
    }

    private bool Retries(Session session) => TypeOf(session) is { } type && retrying.Of(type) == RetryUse.On;

    private static INamedTypeSymbol? TypeOf(Session session) =>
        session.Type as INamedTypeSymbol ?? (session.Type as ITypeParameterSymbol)?.ConstraintTypes.OfType<INamedTypeSymbol>().FirstOrDefault();

    /// <summary>A scope that all sessions take part in, unless an option says that it opens no transaction.</summary>
    private bool IsAmbient(IObjectCreationOperation scope) =>
        scope.Type is { } type && context.Models.Of(type)?.Has(TypeTraits.Ambient) == true
        && !scope.Arguments.Any(argument => Operations.Unwrap(argument.Value) is IFieldReferenceOperation { Field: { IsConst: true, ContainingType.TypeKind: TypeKind.Enum } option } && context.Models.Of(option)?.Has(DbEffect.Suspends) == true);

    /// <summary>SQL text that a facade sends goes past the strategy.</summary>
    private static bool AsksStrategy(DbCall call) =>
        call.IsRoundTrip && (call.Model is not { } model || model.Has(DbEffect.Saves) || (!model.Parameters.ContainsKey(ParameterRole.Sql) && model.Parameters.ContainsKey(ParameterRole.Source)));

    /// <summary>A transaction that the session is handed is not begun again with the unit.</summary>
    private bool IsForeign(IOperation begin) =>
        begin is IInvocationOperation call && context.Models.Of(call.TargetMethod) is { } model && model.Parameters.TryGetValue(ParameterRole.Transaction, out string? name) && name != ModelWords.Result;

    /// <summary>Whether the function around a transaction may run as a unit that is run again. When in doubt it may.</summary>
    private bool MayRunInStrategy(IOperation begin, BodyFacts body)
    {
        for (IOperation? function = Operations.EnclosingFunction(begin); function is not null; function = Operations.EnclosingFunction(function))
        {
            if (function is ILocalFunctionOperation { Symbol.Name: var local } ? _reach.MayRun(local) : !IsEndpoint((IAnonymousFunctionOperation)function))
                return true;
        }

        return body.Owner is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method || _reach.MayRun(method.Name);
    }

    /// <summary>A delegate that is given its session: a framework makes one for each call, and runs nothing again.</summary>
    private bool IsEndpoint(IAnonymousFunctionOperation lambda) =>
        Operations.ArgumentOf(lambda)?.Parent is IInvocationOperation { TargetMethod: var method }
        && context.Models.Of(method) is null
        && method.DeclaringSyntaxReferences.IsEmpty
        && lambda.Symbol.Parameters.Any(parameter => context.Models.Of(parameter.Type)?.Has(TypeTraits.Session) == true);
}
