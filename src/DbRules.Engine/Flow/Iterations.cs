using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Finds the iterations that an operation runs in, within its nearest function body.</summary>
public sealed class Iterations
{
    private readonly LoopNatures _natures;
    private readonly IFlowVocabulary _vocabulary;

    public Iterations(IFlowVocabulary vocabulary, Origins origins)
    {
        _vocabulary = vocabulary;
        _natures = new LoopNatures(vocabulary, origins);
    }

    /// <summary>
    /// The iterations around an operation, innermost first. A delegate that runs per element of its call's source is one of them; any other
    /// lambda and every local function ends the search, since nobody here knows when they run.
    /// </summary>
    public IEnumerable<Iteration> Around(IOperation operation)
    {
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ILoopOperation loop when RunsInEveryPass(loop, child):
                    yield return _natures.Describe(loop);
                    break;

                case IAnonymousFunctionOperation lambda:
                    if (Operations.ArgumentOf(lambda) is not { Parameter: { } parameter, Parent: IInvocationOperation call } || !RunsPerElement(parameter))
                        yield break;
                    yield return DescribeDelegate(lambda, call);
                    parent = call;
                    break;

                case ILocalFunctionOperation:
                    yield break;
            }
        }
    }

    private bool RunsPerElement(IParameterSymbol parameter) => _vocabulary.RunsPerElement(parameter.OriginalDefinition);

    private Iteration DescribeDelegate(IAnonymousFunctionOperation lambda, IInvocationOperation call)
    {
        IOperation? source = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && _vocabulary.IsSource(parameter.OriginalDefinition))
                source = argument.Value;
        }

        source ??= call.Instance;
        ImmutableArray<ISymbol> elements = [.. lambda.Symbol.Parameters.Where(static parameter => parameter.Type.Name != nameof(CancellationToken))];
        Exemption nature = StopsEarly(call) ? Exemption.Search : Exemption.None;
        int? count = null;
        if (nature == Exemption.None && source is not null)
            (nature, count) = _natures.OfSource(source);
        return new Iteration(call, lambda, source, elements, nature, count);
    }

    /// <summary>The operator leaves at the first hit, or feeds one that does without making the whole result first.</summary>
    private bool StopsEarly(IInvocationOperation call) =>
        _vocabulary.StopsEarly(call.TargetMethod)
        || (call.Type?.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
            && call.Parent is IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation consumer }
            && _vocabulary.IsSource(parameter.OriginalDefinition)
            && _vocabulary.StopsEarly(consumer.TargetMethod));

    /// <summary>Headers differ: a foreach source and the initializers of a for run once.</summary>
    private static bool RunsInEveryPass(ILoopOperation loop, IOperation child) => loop switch
    {
        IForEachLoopOperation each => child != each.Collection,
        IForLoopOperation counting => !counting.Before.Contains(child),
        _ => true,
    };
}
