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
    /// The iterations around an operation, innermost first. A delegate that runs per element of its call's source is one of them; a lambda that
    /// its call runs once is passed through; any other lambda and every local function ends the search, since nobody here knows when they run.
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
                    if (Operations.ArgumentOf(lambda) is not { Parameter: { } parameter, Parent: IInvocationOperation call })
                        yield break;
                    if (RunsPerElement(parameter))
                        yield return DescribeDelegate(lambda, lambda.Symbol, call);
                    else if (!RunsOnce(parameter))
                        yield break;
                    parent = call;
                    break;

                // A method or a variable that is handed to the operator; a lambda is met above.
                case IArgumentOperation { Parameter: { } given, Parent: IInvocationOperation taker } when IsDelegateItself(operation, child) && RunsPerElement(given):
                    yield return DescribeDelegate(child, (operation as IMethodReferenceOperation)?.Method, taker);
                    parent = taker;
                    break;

                case ILocalFunctionOperation:
                    yield break;
            }
        }
    }

    /// <summary>
    /// The function that an operation is part of: the innermost lambda or local function around it, but for lambdas that the call they are given to
    /// runs on the spot. Null for the member's own body.
    /// </summary>
    public IOperation? FunctionAround(IOperation operation)
    {
        IOperation? function = Operations.EnclosingFunction(operation);
        while (function is IAnonymousFunctionOperation lambda
            && Operations.ArgumentOf(lambda) is { Parameter: { } parameter }
            && (RunsPerElement(parameter) || RunsOnce(parameter) || _vocabulary.RunsOnMiss(parameter.OriginalDefinition)))
        {
            function = Operations.EnclosingFunction(function);
        }

        return function;
    }

    private bool RunsPerElement(IParameterSymbol parameter) => _vocabulary.RunsPerElement(parameter.OriginalDefinition);

    private bool RunsOnce(IParameterSymbol parameter) => _vocabulary.RunsOnce(parameter.OriginalDefinition);

    private static bool IsDelegateItself(IOperation operation, IOperation argument) =>
        operation == argument || (argument is IDelegateCreationOperation creation && creation.Target == operation);

    private Iteration DescribeDelegate(IOperation body, IMethodSymbol? function, IInvocationOperation call)
    {
        IOperation? source = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && _vocabulary.IsSource(parameter.OriginalDefinition))
                source = argument.Value;
        }

        source ??= call.Instance;
        while (source is IConversionOperation { IsImplicit: true } conversion)
            source = conversion.Operand;
        ImmutableArray<ISymbol> elements = function is null ? [] : [.. function.Parameters.Where(static parameter => parameter.Type.Name != nameof(CancellationToken))];
        Exemption nature = StopsEarly(call) ? Exemption.Search : Exemption.None;
        int? count = null;
        if (nature == Exemption.None && source is not null)
            (nature, count) = _natures.OfSource(source);
        return new Iteration(call, body, source, elements, nature, count);
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
