using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds calls that handle a whole list at once: the keys that they, or the filters that they are given, ask for, and the rows that they write.</summary>
internal readonly struct KeyArguments(ModelIndex models, Origins origins)
{
    /// <summary>Whether the list is not the same in every pass; a list that is makes the call one that the loop repeats for nothing.</summary>
    public bool TakesVarying(DbCall call, Variance variance)
    {
        if (call.Invocation is not { } invocation || call.Model is not { } model)
            return false;
        if (GivesVarying(invocation, model, ParameterRole.Keys, variance))
            return true;
        if (model.Has(DbEffect.Writes) && GivesVarying(invocation, model, ParameterRole.Values, variance))
            return true;
        if (FiltersByKeys(call.Argument(ParameterRole.Predicate), variance))
            return true;
        return call.Query is { } query
            && (FiltersByKeys(query.Root as IInvocationOperation, variance) || AnyStepFiltersByKeys(query, variance));
    }

    /// <summary>Whether the values of a call's SQL hold lists, each of which is written out around one key: <c>new { ids = new[] { order.Id } }</c>.</summary>
    public bool ListOneKey(DbCall call)
    {
        if (call.Argument(ParameterRole.Values) is not { } given || origins.Resolve(given) is not IAnonymousObjectCreationOperation values)
            return false;
        var known = new ConstantSequences(origins);
        IOperation[] lists = [.. values.Initializers.OfType<ISimpleAssignmentOperation>().Select(static part => part.Value).Where(static value => Sequences.IsSequence(Operations.Unwrap(value).Type))];
        return lists.Length > 0 && lists.All(known.ListsOneValue);
    }

    private bool AnyStepFiltersByKeys(QueryShape query, Variance variance)
    {
        foreach (QueryStepUse use in query.Steps)
        {
            if (use.Step == QueryStep.Where && FiltersByKeys(use.Call, variance))
                return true;
        }

        return false;
    }

    private bool FiltersByKeys(IInvocationOperation? call, Variance variance) =>
        call is not null
        && models.Of(call.TargetMethod) is { } model
        && model.Parameters.TryGetValue(ParameterRole.Predicate, out string? name)
        && FiltersByKeys(Operations.Argument(call, name), variance);

    /// <summary>Whether a filter is built of calls of which one takes keys of the pass.</summary>
    private bool FiltersByKeys(IOperation? filter, Variance variance)
    {
        if (filter is null)
            return false;
        ModelIndex rows = models;
        KeyArguments self = this;
        return Operations.Any(
            origins.Resolve(filter) ?? filter,
            part => part is IInvocationOperation builder && rows.Of(builder.TargetMethod) is { } model && self.GivesVarying(builder, model, ParameterRole.Keys, variance));
    }

    private bool GivesVarying(IInvocationOperation call, MemberModel model, ParameterRole role, Variance variance)
    {
        foreach (string name in model.ParametersOf(role))
        {
            if (Operations.Argument(call, name) is { } list && variance.Of(list) != Dependence.Invariant && !new ConstantSequences(origins).ListsOneValue(list))
                return true;
        }

        return false;
    }
}
