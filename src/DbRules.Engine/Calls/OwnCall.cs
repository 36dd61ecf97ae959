using System.Collections.Immutable;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// One place where a body runs other code under analysis: a method, constructor, accessor, operator, local function or delegate. What that code
/// does to a store is another question. Instances belong to one body and are shared by all rules.
/// </summary>
public sealed class OwnCall
{
    private static readonly string[] CacheVerbs = ["GetOrAdd", "GetOrCreate", "GetOrSet", "GetOrLoad", "GetOrFetch"];

    /// <summary>Of a call that nothing can repeat.</summary>
    private static readonly Tuple<int, Repetition> Once = Tuple.Create(0, Repetition.Once);

    /// <summary>Of a call that something may repeat; whether it does has not been asked.</summary>
    private static readonly Tuple<int, Repetition> Perhaps = Tuple.Create(int.MinValue, Repetition.Once);

    /// <summary>For the size of small sequences that was asked for last; null before anything was asked.</summary>
    private Tuple<int, Repetition>? _repetition;

    internal OwnCall(BodyFacts body, OwnCallSite site)
    {
        Body = body;
        Operation = site.Operation;
        Method = site.Method;
    }

    /// <summary>The body that the call stands in.</summary>
    public BodyFacts Body { get; }

    /// <summary>The call, member access, operator or object creation; a delegate that an operator runs per element is the argument's value.</summary>
    public IOperation Operation { get; }

    /// <summary>The member that is called, as the code names it; null for a delegate.</summary>
    public IMethodSymbol? Method { get; }

    /// <summary>The delegate that runs, when no member is named; null otherwise.</summary>
    public IOperation? Delegate => Method is not null ? null : Operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } invoked } ? invoked : Operation;

    /// <summary>The object that the member is called on; the first argument of an extension method. Null for static members, constructors and delegates.</summary>
    public IOperation? Receiver => Operation switch
    {
        IInvocationOperation call when Method is not null => Operations.Receiver(call),
        IPropertyReferenceOperation property => property.Instance,
        IMethodReferenceOperation method => method.Instance,
        _ => null,
    };

    /// <summary>What is handed to the member.</summary>
    public ImmutableArray<IArgumentOperation> Arguments => Operation switch
    {
        IInvocationOperation call => call.Arguments,
        IObjectCreationOperation creation => creation.Arguments,
        IPropertyReferenceOperation indexer => indexer.Arguments,
        _ => [],
    };

    /// <summary>Whether a delegate is among the arguments.</summary>
    internal bool HandsOverDelegate
    {
        get
        {
            foreach (IArgumentOperation argument in Arguments)
            {
                if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether an override or implementation of the member may run instead of it.</summary>
    public bool IsVirtual => Operation switch
    {
        IInvocationOperation call => call.IsVirtual,
        IMethodReferenceOperation reference => reference.IsVirtual,
        IPropertyReferenceOperation { Instance: { } instance, Property: var property } =>
            (property.IsVirtual || property.IsAbstract || property.IsOverride) && instance.Syntax is not BaseExpressionSyntax,
        _ => false,
    };

    /// <summary>Whether the member, by its name, is one of a cache: a delegate that it takes runs only when the cache does not hold the key.</summary>
    internal bool IsCacheAccess => Method is { Name: var name } && CacheVerbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal));

    /// <summary>What the call does outside of a store, where no code in view says what it runs.</summary>
    internal WorkOutside OutsideIfUnseen => Body.OutsideIfUnseen(Method);

    /// <summary>The member's own name; a constructor's is its type's, an operator's or a delegate's its source text.</summary>
    public string Name => Method switch
    {
        { MethodKind: MethodKind.Constructor } => Method.ContainingType.Name,
        { AssociatedSymbol: { } property } => property.Name,
        { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ReducedExtension or MethodKind.ExplicitInterfaceImplementation } => Method.Name,
        _ => CodeText.Short((Delegate ?? Operation).Syntax),
    };

    /// <summary>Where to report: the member's name.</summary>
    public Location Location => (Operation.Syntax switch
    {
        InvocationExpressionSyntax call => CodeText.NameOf(call),
        MemberAccessExpressionSyntax { Name.Identifier: var name } => name,
        ObjectCreationExpressionSyntax { Type: var type } => type,
        { } other => (SyntaxNodeOrToken)other,
    }).GetLocation()!;

    /// <summary>A cheap first question: false when nothing can repeat the call in its function.</summary>
    public bool MayRepeat
    {
        get
        {
            Tuple<int, Repetition>? known = _repetition;
            if (known is null)
                _repetition = known = Method is null || Operation is IMethodReferenceOperation || Iterations.MayRepeat(Operation) ? Perhaps : Once;
            return known != Once;
        }
    }

    /// <summary>Whether code around the call in its function goes over something, whatever that means for the call.</summary>
    public bool IsInIteration => MayRepeat && Body.IsInIteration(Operation);

    /// <summary>How often the call runs: the iteration that repeats it for each element, or why none does.</summary>
    /// <param name="smallSequence">Loops over at most this many elements that the code itself lists do not count.</param>
    public Repetition RepetitionBeyond(int smallSequence)
    {
        if (!MayRepeat)
            return Repetition.Once;
        Tuple<int, Repetition>? known = _repetition;
        if (known?.Item1 != smallSequence)
            _repetition = known = Tuple.Create(smallSequence, Body.RepetitionOf(this, smallSequence));
        return known.Item2;
    }
}

/// <summary>A place that runs other code under analysis, before anything about it is worked out.</summary>
internal readonly record struct OwnCallSite(IOperation Operation, IMethodSymbol? Method);
