using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>How conditions test the result of one operation, or another value: something found is a hit; null, zero, false and empty are misses.</summary>
internal sealed class ResultTests
{
    private readonly IOperation? _operation;
    private readonly ILocalSymbol? _holder;
    private readonly Func<IOperation, bool> _isTested;
    private readonly (ILocalSymbol Local, IOperation Value)? _verdict;
    private readonly bool _isGathered;

    public ResultTests(IOperation operation)
    {
        _operation = operation;
        _holder = Holder(operation);
        _isTested = value => value == operation || IsHeld(value);
        _verdict = _holder is null ? Verdict(operation) : null;
    }

    /// <summary>How conditions test the values that a question picks out.</summary>
    public ResultTests(Func<IOperation, bool> isTested) => _isTested = isTested;

    private ResultTests(ILocalSymbol gathered)
    {
        _holder = gathered;
        _isTested = IsHeld;
        _isGathered = true;
    }

    /// <summary>How conditions test whether anything is in the collections that a loop gathers the results of the operation in.</summary>
    public IEnumerable<ResultTests> OfGathered(ILoopOperation loop) =>
        _operation is null ? [] : GatheredResults.Of(_operation, _holder, loop).Select(static gathered => new ResultTests(gathered));

    /// <summary>Whether an expression is the local that the result goes into.</summary>
    public bool IsHeld(IOperation value) =>
        _holder is not null && value is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, _holder);

    /// <summary>True when the condition holds on a hit, false when it holds on a miss, null when it does not test the result.</summary>
    public bool? HitWhenTrue(IOperation condition)
    {
        IOperation test = Operations.Unwrap(condition);
        switch (test)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return !HitWhenTrue(not.Operand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and:
                return HitWhenTrue(and.LeftOperand) ?? HitWhenTrue(and.RightOperand);
            case IBinaryOperation compare:
                return HitWhenCompared(compare);
            case IIsPatternOperation pattern when IsResult(pattern.Value):
                return HitWhenMatched(pattern.Pattern);
            case IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", Arguments: [{ Value: { } text }] } when IsResult(text):
                return false;
            case ILocalReferenceOperation { Local: var local } when _verdict is { } verdict && SymbolEqualityComparer.Default.Equals(local, verdict.Local):
                return HitWhenTrue(verdict.Value);
            default:
                return IsResult(test) ? true : null;
        }
    }

    private bool? HitWhenCompared(IBinaryOperation compare)
    {
        BinaryOperatorKind kind = compare.OperatorKind;
        IOperation other = compare.RightOperand;
        if (!IsResult(compare.LeftOperand))
        {
            if (!IsResult(compare.RightOperand))
                return null;
            other = compare.LeftOperand;
            kind = Mirrored(kind);
        }

        // Code that gathers until it has enough looks for more than one thing.
        if (_isGathered && !SaysAny(kind, other))
            return null;
        return kind switch
        {
            BinaryOperatorKind.Equals => !Conditions.IsNothing(other),
            BinaryOperatorKind.NotEquals => Conditions.IsNothing(other),
            BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => true,
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual => false,
            _ => null,
        };
    }

    /// <summary>Whether a comparison tells something from nothing: <c>found.Count > 0</c>, <c>found.Count >= 1</c>, <c>found.Any() == true</c>.</summary>
    private static bool SaysAny(BinaryOperatorKind kind, IOperation other) => Operations.Unwrap(other).ConstantValue switch
    {
        { HasValue: true, Value: bool } => true,
        { HasValue: true, Value: 1 } => kind is BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan,
        _ => Conditions.IsNothing(other),
    };

    private static bool HitWhenMatched(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation not => !HitWhenMatched(not.Pattern),
        IConstantPatternOperation constant => !Conditions.IsNothing(constant.Value),
        IRelationalPatternOperation relation => relation.OperatorKind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual,
        _ => true,
    };

    private static BinaryOperatorKind Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => kind,
    };

    /// <summary>The result, the local that holds it, its size, or the question whether there is any.</summary>
    private bool IsResult(IOperation value)
    {
        IOperation result = Operations.Unwrap(value);
        while (!_isTested(result))
        {
            IOperation? inner = result switch
            {
                IConditionalAccessOperation { Operation: var held, WhenNotNull: var asked } when SizedBy(asked) is { } sized && Operations.Unwrap(sized) is IConditionalAccessInstanceOperation => held,
                _ => SizedBy(result),
            };
            if (inner is null)
                return false;
            result = Operations.Unwrap(inner);
        }

        return true;
    }

    /// <summary>The value whose size an expression asks for, or whether there is any; null for anything else.</summary>
    private IOperation? SizedBy(IOperation value) => value switch
    {
        IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "HasValue", Instance: { } instance } => instance,
        IInvocationOperation { TargetMethod.Name: "Any" or "Count" } call when !_isGathered || call.Arguments.Length == (call.Instance is null ? 1 : 0) => Operations.Receiver(call),
        _ => null,
    };

    /// <summary>The local that keeps what a test of the result has said: <c>var found = Query() > 0;</c>.</summary>
    private static (ILocalSymbol Local, IOperation Value)? Verdict(IOperation operation)
    {
        IOperation? current = operation;
        while (current is not (null or IVariableDeclaratorOperation or IBlockOperation or IAnonymousFunctionOperation))
            current = current.Parent;
        return current is IVariableDeclaratorOperation { Symbol: { Type.SpecialType: SpecialType.System_Boolean } local, Initializer.Value: var value } ? (local, value) : null;
    }

    private static ILocalSymbol? Holder(IOperation operation)
    {
        IOperation current = operation;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IVariableDeclaratorOperation declarator:
                    return declarator.Symbol;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when assignment.Value == current:
                    return target.Local;
                case IConditionalOperation either when either.Condition != current:
                case IConversionOperation or IAwaitOperation or IParenthesizedOperation or IVariableInitializerOperation or IVariableDeclarationOperation:
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" }:
                    current = parent;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
