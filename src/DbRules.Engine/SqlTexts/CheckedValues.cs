using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>The variables of one body that it compares with what it allows before it goes on.</summary>
internal sealed class CheckedValues(IReadOnlyList<IOperation> roots)
{
    private static readonly string[] ValidatingWords = ["Valid", "Ensure", "Assert", "Guard", "Verify", "Allow", "Permit", "Check", "IsMatch", "IsDefined", "TryParse", "ContainsKey", "TryGetValue"];
    private static readonly string[] OtherChecks = ["Null", "Empty", "WhiteSpace"];

    private readonly Lazy<HashSet<ISymbol>> _checked = new(() => Find(roots));

    public bool Contains(ISymbol variable) => _checked.Value.Contains(variable);

    private static HashSet<ISymbol> Find(IReadOnlyList<IOperation> roots)
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (IOperation root in roots)
        {
            Operations.Visit(root, found, static (operation, found) =>
            {
                switch (operation)
                {
                    case IInvocationOperation call when IsCheck(call):
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
    private static bool IsCheck(IInvocationOperation call)
    {
        string name = call.TargetMethod.Name;
        if (name == "Contains")
            return call.TargetMethod.ContainingType?.SpecialType != SpecialType.System_String;
        return ValidatingWords.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0) && !OtherChecks.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0);
    }

    private static bool IsNullPattern(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negated => IsNullPattern(negated.Pattern),
        IConstantPatternOperation constant => constant.Value.ConstantValue is not { HasValue: true, Value: string },
        IBinaryPatternOperation both => IsNullPattern(both.LeftPattern) || IsNullPattern(both.RightPattern),
        _ => true,
    };

    private static void Add(IOperation value, HashSet<ISymbol> found)
    {
        IOperation bare = Operations.Unwrap(value);
        while (bare is IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_String, Instance: { } text })
            bare = Operations.Unwrap(text);
        if (bare is ILocalReferenceOperation or IParameterReferenceOperation && Operations.Referenced(bare) is { } variable)
            found.Add(variable);
    }
}
