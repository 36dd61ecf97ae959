using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>Answers the questions of the flow analyses from the model rows.</summary>
internal sealed class LibraryVocabulary(ModelIndex models) : IFlowVocabulary
{
    public bool Waits(IMethodSymbol method) => Has(method, DbEffect.Waits);

    public bool Batches(IMethodSymbol method) => Has(method, DbEffect.Batches);

    public bool Advances(IMethodSymbol method) => Has(method, DbEffect.Advances);

    public bool ProbesCache(IMethodSymbol method) => Has(method, DbEffect.ProbesCache);

    public bool StopsEarly(IMethodSymbol method) => Has(method, DbEffect.StopsEarly);

    public bool RunsPerElement(IParameterSymbol parameter) => Plays(parameter, ParameterRole.PerElement);

    public bool RunsOnce(IParameterSymbol parameter) => Plays(parameter, ParameterRole.Runs);

    public bool RunsOnMiss(IParameterSymbol parameter) => Plays(parameter, ParameterRole.OnMiss);

    public bool IsSource(IParameterSymbol parameter) => Plays(parameter, ParameterRole.Source);

    public bool HoldsAtMostOne(ITypeSymbol type) => models.Of(type)?.Has(TypeTraits.AtMostOne) == true;

    public bool Consumes(ITypeSymbol type) => models.Of(type)?.Has(TypeTraits.Consumes) == true;

    private bool Has(IMethodSymbol method, DbEffect effect) => models.Of(method)?.Has(effect) == true;

    private bool Plays(IParameterSymbol parameter, ParameterRole role) =>
        parameter.ContainingSymbol is IMethodSymbol method
        && models.Of(method)?.Plays(parameter.Name, role) == true;
}
