using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Finds the iterations that an operation runs in, within its nearest function body.</summary>
public sealed class Iterations
{
    private readonly LoopNatures _natures;
    private readonly IFlowVocabulary _vocabulary;
    // Every call in a loop asks for it again.
    private readonly SmallTable<ILoopOperation, Iteration> _loops = new();

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
        for ((IOperation Place, IInvocationOperation? Call)? next = NextAround(operation, operation); next is var (place, call); next = NextAround(operation, call ?? place))
        {
            yield return place switch
            {
                ILoopOperation loop => _loops.GetOrAdd(loop, _natures, static (loop, natures) => natures.Describe(loop)),
                IAnonymousFunctionOperation lambda => DescribeDelegate(lambda, lambda.Symbol, call!),
                _ => DescribeDelegate(place, (operation as IMethodReferenceOperation)?.Method, call!),
            };
        }
    }

    /// <summary>Whether <see cref="Around"/> finds any, without a description of it.</summary>
    public bool AnyAround(IOperation operation) => NextAround(operation, operation) is not null;

    /// <summary>The next iteration around a place on the way out from an operation: a loop, or what is handed to a call that runs it per element. Null when there is none.</summary>
    private (IOperation Place, IInvocationOperation? Call)? NextAround(IOperation operation, IOperation inside)
    {
        IOperation child = inside;
        for (IOperation? parent = inside.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ILoopOperation loop when RunsInEveryPass(loop, child):
                    return (loop, null);

                case IAnonymousFunctionOperation lambda:
                    if (Operations.ArgumentOf(lambda) is not { Parameter: { } parameter, Parent: IInvocationOperation call })
                        return null;
                    if (RunsPerElement(parameter))
                        return (lambda, call);
                    if (!RunsOnce(parameter))
                        return null;
                    parent = call;
                    break;

                // A method or a variable that is handed to the operator; a lambda is met above.
                case IArgumentOperation { Parameter: { } given, Parent: IInvocationOperation taker } when IsDelegateItself(operation, child) && RunsPerElement(given):
                    return (child, taker);

                case ILocalFunctionOperation:
                    return null;
            }
        }

        return null;
    }

    /// <summary>A cheap first question: whether a loop or a lambda stands around an operation in its function. False means that nothing repeats it.</summary>
    public static bool MayRepeat(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not (null or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ILoopOperation or IAnonymousFunctionOperation)
                return true;
        }

        return false;
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
