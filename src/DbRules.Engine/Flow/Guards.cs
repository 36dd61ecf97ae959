using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>What is known where an operation runs: a condition that was tested before holds, or does not.</summary>
/// <param name="Condition">The condition, which is no negation and is not joined from others.</param>
/// <param name="Holds">Whether it holds.</param>
internal readonly record struct Guard(IOperation Condition, bool Holds);

/// <summary>Whether what the code tests lets two operations of one function run together.</summary>
internal static class Guards
{
    /// <summary>
    /// Whether two operations never both run because of what is tested for each: <c>if (order is null) { first } .. if (order is not null) { second }</c>. What changes the tested
    /// variables in between counts; what other code does to the members of an object does not.
    /// </summary>
    /// <param name="first">The operation that runs earlier.</param>
    /// <param name="second">The later one, in the same pass of the loops around both.</param>
    /// <param name="origins">Where values of the body come from.</param>
    public static bool Exclude(IOperation first, IOperation second, Origins origins)
    {
        List<Guard> ofSecond = [.. Of(second)];
        return ofSecond.Count > 0 && Of(first).Any(guard => ofSecond.Exists(other =>
            guard.Condition != other.Condition && Test.Of(guard).Excludes(Test.Of(other)) && !MayChange(guard.Condition, other.Condition, origins)));
    }

