using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>The variables of one body that it compares with what it allows before it goes on.</summary>
/// <param name="outside">What comes from outside: a request that is asked for a value allows nothing by that.</param>
/// <param name="roots">The blocks of the body.</param>
internal sealed class CheckedValues(OutsideValues outside, IReadOnlyList<IOperation> roots)
{
    private HashSet<ISymbol>? _checked;

    public bool Contains(ISymbol variable) => (_checked ??= Find(outside, roots)).Contains(variable);

    private static HashSet<ISymbol> Find(OutsideValues outside, IReadOnlyList<IOperation> roots)
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (IOperation root in roots)
        {
            Operations.Visit(root, found, (operation, found) =>
            {
                switch (operation)
                {
                    case IInvocationOperation call when IsCheck(call.TargetMethod) && !outside.IsInput(Operations.Receiver(call)?.Type):
                        foreach (IArgumentOperation argument in call.Arguments)
                            Add(argument.Value, found);
                        break;
                    // Each character is asked about.
                    case IInvocationOperation { TargetMethod.Name: "All" or "Any" } call when Operations.Receiver(call) is { Type.SpecialType: SpecialType.System_String } text || IsConvertedText(call, out text):
                        Add(text, found);
                        break;
                    case IIsPatternOperation { Pattern: IBinaryPatternOperation or INegatedPatternOperation { Pattern: IBinaryPatternOperation } } pattern when !IsNullPattern(pattern.Pattern):
                        Add(pattern.Value, found);
                        break;
                }

                return true;
            });
        }

        return found;
    }

    private static bool IsConvertedText(IInvocationOperation call, out IOperation text)
    {
        text = Operations.Receiver(call) is { } receiver ? Operations.Unwrap(receiver) : call;
        return text.Type?.SpecialType == SpecialType.System_String;
    }

    /// <summary>A list, a dictionary or a method that says whether the value is allowed. A text that contains another says nothing about it.</summary>
    private static bool IsCheck(IMethodSymbol method) => method.Name == "Contains" ? method.ContainingType?.SpecialType != SpecialType.System_String : NameWords.SpeakOfCheck(method);

    private static bool IsNullPattern(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negated => IsNullPattern(negated.Pattern),
        IConstantPatternOperation constant => constant.Value.ConstantValue is not { HasValue: true, Value: string },
        IBinaryPatternOperation both => IsNullPattern(both.LeftPattern) || IsNullPattern(both.RightPattern),
        _ => true,
    };

    private static void Add(IOperation value, HashSet<ISymbol> found)
    {
        if (TextVariables.Behind(value) is (ILocalSymbol or IParameterSymbol) and { } variable)
            found.Add(variable);
    }
}
