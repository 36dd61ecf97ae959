using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>What a transaction on a connection asks of the code around it: that the connection is open, and that each command is given the transaction.</summary>
internal sealed class ConnectionRegions(CompilationContext context, Sessions sessions, TransactionPasses passes, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>The statement to begin before, so that the commands which are sent between two statements of a block are made behind it.</summary>
    public IOperation StartOf(IOperation first, IOperation last, Session session, BodyFacts body)
    {
        IOperation start = first;
        foreach (DbCall call in body.Calls)
        {
            if (Operations.IsBetween(call.Operation, first, last)
                && call.Argument(ParameterRole.Command) is { } command
                && session.Equals(sessions.Of(call))
                && body.Origins.Resolve(command) is { } creation
                && ((IBlockOperation)first.Parent!).Operations.FirstOrDefault(statement => Operations.IsInside(creation, statement)) is { } making
                && making.Syntax.SpanStart < start.Syntax.SpanStart)
            {
                start = making;
            }
        }

        return start;
    }

    /// <summary>
    /// How each command of the connection between two statements is given the transaction. Null where one of them cannot be, is given another one, or is sent by code
    /// that the region only calls.
    /// </summary>
    public ImmutableArray<TransactionPass>? PassesIn(IOperation first, IOperation last, Session session, ITypeSymbol transaction, BodyFacts body)
    {
        var found = new List<TransactionPass>();
        foreach (DbCall call in body.Calls)
        {
            if (!Operations.IsBetween(call.Operation, first, last) || !call.IsRoundTrip || !session.Equals(sessions.Of(call)))
                continue;
            if (!call.TryGetTransaction(out IOperation? given) || given is not null)
                return null;
            IOperation? creation = call.Argument(ParameterRole.Command) is { } command ? body.Origins.Resolve(command) : null;
            if ((creation is not null && !Operations.IsBetween(creation, first, last)) || passes.Of(call, creation, transaction, begin: null) is not { NeedsInner: false } pass)
                return null;
            if (!found.Exists(known => known.Target == pass.Target))
                found.Add(pass);
        }

        return body.OwnCalls.Any(call => Operations.IsBetween(call.Operation, first, last) && MayUse(call, session, body)) ? null : [.. found];
    }

    /// <summary>Whether the connection is open for sure before an operation.</summary>
    public bool IsOpen(Session session, DbCall write, BodyFacts body) =>
        write.Argument(ParameterRole.Command) is not null && write.Model!.Plays("this", ParameterRole.Command)
        || body.Calls.Any(call => Opens(call) && session.Equals(sessions.Of(call)) && body.PathsAround(write.Operation)?.IsDominatedBy(write.Operation, call.Operation) == true)
        || IsMadeOpen(session, body);

    /// <summary>The member that opens a connection which the body makes by itself and does not open; null for any other.</summary>
    public IMethodSymbol? OpenerOf(Session session, BodyFacts body, bool isAwaited)
    {
        if (session is not { Path: [ILocalSymbol local], Type: { } type } || body.Origins.SingleValue(local) is not IObjectCreationOperation)
            return null;
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (IMethodSymbol method in current.GetMembers().OfType<IMethodSymbol>())
            {
                if (method.Parameters.All(static parameter => parameter.IsOptional || parameter.Type.Name == nameof(CancellationToken))
                    && Tasks.IsTask(method.ReturnType) == isAwaited
                    && context.Models.Of(method) is { } model && model.Has(DbEffect.RoundTrip) && model.Plays("this", ParameterRole.Acquires))
                {
                    return method;
                }
            }
        }

        return null;
    }

    private bool IsMadeOpen(Session session, BodyFacts body) =>
        session.Path is [ILocalSymbol local]
        && body.Origins.SingleValue(local) is IInvocationOperation { TargetMethod: var maker }
        && (context.Models.Of(maker) is { } model ? model.Has(DbEffect.RoundTrip) && model.Plays("return", ParameterRole.Acquires) : maker.Name.StartsWith("Open", StringComparison.Ordinal));

    private static bool Opens(DbCall call) => call.Model is { } model && model.Has(DbEffect.RoundTrip) && model.Plays("this", ParameterRole.Acquires);

    /// <summary>Code that is handed the connection, or that belongs to the same object and may use it.</summary>
    private bool MayUse(OwnCall call, Session session, BodyFacts body) =>
        call.Arguments.Any(argument => session.Equals(sessions.Of(argument.Value, body.Origins)))
        || ((session.IsOwn || call.Method is null or { MethodKind: MethodKind.LocalFunction }) && summaryOf(call).MayMeetStore);
}
