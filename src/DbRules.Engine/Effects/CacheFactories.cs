using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Finds the calls that run only when a cache does not hold their result: a row, the called code or, where that is not in view, its name says so.</summary>
internal sealed class CacheFactories(Func<IMethodSymbol, MethodSummary> summaryOf)
{
    private const string Cache = "Cache";

    /// <summary>Whether a call runs only when something that outlives its member did not remember an earlier result, or stands in a cache itself.</summary>
    public bool Hold(DbCall call)
    {
        if (call.Body.RunsOnMissOnly(call.Operation) || call.Body.Owner?.ContainingType?.Name.EndsWith(Cache, StringComparison.Ordinal) == true)
            return true;
        for (IOperation? around = call.Operation.Parent; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation lambda && Operations.ArgumentOf(lambda)?.Parameter is { } parameter && IsFactory(parameter))
                return true;
        }

        return false;
    }

    private bool IsFactory(IParameterSymbol parameter)
    {
        if (parameter is not { Type: INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: false }, ContainingSymbol: IMethodSymbol { ReturnsVoid: false } method })
            return false;
        DelegateUse? use = null;
        foreach (DelegateUse candidate in summaryOf(method).Invokes)
        {
            if (candidate.Parameter == parameter.Ordinal)
                use = candidate;
        }

        return use?.IsOnMiss ?? (method.Name.StartsWith("GetOr", StringComparison.Ordinal) || NamesCache(method.Name) || NamesCache(method.ContainingType.Name));
    }

    private static bool NamesCache(string name) => name.Contains(Cache);
}
