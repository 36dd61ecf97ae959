using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Whether code can change the object behind a symbol, as far as the code in view shows. When in doubt it can.</summary>
public static class Mutations
{
    private static readonly string[] ReadingVerbs =
        ["Get", "To", "TryGet", "Contains", "Find", "Any", "Count", "Index", "Is", "Has", "Equals", "Compare", "Starts", "Ends", "First", "Single", "Last", "Select", "Where", "As"];

    /// <summary>
    /// Whether anything inside <paramref name="scope"/> may change the object that <paramref name="symbol"/> refers to: a call on it, a property
    /// set through it, or handing it to code that keeps it. Values that cannot change (strings, numbers) never do.
    /// </summary>
    public static bool MayChange(ISymbol symbol, IOperation scope, Func<IMethodSymbol, bool> isHarmless)
    {
        if (IsUnchangeable(TypeOf(symbol)))
            return false;
        return Operations.Any(scope, operation => operation switch
        {
            IInvocationOperation { Instance: { } instance } call =>
                Roots(instance, symbol) && !isHarmless(call.TargetMethod) && !OnlyReads(call.TargetMethod),
            IAssignmentOperation { Target: IMemberReferenceOperation or IArrayElementReferenceOperation } assignment =>
                assignment.Target is not ILocalReferenceOperation && ChangesThrough(assignment.Target, symbol),
            IArgumentOperation { Parent: IInvocationOperation call } argument =>
                Is(argument.Value, symbol) && !isHarmless(call.TargetMethod) && !OnlyReads(call.TargetMethod),
            _ => false,
        });
    }

    /// <summary>
    /// The values that flow into the object behind a symbol inside a scope: arguments of calls on it and values assigned through it.
    /// </summary>
    public static List<IOperation> Inputs(ISymbol symbol, IOperation scope)
    {
        var inputs = new List<IOperation>();
        Operations.Visit(scope, 0, (operation, _) =>
        {
            switch (operation)
            {
                case IInvocationOperation { Instance: { } instance } call when Roots(instance, symbol):
                    inputs.AddRange(call.Arguments.Select(argument => argument.Value));
                    break;
                case IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [{ Value: { } receiver }, ..] } call when Roots(receiver, symbol):
                    inputs.AddRange(call.Arguments.Skip(1).Select(argument => argument.Value));
                    break;
                case IAssignmentOperation assignment when ChangesThrough(assignment.Target, symbol):
                    inputs.Add(assignment.Value);
                    break;
            }

            return true;
        });
        return inputs;
    }

    /// <summary>Whether a method only reads its receiver, judged by its name and by what it returns.</summary>
    public static bool OnlyReads(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
            return false;
        if (method.ContainingType is { } type && (IsUnchangeable(type) || method.MethodKind is MethodKind.UserDefinedOperator))
            return true;
        foreach (string verb in ReadingVerbs)
        {
            if (method.Name.StartsWith(verb, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool ChangesThrough(IOperation target, ISymbol symbol) => target switch
    {
        IMemberReferenceOperation { Instance: { } instance } => Roots(instance, symbol),
        IArrayElementReferenceOperation element => Roots(element.ArrayReference, symbol),
        _ => false,
    };

    private static bool Roots(IOperation operation, ISymbol symbol) => SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(operation), symbol);

    private static bool Is(IOperation operation, ISymbol symbol) => SymbolEqualityComparer.Default.Equals(Operations.Referenced(operation), symbol);

    private static bool IsUnchangeable(ITypeSymbol? type) =>
        type is { SpecialType: not (SpecialType.None or SpecialType.System_Object) } or { TypeKind: TypeKind.Enum or TypeKind.Delegate } or { IsValueType: true, IsReadOnly: true };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