    /// <summary>
    /// What is known where an operation runs, innermost first: the tests of the <c>if</c> and <c>?:</c> around it, and of those before it that leave, each part of <c>&amp;&amp;</c>
    /// that holds and of <c>||</c> that does not by itself.
    /// </summary>
    public static IEnumerable<Guard> Of(IOperation operation)
    {
        for (IOperation child = operation; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
        {
            if (parent is IConditionalOperation choice && choice.Condition != child)
            {
                foreach (Guard guard in PartsOf(choice.Condition, choice.WhenTrue == child))
                    yield return guard;
            }
            else if (parent is IBlockOperation block)
            {
                foreach (IOperation before in block.Operations)
                {
                    if (before == child)
                        break;
                    if (before is not IConditionalOperation { WhenFalse: null } exit || !Conditions.Jumps(exit.WhenTrue))
                        continue;
                    foreach (Guard guard in PartsOf(exit.Condition, false))
                        yield return guard;
                }
            }
        }
    }

    /// <summary>The variables and members that are null where a condition holds, or does not, as far as it tests them itself.</summary>
    public static IEnumerable<ISymbol> NullWhere(IOperation condition, bool holds = true)
    {
        foreach (Guard guard in PartsOf(condition, holds))
        {
            if (Test.Of(guard) is { Sign: BinaryOperatorKind.Equals, With: null, Holds: true, Tested: var tested } && Operations.Referenced(tested) is { } symbol)
                yield return symbol;
        }
    }

    /// <summary>Whether the conditional successor of a block is taken where a local is not null; null where that does not tell.</summary>
    public static bool? TakesConditional(BasicBlock block, ISymbol notNull)
    {
        if (block.BranchValue is not { } condition || block.ConditionKind == ControlFlowConditionKind.None)
            return null;
        foreach (Guard guard in PartsOf(condition, true))
        {
            if (Test.Of(guard) is { Sign: BinaryOperatorKind.Equals, With: null, Tested: ILocalReferenceOperation { Local: var tested }, Holds: var isNull } && SymbolEqualityComparer.Default.Equals(tested, notNull))
                return isNull != (block.ConditionKind == ControlFlowConditionKind.WhenTrue);
        }

        return null;
    }

    /// <summary>The flag that a condition asks for, and what it has to be: <c>isOpen == false</c> asks for <c>isOpen</c>. Any other condition as it is.</summary>
    public static Guard FlagOf(Guard guard) => Test.Of(guard) is { Sign: BinaryOperatorKind.None, Tested: var tested, Holds: var holds } ? new Guard(tested, holds) : guard;

    /// <summary>A condition without the negations around it.</summary>
    private static Guard PartOf(IOperation condition, bool holds)
    {
        IOperation part = Operations.Unwrap(condition);
        while (part is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
        {
            holds = !holds;
            part = Operations.Unwrap(not.Operand);
        }

        return new Guard(part, holds);
    }

    /// <summary>The parts of a condition that each are what they are where the condition holds, or does not: those of <c>&amp;&amp;</c> that holds and of <c>||</c> that does not.</summary>
    public static IEnumerable<Guard> PartsOf(IOperation condition, bool holds)
    {
        var pending = new Stack<Guard>();
        pending.Push(new Guard(condition, holds));
        while (pending.Count > 0)
        {
            Guard joint = pending.Pop();
            Guard guard = PartOf(joint.Condition, joint.Holds);
            BinaryOperatorKind joins = guard.Holds ? BinaryOperatorKind.ConditionalAnd : BinaryOperatorKind.ConditionalOr;
            if (guard.Condition is IBinaryOperation joined && joined.OperatorKind == joins)
            {
                pending.Push(new Guard(joined.RightOperand, guard.Holds));
                pending.Push(new Guard(joined.LeftOperand, guard.Holds));
            }
            else
            {
                yield return guard;
            }
        }
    }

    /// <summary>Whether anything that the tests look at is assigned between them.</summary>
    private static bool MayChange(IOperation earlier, IOperation later, Origins origins) => Operations.Any(later, part => Operations.Referenced(part) is { } symbol
        && origins.Of(symbol).Any(assignment => assignment.Site.Syntax.SpanStart >= earlier.Syntax.Span.End && assignment.Site.Syntax.SpanStart < later.Syntax.SpanStart));

    /// <summary>A test in one spelling: <c>x is not null</c>, <c>x != null</c> and <c>x.HasValue</c> say the same.</summary>
    /// <param name="Tested">What is tested, or the left side of a comparison.</param>
    /// <param name="Sign">How it is compared; <see cref="BinaryOperatorKind.None"/> where the expression itself is the test.</param>
    /// <param name="With">What it is compared with; null for the constant null, and where nothing is compared.</param>
    /// <param name="Holds">Whether the test holds.</param>
    private readonly record struct Test(IOperation Tested, BinaryOperatorKind Sign, IOperation? With, bool Holds)
    {
        public static Test Of(Guard guard) => guard.Condition switch
        {
            IBinaryOperation comparison => OfComparison(comparison, guard.Holds),
            IIsPatternOperation { Value: var value, Pattern: var pattern } => OfPattern(guard, value, pattern),
            IIsTypeOperation { ValueOperand: var value, IsNegated: var isNegated } when guard.Holds != isNegated => NotNull(value),
            IPropertyReferenceOperation when Conditions.AskedForValue(guard.Condition) is { } value => Null(value, !guard.Holds),
            _ => new Test(guard.Condition, BinaryOperatorKind.None, null, guard.Holds),
        };

        public bool Excludes(Test other)
        {
            if (Sign != other.Sign || !AreSame(Tested, other.Tested))
                return false;
            if (With is null ? other.With is null : other.With is not null && AreSame(With, other.With))
                return Holds != other.Holds;
            // One value is not two.
            return Sign == BinaryOperatorKind.Equals && Holds && other.Holds && IsConstant(With) && IsConstant(other.With);
        }

        private static Test OfComparison(IBinaryOperation comparison, bool holds)
        {
            IOperation left = Operations.Unwrap(comparison.LeftOperand);
            IOperation right = Operations.Unwrap(comparison.RightOperand);
            switch (comparison.OperatorKind)
            {
                case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals:
                    bool isEqual = holds == (comparison.OperatorKind == BinaryOperatorKind.Equals);
                    return left.ConstantValue.HasValue ? Equal(right, left, isEqual) : Equal(left, right, isEqual);
                case BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThanOrEqual:
                    return new Test(left, BinaryOperatorKind.LessThan, right, holds == (comparison.OperatorKind == BinaryOperatorKind.LessThan));
                case BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan:
                    return new Test(left, BinaryOperatorKind.LessThanOrEqual, right, holds == (comparison.OperatorKind == BinaryOperatorKind.LessThanOrEqual));
                default:
                    return new Test(comparison, BinaryOperatorKind.None, null, holds);
            }
        }

        private static Test OfPattern(Guard guard, IOperation value, IPatternOperation pattern)
        {
            bool holds = guard.Holds;
            IPatternOperation current = pattern;
            while (current is INegatedPatternOperation { Pattern: var inner })
            {
                holds = !holds;
                current = inner;
            }

            return current switch
            {
                IConstantPatternOperation { Value: var constant } => Equal(Operations.Unwrap(value), Operations.Unwrap(constant), holds),
                IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true, DeconstructSymbol: null } any when IsSameType(any.MatchedType, value) => Null(value, !holds),
                IDeclarationPatternOperation { MatchesNull: false } or ITypePatternOperation or IRecursivePatternOperation when holds => NotNull(value),
                _ => new Test(guard.Condition, BinaryOperatorKind.None, null, guard.Holds),
            };
        }

        private static bool IsSameType(ITypeSymbol matched, IOperation value) =>
            SymbolEqualityComparer.Default.Equals(matched, value.Type)
            || (value.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var held] } && SymbolEqualityComparer.Default.Equals(matched, held));

        private static Test NotNull(IOperation value) => Null(value, false);

        private static Test Null(IOperation value, bool isNull) => new(Operations.Unwrap(value), BinaryOperatorKind.Equals, null, isNull);

        private static Test Equal(IOperation tested, IOperation with, bool isEqual) => with.ConstantValue is { HasValue: true, Value: bool value } && tested.Type?.SpecialType == SpecialType.System_Boolean
            ? Of(PartOf(tested, value == isEqual))
            : new Test(tested, BinaryOperatorKind.Equals, Conditions.IsNull(with) ? null : with, isEqual);

        private static bool IsConstant(IOperation? with) => with is null || with.ConstantValue.HasValue;

        private static bool AreSame(IOperation one, IOperation other) => SameExpressions.AreSame(one, other, static _ => false);
    }
}
