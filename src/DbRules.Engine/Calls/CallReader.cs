using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A place that talks to a store, before its facts are worked out.</summary>
internal readonly record struct CallSite(IOperation Operation, MemberModel? Model, IOperation? Source);

/// <summary>Picks the operations of a body that talk to a store. Costs one name look-up per call of any kind, and nothing that survives.</summary>
internal sealed class CallReader(CompilationContext context)
{
    private const DbEffect Interesting = DbEffect.RoundTrip | DbEffect.Enumerates | DbEffect.Writes | DbEffect.WritesBySql | DbEffect.Stages | DbEffect.Saves;

    /// <summary>What was found; null when nothing was.</summary>
    public List<CallSite>? Sites { get; private set; }

    /// <summary>Looks at one operation; always goes on below it.</summary>
    public bool Visit(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                VisitCall(call);
                break;
            case IForEachLoopOperation { Collection: { } collection } when QueryBehind(collection) is { } query:
                Add(Operations.Unwrap(collection), null, query);
                break;
        }

        return true;
    }

    private void VisitCall(IInvocationOperation call)
    {
        if (context.Models.Of(call.TargetMethod) is not { } model || (model.Effect & Interesting) == 0)
            return;
        if (model.Has(DbEffect.Enumerates))
        {
            if (SourceOf(call, model) is { } source && QueryBehind(source) is { } query)
                Add(call, model, query);
            return;
        }

        Add(call, model, SourceOf(call, model));
    }

    private static IOperation? SourceOf(IInvocationOperation call, MemberModel model)
    {
        if (!model.Parameters.TryGetValue(ParameterRole.Source, out string? name))
            return null;
        return name == "this" ? call.Instance : Operations.Argument(call, name) ?? Operations.Receiver(call);
    }

    /// <summary>
    /// The query that enumerating a sequence runs: the sequence itself, or what operators in memory stand on where a query left the store
    /// (<c>AsEnumerable</c>). Null when the code shows none.
    /// </summary>
    private IOperation? QueryBehind(IOperation sequence)
    {
        IOperation current = Operations.Unwrap(sequence);
        while (true)
        {
            if (context.Types.IsQueryable(current.Type))
                return current;
            if (current is not IInvocationOperation call
                || context.Models.Of(call.TargetMethod) is not { } model
                || (model.Effect & (DbEffect.Lazy | DbEffect.LeavesStore)) == 0
                || Operations.Receiver(call) is not { } receiver)
            {
                return null;
            }

            current = Operations.Unwrap(receiver);
        }
    }

    private void Add(IOperation operation, MemberModel? model, IOperation? source) => (Sites ??= []).Add(new CallSite(operation, model, source));
}
