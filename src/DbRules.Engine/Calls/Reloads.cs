using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// Tells a call that gets an element once more because it came without what belongs to it: <c>if (order.Lines is null) order = Get(order.Id);</c>. Where the elements bring it, nothing
/// is sent.
/// </summary>
internal static class Reloads
{
    /// <summary>Whether a call, given the key of the element, returns an object of the element's type, and runs only where something that the element refers to is missing.</summary>
    public static bool IsReload(OwnCall call, Iteration iteration)
    {
        if (call.Method is not { ReturnType: var returned })
            return false;
        foreach (ISymbol element in iteration.Elements)
        {
            if (Operations.TypeOf(element) is { TypeKind: TypeKind.Class } type
                && SymbolEqualityComparer.Default.Equals(Tasks.ResultOf(returned), type)
                && call.Arguments.Any(argument => IsKeyOf(element, type, argument.Value)))
            {
                var tests = new ResultTests(value => IsObjectOf(element, value));
                return Guards.Of(call.Operation).Any(guard => SaysMissing(guard.Condition, guard.Holds, tests));
            }
        }

        return false;
    }

    private static bool IsKeyOf(ISymbol element, ITypeSymbol type, IOperation value) =>
        Operations.Unwrap(value) is IMemberReferenceOperation { Member.Name: var name, Instance: { } owner }
        && (name == "Id" || name == type.Name + "Id")
        && SymbolEqualityComparer.Default.Equals(Operations.Referenced(owner), element);

    /// <summary>An object or a collection that a member of the element holds.</summary>
    private static bool IsObjectOf(ISymbol element, IOperation value) =>
        value is IMemberReferenceOperation { Type: { IsReferenceType: true, SpecialType: not SpecialType.System_String }, Instance: { } owner }
        && SymbolEqualityComparer.Default.Equals(Operations.Referenced(owner), element);

    /// <summary>Whether a condition, as it turned out, says so on every way: <c>order.Lines == null || order.Lines.Count == 0</c>.</summary>
    private static bool SaysMissing(IOperation condition, bool holds, ResultTests tests)
    {
        IOperation test = Operations.Unwrap(condition);
        if (test is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
            return SaysMissing(not.Operand, !holds, tests);
        if (test is not IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both)
            return tests.HitWhenTrue(test) is { } hit && hit != holds;
        bool left = SaysMissing(both.LeftOperand, holds, tests);
        bool right = SaysMissing(both.RightOperand, holds, tests);
        return (both.OperatorKind == BinaryOperatorKind.ConditionalAnd) == holds ? left || right : left && right;
    }
}
