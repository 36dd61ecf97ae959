using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Whether code can change the object behind a symbol, as far as the code in view shows. When in doubt it can.</summary>
public static class Mutations
{
    private static readonly string[] ReadingVerbs =
        ["Get", "To", "TryGet", "Contains", "Find", "Any", "Count", "Index", "Is", "Has", "Equals", "Compare", "Starts", "Ends", "First", "Single", "Last", "Select", "Where", "As", "ConfigureAwait"];

    /// <summary>
    /// Whether anything inside <paramref name="scope"/> may change the object that <paramref name="symbol"/> refers to: a call on it, a property
    /// set through it, or handing it to code that keeps it. Values that cannot change (strings, numbers) never do.
    /// </summary>
    public static bool MayChange(ISymbol symbol, IOperation scope, Func<IMethodSymbol, bool> isHarmless)
    {
        if (IsUnchangeable(Operations.TypeOf(symbol)))
            return false;
        return Operations.Any(scope, operation => operation switch
        {
            IInvocationOperation call => Operations.Receiver(call) is { } receiver && Roots(receiver, symbol) && !isHarmless(call.TargetMethod) && !OnlyReads(call.TargetMethod),
            IAssignmentOperation assignment => ChangesThrough(assignment.Target, symbol),
            IIncrementOrDecrementOperation increment => ChangesThrough(increment.Target, symbol),
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument when ChangesThrough(argument.Value, symbol) => true,
            IArgumentOperation { Parent: IInvocationOperation call } argument => Is(argument.Value, symbol) && !isHarmless(call.TargetMethod) && !OnlyReads(call.TargetMethod),
            _ => false,
        });
    }

    /// <summary>
    /// The values that flow into the object behind a symbol inside a scope: arguments of calls that change it, values assigned through it,
    /// and whole calls that it is handed to.
    /// </summary>
    public static List<IOperation> Inputs(ISymbol symbol, IOperation scope, Func<IMethodSymbol, bool> isHarmless)
    {
        var inputs = new List<IOperation>();
        Operations.Visit(scope, 0, (operation, _) =>
        {
            switch (operation)
            {
                case IInvocationOperation call when !isHarmless(call.TargetMethod) && !OnlyReads(call.TargetMethod):
                    IOperation? receiver = Operations.Receiver(call);
                    if (Roots(receiver, symbol))
                        inputs.AddRange(call.Arguments.Where(argument => argument.Value != receiver).Select(argument => argument.Value));
                    else if (call.Arguments.Any(argument => Is(argument.Value, symbol)))
                        inputs.Add(call);
                    break;
                case IAssignmentOperation assignment when ChangesThrough(assignment.Target, symbol):
                    inputs.Add(assignment.Value);
                    break;
                case IIncrementOrDecrementOperation increment when ChangesThrough(increment.Target, symbol):
                    inputs.Add(increment);
                    break;
            }

            return true;
        });
        return inputs;
    }

    /// <summary>Whether a method only reads its receiver, judged by its name and by what it returns.</summary>
    public static bool OnlyReads(IMethodSymbol method)
    {
        // A delegate runs code of anybody; the next of something is another one each time.
        if (method.ReturnsVoid || method.MethodKind == MethodKind.DelegateInvoke || method.Name.Contains("Next"))
            return false;
        if (method.ContainingType is { } type && (IsUnchangeable(type) || method.MethodKind is MethodKind.UserDefinedOperator))
            return true;
        foreach (string verb in ReadingVerbs)
        {
            if (method.Name.StartsWith(verb, StringComparison.Ordinal) && (method.Name.Length == verb.Length || !char.IsLower(method.Name[verb.Length])))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the type that a field or property belongs to sets it anywhere but in its constructors; read from the syntax, since other
    /// methods are other bodies. False for symbols that are neither, or that have no source.
    /// </summary>
    public static bool IsSetInMethods(ISymbol symbol)
    {
        if (symbol is not (IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod: not null }))
            return false;
        foreach (SyntaxReference reference in symbol.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (SyntaxNode node in reference.GetSyntax().DescendantNodes(static node => node is not ConstructorDeclarationSyntax))
            {
                SyntaxNode? target = node switch
                {
                    AssignmentExpressionSyntax assignment => assignment.Left,
                    PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step => step.Operand,
                    PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } step => step.Operand,
                    ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } argument => argument.Expression,
                    _ => null,
                };
                if (target is not null && target.DescendantTokens().Any(token => token.ValueText == symbol.Name))
                    return true;
            }
        }

        return false;
    }

    private static bool ChangesThrough(IOperation target, ISymbol symbol) => target switch
    {
        IMemberReferenceOperation { Instance: { } instance } => Roots(instance, symbol),
        IArrayElementReferenceOperation element => Roots(element.ArrayReference, symbol),
        ITupleOperation tuple => ChangesThroughAny(tuple.Elements, symbol),
        _ => false,
    };

    private static bool ChangesThroughAny(ImmutableArray<IOperation> targets, ISymbol symbol)
    {
        foreach (IOperation target in targets)
        {
            if (ChangesThrough(target, symbol))
                return true;
        }

        return false;
    }

    private static bool Roots(IOperation? operation, ISymbol symbol) => SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(operation), symbol);

    private static bool Is(IOperation operation, ISymbol symbol) => SymbolEqualityComparer.Default.Equals(Operations.Referenced(operation), symbol);

    /// <summary>Whether nothing can change an object of a type once it is made. False for null.</summary>
    internal static bool IsUnchangeable(ITypeSymbol? type) =>
        type is { SpecialType: not (SpecialType.None or SpecialType.System_Object) } or { TypeKind: TypeKind.Enum or TypeKind.Delegate } or { IsValueType: true, IsReadOnly: true };
}
