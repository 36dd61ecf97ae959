using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>The variables and members of a body that it compares with texts that it states, as code does that allows some of them.</summary>
internal static class ComparedValues
{
    /// <summary>Those that <c>==</c>, <c>Equals</c>, a <c>switch</c> or a pattern compares; comparing with an empty text does not count.</summary>
    public static HashSet<ISymbol> Of(IReadOnlyList<IOperation> roots)
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (IOperation root in roots)
        {
            Operations.Visit(root, found, static (operation, found) =>
            {
                switch (operation)
                {
                    case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                        AddBoth(comparison.LeftOperand, comparison.RightOperand, found);
                        break;
                    case IInvocationOperation { TargetMethod.Name: "Equals" or "Compare" or "CompareOrdinal", Arguments: [{ Value: var first }, { Value: var second }, ..] } call when call.Instance is null:
                        AddBoth(first, second, found);
                        break;
                    case IInvocationOperation { TargetMethod.Name: "Equals" or "CompareTo", Instance: { } text, Arguments: [{ Value: var other }, ..] }:
                        AddBoth(text, other, found);
                        break;
                    case ISwitchOperation { Value: var value } choice when choice.Cases.Any(static section => section.Clauses.Any(static clause => clause is ISingleValueCaseClauseOperation { Value: var label } && IsText(label))):
                        Add(value, found);
                        break;
                    case ISwitchExpressionOperation { Value: var value } choice when choice.Arms.Any(static arm => IsText(arm.Pattern)):
                        Add(value, found);
                        break;
                    case IIsPatternOperation { Value: var value, Pattern: var pattern } when IsText(pattern):
                        Add(value, found);
                        break;
                }

                return true;
            });
        }

        return found;
    }

    private static void AddBoth(IOperation first, IOperation second, HashSet<ISymbol> found)
    {
        if (IsText(first))
            Add(second, found);
        else if (IsText(second))
            Add(first, found);
    }

    private static bool IsText(IOperation value) => value.ConstantValue is { HasValue: true, Value: string { Length: > 0 } };

    private static bool IsText(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value: var value } => IsText(value),
        INegatedPatternOperation negated => IsText(negated.Pattern),
        IBinaryPatternOperation both => IsText(both.LeftPattern) || IsText(both.RightPattern),
        _ => false,
    };

    private static void Add(IOperation value, HashSet<ISymbol> found)
    {
        if (TextVariables.Behind(value) is { } variable)
            found.Add(variable);
    }
}
