using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>How many elements a sequence has at most, where the code itself lists them.</summary>
internal sealed class ConstantSequences(Origins origins)
{
    /// <summary>Locals and operators on the way to the list. More are not followed, so circular code ends.</summary>
    private const int LongestChain = 32;

    private static readonly HashSet<string> OperatorsThatAddNothing = new(StringComparer.Ordinal)
    {
        "Where", "Select", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Order", "OrderDescending", "Reverse", "Distinct", "DistinctBy",
        "Skip", "Take", "Cast", "OfType", "Index", "ToList", "ToArray", "ToHashSet", "ToImmutableArray", "ToImmutableList", "AsEnumerable", "AsParallel", "ToAsyncEnumerable",
    };

    /// <summary>The number of elements that the code lists; null when it does not list them.</summary>
    public int? Count(IOperation sequence)
    {
        IOperation value = Operations.Unwrap(sequence);
        for (int depth = 0; depth < LongestChain; depth++)
        {
            IOperation? next = value switch
            {
                // An array keeps its length; any other collection may be filled after the code listed its first elements.
                ILocalReferenceOperation { Local: var local } when local.Type is IArrayTypeSymbol || origins.IsOnlyRead(local) => origins.SingleValue(local),
                IInvocationOperation { TargetMethod: { IsExtensionMethod: true, Name: var name } } call when OperatorsThatAddNothing.Contains(name) => Operations.Receiver(call),
                _ => null,
            };
            if (next is null)
                return Listed(value);
            value = Operations.Unwrap(next);
        }

        return null;
    }

    /// <summary>Whether a list is written out around one value, so that it is no more than that: <c>[order.CustomerId]</c>. One that holds a list is more.</summary>
    public bool ListsOneValue(IOperation sequence) => !Sequences.IsSequence(Sequences.ElementType(Operations.Unwrap(sequence).Type)) && Count(sequence) == 1;

    /// <summary>The most passes of <c>for (var i = 0; i &lt; 3; i++)</c>; null when start or limit is no constant.</summary>
    public int? Passes(IForLoopOperation loop, Counter counter)
    {
        if (counter.Comparison.RightOperand.ConstantValue is not { HasValue: true, Value: int limit } || Start(loop, counter.Symbol) is not { } start)
            return null;
        long distance = Math.Abs((long)limit - start);
        if (counter.Comparison.OperatorKind is BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThanOrEqual)
            distance++;
        return (int)Math.Min(distance, int.MaxValue);
    }

    private static int? Start(IForLoopOperation loop, ISymbol counter)
    {
        int? start = null;
        foreach (IOperation before in loop.Before)
        {
            Operations.Any(before, operation =>
            {
                if (operation is IVariableDeclaratorOperation { Initializer.Value.ConstantValue: { HasValue: true, Value: int value } } declarator
                    && SymbolEqualityComparer.Default.Equals(declarator.Symbol, counter))
                {
                    start = value;
                }

                return start is not null;
            });
        }

        return start;
    }

    private static int? Listed(IOperation value) => value switch
    {
        IArrayCreationOperation { DimensionSizes.Length: not 1 } => null,
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues.Length,
        IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: int size } }] } => size,
        ICollectionExpressionOperation collection when !collection.Elements.Any(element => element is ISpreadOperation) => collection.Elements.Length,
        IObjectCreationOperation { Initializer: { } initializer } creation when StartsEmpty(creation) && initializer.Initializers.All(IsElement) => initializer.Initializers.Length,
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } => CountDeclared(field),
        IPropertyReferenceOperation { Property: { SetMethod: null, IsVirtual: false, IsAbstract: false, IsOverride: false } property } => CountDeclared(property),
        IInvocationOperation { TargetMethod: { Name: "GetValues" or "GetNames", ContainingType.SpecialType: SpecialType.System_Enum } } call => CountEnum(call),
        IInvocationOperation { TargetMethod: { Name: "Range" or "Repeat", ContainingType.Name: "Enumerable", Parameters: [_, var count] } } range => ConstantArgument(range, count.Name),
        _ => null,
    };

    /// <summary><c>{ a }</c> or <c>{ [key] = a }</c>, and not a property that is set.</summary>
    private static bool IsElement(IOperation part) =>
        part is IInvocationOperation or ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.Length: > 0 } };

    /// <summary>No other sequence goes into the new collection: <c>new List&lt;int&gt;(ids) { 1 }</c> has more than it lists.</summary>
    private static bool StartsEmpty(IObjectCreationOperation creation) =>
        !creation.Arguments.Any(argument => Sequences.IsSequence(Operations.Unwrap(argument.Value).Type));

    private static int? CountEnum(IInvocationOperation call)
    {
        ITypeSymbol? type = call.TargetMethod.TypeArguments is [var argument] ? argument : (call.Arguments is [{ Value: ITypeOfOperation of }] ? of.TypeOperand : null);
        return type is INamedTypeSymbol { TypeKind: TypeKind.Enum } ? type.GetMembers().Count(member => member is IFieldSymbol { HasConstantValue: true }) : null;
    }

    private static int? ConstantArgument(IInvocationOperation call, string parameterName) =>
        Operations.Argument(call, parameterName)?.ConstantValue is { HasValue: true, Value: int count } ? count : null;

    /// <summary>
    /// Elements listed where a readonly field or property is declared; read from the syntax, since the initializer belongs to another body.
    /// An empty list is one that other code fills.
    /// </summary>
    private static int? CountDeclared(ISymbol member)
    {
        foreach (SyntaxReference reference in member.DeclaringSyntaxReferences)
        {
            ExpressionSyntax? value = reference.GetSyntax() switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
                _ => null,
            };
            if (value is not null)
                return ListedElements(value) is > 0 and var count ? count : null;
        }

        return null;
    }

    private static int? ListedElements(ExpressionSyntax value) => value switch
    {
        InitializerExpressionSyntax list => list.Expressions.Count,
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.Count,
        ArrayCreationExpressionSyntax { Initializer: { } list } => list.Expressions.Count,
        BaseObjectCreationExpressionSyntax { Initializer: { } list } => list.Expressions.Count,
        CollectionExpressionSyntax list when list.Elements.All(element => element is ExpressionElementSyntax) => list.Elements.Count,
        _ => null,
    };
}
