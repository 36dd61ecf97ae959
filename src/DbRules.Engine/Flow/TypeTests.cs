using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>
/// Tells what a function does for arguments of one type only: <c>if (currencyOrCode is string code) ...</c> on a parameter of type <c>object</c>. Who calls it knows the type of
/// what is handed over, and most calls take another branch.
/// </summary>
internal static class TypeTests
{
    /// <summary>Whether a function takes arguments of any type.</summary>
    public static bool Has(IMethodSymbol function)
    {
        foreach (IParameterSymbol parameter in function.Parameters)
        {
            if (IsOpen(parameter))
                return true;
        }

        return false;
    }

    /// <summary>Whether an operation runs only where such an argument is of a certain type.</summary>
    public static bool Guard(IOperation operation) => Guards.Of(operation).Any(SaysType) || StandsInArm(operation);

    private static bool StandsInArm(IOperation operation)
    {
        for (IOperation child = operation; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
        {
            bool isOfType = parent switch
            {
                ISwitchCaseOperation { Parent: ISwitchOperation { Value: var value } } section => IsOpen(value) && section.Clauses.All(static clause => clause is IPatternCaseClauseOperation { Pattern: var pattern } && NamesType(pattern)),
                ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation { Value: var value } } arm => arm.Value == child && IsOpen(value) && NamesType(arm.Pattern),
                _ => false,
            };
            if (isOfType)
                return true;
        }

        return false;
    }

    private static bool SaysType(Guard guard) => guard.Condition switch
    {
        IIsTypeOperation test => guard.Holds != test.IsNegated && IsOpen(test.ValueOperand),
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: var pattern } } test => !guard.Holds && IsOpen(test.Value) && NamesType(pattern),
        IIsPatternOperation test => guard.Holds && IsOpen(test.Value) && NamesType(test.Pattern),
        _ => false,
    };

    private static bool NamesType(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation { MatchedType: var type } => IsNarrow(type),
        ITypePatternOperation { MatchedType: var type } => IsNarrow(type),
        IRecursivePatternOperation { MatchedType: var type } => IsNarrow(type),
        _ => false,
    };

    private static bool IsNarrow(ITypeSymbol? type) => type is { SpecialType: not SpecialType.System_Object };

    private static bool IsOpen(IOperation value) => Operations.Unwrap(value) is IParameterReferenceOperation { Parameter: var parameter } && IsOpen(parameter);

    private static bool IsOpen(IParameterSymbol parameter) => parameter.Type.SpecialType == SpecialType.System_Object;
}
