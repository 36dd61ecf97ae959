using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Which outcomes of a condition prove that a cache did not hold what an operation in an iteration then fetches.</summary>
internal sealed class Misses(IFlowVocabulary vocabulary, Origins origins, IOperation operation, Iteration iteration)
{
    /// <summary>Locals on the way from a variable of the body to the element. More are not followed, so circular code ends.</summary>
    private const int LongestChain = 16;

    /// <summary>Whether the condition having this outcome means a miss. <paramref name="scope"/> is the code that then runs.</summary>
    public bool IsMiss(IOperation condition, bool outcome, IOperation scope)
    {
        IOperation test = Operations.Unwrap(condition);
        switch (test)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return IsMiss(not.Operand, !outcome, scope);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                bool bothHold = (both.OperatorKind == BinaryOperatorKind.ConditionalAnd) == outcome;
                return IsMiss(both.LeftOperand, outcome, scope)
                    ? bothHold || IsMiss(both.RightOperand, outcome, scope) || IsAboutCached(both.RightOperand)
                    : bothHold && IsMiss(both.RightOperand, outcome, scope);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compare:
                bool isEqual = (compare.OperatorKind == BinaryOperatorKind.Equals) == outcome;
                if (Conditions.IsNull(compare.LeftOperand))
                    return isEqual && IsMissWhenNull(compare.RightOperand);
                return IsMissWhen(compare.LeftOperand, compare.RightOperand, isEqual, scope);
            case IIsPatternOperation pattern:
                return IsMissWhen(pattern.Value, pattern.Pattern, outcome, scope);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan, LeftOperand: var count } compare when IsZero(compare.RightOperand):
                return !outcome && IsEmptyStore(CountedBy(count), scope);
            case IInvocationOperation or IInvalidOperation when !outcome && Asks(test):
                return true;
            case IInvocationOperation call:
                return !outcome && IsOfSequences(call.TargetMethod, nameof(Enumerable.Any)) && call.Arguments.Length == 1 && IsEmptyStore(Operations.Receiver(call), scope);
            case IPropertyReferenceOperation when Conditions.AskedForValue(test) is { } held:
                return !outcome && IsMissWhenNull(held);
            case IPropertyReferenceOperation { Property.Name: "IsEmpty", Instance: { } held } when outcome && IsEmptyStore(held, scope):
                return true;
            case ILocalReferenceOperation { Local: var flag } when origins.SingleValue(flag) is (IInvocationOperation or IInvalidOperation) and var call:
                return !outcome && Asks(call);
            default:
                return IsTurnedOff(test, outcome, scope);
        }
    }

    /// <summary>Whether null means a miss: a read of a cache, or a variable that outlives the pass and gets what the operation fetches.</summary>
    public bool IsMissWhenNull(IOperation value) => ReadsCache(value) || (!IsFresh(value) && IsFilledByOperation(value));

    /// <summary>Whether <c>target ??= ...</c> fetches only what no earlier pass has left there.</summary>
    public bool Fills(IOperation target) => ReadsCache(target) || !IsFresh(target);

    private bool IsMissWhen(IOperation value, IPatternOperation pattern, bool matches, IOperation scope) => pattern switch
    {
        INegatedPatternOperation not => IsMissWhen(value, not.Pattern, !matches, scope),
        IConstantPatternOperation constant => IsMissWhen(value, constant.Value, matches, scope),
        IDeclarationPatternOperation or IRecursivePatternOperation or ITypePatternOperation => !matches && IsMissWhenNull(value),
        _ => false,
    };

    private bool IsMissWhen(IOperation value, IOperation constant, bool isEqual, IOperation scope)
    {
        if (Conditions.IsNull(constant))
            return isEqual && IsMissWhenNull(value);
        if (IsZero(constant))
            return isEqual && IsEmptyStore(CountedBy(value), scope);
        return Operations.Unwrap(constant).ConstantValue is { HasValue: true, Value: bool expected } && IsMiss(value, expected == isEqual, scope);
    }

    /// <summary>
    /// A collection that the object, or the class, keeps and that the code behind the test fills as a whole, or that is called a cache: it is loaded once and not again.
    /// </summary>
    private bool IsEmptyStore(IOperation? collection, IOperation scope) =>
        collection is not null
        && Operations.Unwrap(collection) is IMemberReferenceOperation { Member: var member, Instance: null or IInstanceReferenceOperation } held
        && (CacheNames.Contains(member.Name) || (Sequences.IsSequence(held.Type) && Operations.Any(scope, part => Fills(part, member))));

    private static bool Fills(IOperation part, ISymbol member) => part switch
    {
        IAssignmentOperation assignment => SymbolEqualityComparer.Default.Equals(Operations.Referenced(assignment.Target), member),
        IInvocationOperation { Instance: { } instance, TargetMethod.Name: "Add" or "AddRange" or "TryAdd" } => SymbolEqualityComparer.Default.Equals(Operations.Referenced(instance), member),
        _ => false,
    };

    /// <summary>The collection whose elements an expression counts; null when it counts none.</summary>
    private static IOperation? CountedBy(IOperation count) => Operations.Unwrap(count) switch
    {
        IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } held } => held,
        IInvocationOperation { Arguments.Length: 1 } call when IsOfSequences(call.TargetMethod, nameof(Enumerable.Count)) => Operations.Receiver(call),
        _ => null,
    };

    private static bool IsOfSequences(IMethodSymbol method, string name) => method.Name == name && method.ContainingType is { Name: nameof(Enumerable), ContainingNamespace.Name: nameof(System.Linq) };

    private static bool IsZero(IOperation operation) => Operations.Unwrap(operation).ConstantValue is { HasValue: true, Value: 0 };

    private bool ReadsCache(IOperation value) => Operations.Unwrap(value) switch
    {
        ILocalReferenceOperation { Local: var local } => IsFilledByCache(local),
        IConditionalAccessOperation access => ReadsCache(access.Operation),
        { } answer => Asks(answer),
    };

    /// <summary>Whether a value is what a cache answers.</summary>
    private bool Asks(IOperation value) => value switch
    {
        IInvocationOperation call when vocabulary.ProbesCache(call.TargetMethod) => true,
        IInvocationOperation or IInvalidOperation when CacheNames.IsAsked(value) => true,
        _ => CacheNames.IsOwnAnswer(value),
    };

    private bool IsFilledByCache(ILocalSymbol local, int depth = 0)
    {
        foreach (Assignment assignment in origins.Of(local))
        {
            IOperation? source = assignment.Value is { } value ? Operations.Unwrap(value) : assignment.Site.Parent;
            if (source is ILocalReferenceOperation { Local: var other } ? depth < LongestChain && IsFilledByCache(other, depth + 1) : source is not null && Asks(source))
                return true;
        }

        return false;
    }

    /// <summary>A second reason to fetch again lies in what the cache gave: <c>|| entry.IsExpired</c>.</summary>
    private bool IsAboutCached(IOperation condition) =>
        Operations.Any(condition, part => part is ILocalReferenceOperation { Local: var local } && IsFilledByCache(local));

    private bool IsFilledByOperation(IOperation variable)
    {
        if (Operations.Referenced(variable) is not { } symbol)
            return false;
        foreach (Assignment assignment in origins.Of(symbol))
        {
            if (assignment.Value is { } value && (Operations.IsInside(operation, value) || Operations.IsInside(operation, origins.Resolve(value))))
                return true;
        }

        return false;
    }

    /// <summary>
    /// A flag that the code behind the condition turns for good: <c>if (first) { first = false; ... }</c>. Later passes do not come here again.
    /// </summary>
    private bool IsTurnedOff(IOperation flag, bool outcome, IOperation scope)
    {
        if (flag.Type?.SpecialType != SpecialType.System_Boolean || Operations.Referenced(flag) is not { } symbol || IsFresh(flag))
            return false;
        bool turned = false;
        foreach (Assignment assignment in origins.Of(symbol))
        {
            if (!iteration.Repeats(assignment.Site))
                continue;
            if (assignment.Value?.ConstantValue is not { HasValue: true, Value: bool value } || value == outcome)
                return false;
            turned |= RunsWith(assignment.Site, scope);
        }

        return turned;
    }

    /// <summary>No condition or loop stands between a piece of code and a part of it.</summary>
    private static bool RunsWith(IOperation part, IOperation scope)
    {
        IOperation? parent = part;
        while (parent is not null && parent != scope && (parent == part || parent is IExpressionStatementOperation or IBlockOperation or ITryOperation or IUsingOperation))
            parent = parent.Parent;
        return parent == scope;
    }

    /// <summary>Something that starts anew in every pass remembers nothing: a local of the body, or a member of the element.</summary>
    private bool IsFresh(IOperation variable, int depth = 0)
    {
        IOperation target = Operations.Unwrap(variable);
        if (Operations.RootSymbol(target) is not { } root || depth > LongestChain)
            return false;
        if (iteration.Elements.Contains(root, SymbolEqualityComparer.Default) || IsMemberOfCountedElement(target))
            return true;
        if (root is not ILocalSymbol local || !IsDeclaredInBody(local))
            return false;
        if (target is ILocalReferenceOperation && depth == 0)
            return true;
        return origins.SingleValue(local) is not { } value
            || value is IObjectCreationOperation or ICollectionExpressionOperation or IArrayCreationOperation
            || IsCountedElement(value)
            || IsFresh(value, depth + 1);
    }

    /// <summary><c>orders[i].Customer</c> in a loop that counts <c>i</c>.</summary>
    private bool IsMemberOfCountedElement(IOperation target)
    {
        while (target is IMemberReferenceOperation { Instance: { } instance })
        {
            target = Operations.Unwrap(instance);
            if (IsCountedElement(target))
                return true;
        }

        return false;
    }

    private bool IsCountedElement(IOperation value) => iteration.Operation is not IForEachLoopOperation && value switch
    {
        IArrayElementReferenceOperation element => element.Indices.Any(IsElement),
        IPropertyReferenceOperation indexer => indexer.Arguments.Any(argument => IsElement(argument.Value)),
        _ => false,
    };

    private bool IsElement(IOperation index) => Operations.Referenced(index) is { } symbol && iteration.Elements.Contains(symbol, SymbolEqualityComparer.Default);

    private bool IsDeclaredInBody(ILocalSymbol local)
    {
        foreach (SyntaxReference reference in local.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == iteration.Body.Syntax.SyntaxTree && iteration.Body.Syntax.Span.Contains(reference.Span))
                return true;
        }

        return false;
    }
}
