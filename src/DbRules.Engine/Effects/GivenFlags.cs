using System.Collections.Immutable;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>
/// The constants that a call hands to the <c>bool</c> parameters of a function, and the objects to those that may be null, and what of its code they switch off:
/// <c>Remove(order, save: false)</c>, <c>Save(order, db)</c> of <c>Save(Order order, Db? given = null)</c>.
/// </summary>
/// <param name="True">The parameters that are true, one bit for each ordinal.</param>
/// <param name="False">Those that are false.</param>
/// <param name="Objects">Those that are surely not null.</param>
internal readonly record struct GivenFlags(uint True, uint False, uint Objects = 0)
{
    private const int Most = 32;

    public bool IsEmpty => (True | False | Objects) == 0;

    /// <summary>What the arguments of a call say for sure.</summary>
    /// <param name="arguments">The arguments, those that the call leaves to their defaults included.</param>
    /// <param name="caller">The function that the call stands in, which may hand on flags of its own; null when nothing is known of them.</param>
    /// <param name="origins">Where values of the caller's body come from.</param>
    public static GivenFlags In(ImmutableArray<IArgumentOperation> arguments, FlaggedCode? caller, Origins origins)
    {
        GivenFlags given = default;
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.None, Ordinal: < Most and var ordinal } parameter)
                continue;
            if (MayBeNull(parameter))
            {
                if (SureObjects.IsSure(argument.Value, caller, origins))
                    given = given with { Objects = given.Objects | (1u << ordinal) };
            }
            else if (parameter.Type.SpecialType == SpecialType.System_Boolean && (caller ?? FlaggedCode.Unknown).OutcomeOf(argument.Value) is { } value)
            {
                given = value ? given with { True = given.True | (1u << ordinal) } : given with { False = given.False | (1u << ordinal) };
            }
        }

        return given;
    }

    /// <summary>A parameter that says that it may be null: code that takes one asks for it.</summary>
    private static bool MayBeNull(IParameterSymbol parameter) =>
        parameter.Type is { IsReferenceType: true, TypeKind: not TypeKind.Delegate, SpecialType: not SpecialType.System_String }
        && (parameter.NullableAnnotation == NullableAnnotation.Annotated || parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: null });

    /// <summary>Whether a parameter is surely not null.</summary>
    public bool IsObject(int ordinal) => ordinal < Most && (Objects & (1u << ordinal)) != 0;

    /// <summary>What a parameter is; null when nothing is known.</summary>
    public bool? Of(int ordinal) => ordinal >= Most ? null : (True & (1u << ordinal)) != 0 ? true : (False & (1u << ordinal)) != 0 ? false : null;
}

/// <summary>The code of a function that is called with flags.</summary>
internal sealed class FlaggedCode(GivenFlags given, IMethodSymbol? function, Origins? origins)
{
    /// <summary>Code whose parameters may be anything.</summary>
    public static readonly FlaggedCode Unknown = new(default, null, null);

    /// <summary>Whether the flags keep an operation from running: it stands in a branch that they switch off, or behind one that leaves.</summary>
    public bool IsOff(IOperation operation)
    {
        if (given.IsEmpty)
            return false;
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            bool isOff = parent switch
            {
                IConditionalOperation branches => (child == branches.WhenTrue && OutcomeOf(branches.Condition) == false) || (child == branches.WhenFalse && OutcomeOf(branches.Condition) == true),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both => child == both.RightOperand && OutcomeOf(both.LeftOperand) == false,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either => child == either.RightOperand && OutcomeOf(either.LeftOperand) == true,
                ICoalesceOperation coalesce => child == coalesce.WhenNull && IsObject(coalesce.Value),
                ICoalesceAssignmentOperation coalesce => child == coalesce.Value && IsObject(coalesce.Target),
                IBlockOperation block => LeavesBefore(block, child),
                _ => false,
            };
            if (isOff)
                return true;
        }

        return false;
    }

    /// <summary>What a condition is; null when the flags do not decide it.</summary>
    public bool? OutcomeOf(IOperation condition)
    {
        IOperation test = Operations.Unwrap(condition);
        if (test.ConstantValue is { HasValue: true, Value: bool constant })
            return constant;
        switch (test)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return !OutcomeOf(not.Operand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both:
                return Joined(OutcomeOf(both.LeftOperand), OutcomeOf(both.RightOperand), decisive: false);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either:
                return Joined(OutcomeOf(either.LeftOperand), OutcomeOf(either.RightOperand), decisive: true);
            case IParameterReferenceOperation { Parameter: var parameter } when SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function):
                return given.Of(parameter.Ordinal) is { } value && origins?.Of(parameter).Count == 0 ? value : null;
            default:
                return IsNullOf(test, true) ? false : IsNullOf(test, false) ? true : null;
        }
    }

    /// <summary>Whether an expression is a parameter of the function that is surely not null, and that gets another value at most where it is.</summary>
    public bool IsObject(IOperation value) => Operations.Unwrap(value) is IParameterReferenceOperation { Parameter: var parameter } && IsObject(parameter);

    private bool IsObject(IParameterSymbol parameter) =>
        given.IsObject(parameter.Ordinal)
        && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function)
        && origins?.Of(parameter).All(assignment => assignment.Site is ICoalesceAssignmentOperation
            || Guards.Of(assignment.Site).Any(guard => Guards.NullWhere(guard.Condition, guard.Holds).Contains(parameter, SymbolEqualityComparer.Default))) == true;

    /// <summary>A condition that, as it turned out, says that such a parameter is null: it cannot turn out so.</summary>
    private bool IsNullOf(IOperation condition, bool holds) => given.Objects != 0 && Guards.NullWhere(condition, holds).Any(symbol => symbol is IParameterSymbol parameter && IsObject(parameter));

    private bool LeavesBefore(IBlockOperation block, IOperation child)
    {
        foreach (IOperation statement in block.Operations)
        {
            if (statement == child)
                return false;
            if (Leaves(statement))
                return true;
        }

        return false;
    }

    /// <summary>What two conditions say together, of which one with the decisive value is enough.</summary>
    private static bool? Joined(bool? one, bool? other, bool decisive) => one == decisive || other == decisive ? decisive : one is null || other is null ? null : !decisive;

    /// <summary>A statement that, with these flags, surely leaves the block. A <c>goto</c> may come back to it.</summary>
    private bool Leaves(IOperation statement) =>
        statement is IConditionalOperation branches
        && OutcomeOf(branches.Condition) is { } outcome
        && (outcome ? branches.WhenTrue : branches.WhenFalse) is { } taken
        && Conditions.Jumps(taken)
        && Conditions.LastOf(taken) is not IBranchOperation { BranchKind: BranchKind.GoTo };
}
