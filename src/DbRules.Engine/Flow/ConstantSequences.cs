using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>How many elements a sequence has, where the code itself lists them.</summary>
internal sealed class ConstantSequences(Origins origins)
{
    /// <summary>The number of elements that the code lists; null when it does not list them.</summary>
    public int? Count(IOperation sequence)
    {
        IOperation value = origins.Resolve(sequence);
        return value switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues.Length,
            IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: int size } }] } => size,
            ICollectionExpressionOperation collection when !collection.Elements.Any(element => element is ISpreadOperation) => collection.Elements.Length,
            IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer } when !IsFilledLater(sequence) => initializer.Initializers.Length,
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } => CountDeclared(field),
            IInvocationOperation { TargetMethod: { Name: "GetValues", ContainingType.SpecialType: SpecialType.System_Enum } method } => CountEnum(method),
            IInvocationOperation { TargetMethod: { Name: "Range" or "Repeat", ContainingType.Name: "Enumerable" } method } range => ConstantArgument(range, method.Parameters[1].Name),
            _ => null,
        };
    }

    /// <summary>The passes of <c>for (var i = 0; i &lt; 3; i++)</c>; null when start or limit is no constant.</summary>
    public int? Passes(IForLoopOperation loop, ISymbol counter)
    {
        if (loop.Condition is not IBinaryOperation { RightOperand.ConstantValue: { HasValue: true, Value: int limit } } comparison)
            return null;
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

        return (start, comparison.OperatorKind) switch
        {
            (null, _) => null,
            (_, BinaryOperatorKind.LessThan or BinaryOperatorKind.NotEquals or BinaryOperatorKind.GreaterThan) => Math.Abs(limit - start.Value),
            (_, BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThanOrEqual) => Math.Abs(limit - start.Value) + 1,
            _ => null,
        };
    }

    private bool IsFilledLater(IOperation sequence) =>
        Operations.Referenced(sequence) is not ILocalSymbol local || !origins.IsOnlyRead(local);

    private static int? CountEnum(IMethodSymbol method) =>
        method.TypeArguments is [INamedTypeSymbol { TypeKind: TypeKind.Enum } type] ? type.GetMembers().Count(member => member is IFieldSymbol { HasConstantValue: true }) : null;

    private static int? ConstantArgument(IInvocationOperation call, string parameterName) =>
        Operations.Argument(call, parameterName)?.ConstantValue is { HasValue: true, Value: int count } ? count : null;

    /// <summary>Elements listed where a readonly field is declared; read from the syntax, since the initializer belongs to another body.</summary>
    private static int? CountDeclared(IFieldSymbol field)
    {
        foreach (SyntaxReference reference in field.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value })
                return ListedElements(value);
        }

        return null;
    }

    private static int? ListedElements(ExpressionSyntax value) => value switch
    {
        InitializerExpressionSyntax list => list.Expressions.Count,
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.Count,
        ArrayCreationExpressionSyntax { Initializer: { } list } => list.Expressions.Count,
        CollectionExpressionSyntax list
            when list.Elements.All(element => element is ExpressionElementSyntax) => list.Elements.Count,
        _ => null,
    };
}
