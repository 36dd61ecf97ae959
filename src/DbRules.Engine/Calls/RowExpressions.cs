using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Which lambdas over the rows of a query the store can run as well, with the same meaning on every provider. Proven, or false.</summary>
/// <param name="query">The query that fetched the rows.</param>
/// <param name="columns">What the model says about properties.</param>
/// <param name="origins">Where the body gives values: a property that it sets may differ from its column.</param>
internal sealed class RowExpressions(QueryShape query, UnclearColumns columns, Origins origins)
{
    /// <summary>Longer lambdas are not looked at, so that the cost stays linear.</summary>
    private const int LongestLambda = 2000;

    private readonly IOperation? _projection = query.Steps.LastOrDefault(use => use.Step == QueryStep.Select).Call is { Arguments: [.., { Value: var selector }] } ? KeyFetches.SelectedMember(selector) : null;

    /// <summary>What a lambda of one parameter and one expression returns, where the store can work it out; null where it cannot, or perhaps.</summary>
    public IOperation? ValueOf(IOperation argument) =>
        KeyPredicate.LambdaOf(argument) is { Symbol: { Parameters: [{ } row], IsAsync: false }, Body.Operations: [IReturnOperation { ReturnedValue: { } body }] } lambda
        && lambda.Syntax.Span.Length <= LongestLambda
        && Translates(body, row)
            ? body
            : null;

    /// <summary>Whether the rows are plain values that a column holds.</summary>
    public bool AreColumns => _projection is not null && MappedMembers.IsColumnPath(_projection) && ScalarTypes.IsScalar(_projection.Type);

    /// <summary>Whether an expression that does not depend on a row may stand in an expression tree.</summary>
    public static bool IsConstantInTree(IOperation expression) => !Operations.Any(expression, part => part switch
    {
        IInvocationOperation { TargetMethod: var method } call => method.MethodKind == MethodKind.LocalFunction || call.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.Explicit || argument.Parameter?.RefKind != RefKind.None),
        IPropertyReferenceOperation or IFieldReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or ILiteralOperation
            or IConversionOperation or IBinaryOperation or IUnaryOperation or IConditionalOperation or ICoalesceOperation or IArgumentOperation or IObjectCreationOperation
            or IParenthesizedOperation or IDefaultValueOperation or INameOfOperation or IArrayElementReferenceOperation => part.Type?.IsRefLikeType == true,
        _ => true,
    }, insideExpressionTrees: true);

    private bool Translates(IOperation body, IParameterSymbol row)
    {
        var pending = new Stack<IOperation>();
        pending.Push(body);
        bool negates = false;
        bool comparesNullable = false;
        while (pending.Count > 0)
        {
            IOperation part = pending.Pop();
            if (!Mentions(part, row))
            {
                if (!IsConstantInTree(part))
                    return false;
                continue;
            }

            switch (part)
            {
                case IBinaryOperation binary when IsOperator(binary):
                    comparesNullable |= IsRelational(binary) && binary.IsLifted;
                    pending.Push(binary.LeftOperand);
                    pending.Push(binary.RightOperand);
                    break;
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not or UnaryOperatorKind.Minus, OperatorMethod: null } unary:
                    negates |= unary.OperatorKind == UnaryOperatorKind.Not;
                    pending.Push(unary.Operand);
                    break;
                case IConversionOperation { OperatorMethod: null, IsTryCast: false } conversion when conversion.Conversion.IsImplicit || !conversion.Conversion.IsNumeric:
                    pending.Push(conversion.Operand);
                    break;
                case IParenthesizedOperation parenthesized:
                    pending.Push(parenthesized.Operand);
                    break;
                case IPropertyReferenceOperation { Arguments.Length: 0, Instance: { } instance } property when IsFunctionOfStore(property.Property):
                    pending.Push(instance);
                    break;
                case IInvocationOperation call when IsFunctionOfStore(call, row):
                    foreach (IOperation child in call.ChildOperations)
                        pending.Push(child is IArgumentOperation argument ? argument.Value : child);
                    break;
                default:
                    if (!IsColumn(part, row))
                        return false;
                    break;
            }
        }

        // The database knows a third answer, neither true nor false, and a negation keeps it.
        return !(negates && comparesNullable);
    }

    private bool IsColumn(IOperation part, IParameterSymbol row)
    {
        if (part is IParameterReferenceOperation)
            return AreColumns;
        if (part is not IPropertyReferenceOperation { Arguments.Length: 0, Instance: { } instance, Property: var property })
            return false;
        if (_projection is not null)
            return instance is IParameterReferenceOperation && SelectedAs(property) is { } column && MappedMembers.IsColumnPath(column) && ScalarTypes.IsScalar(column.Type) && KeepsColumn(column);
        if (query.Has(QueryStep.Select) || !columns.IsPlain(property) || origins.Of(property).Count > 0)
            return false;
        while (instance is IPropertyReferenceOperation { Arguments.Length: 0, Instance: { } next, Property: var navigation })
        {
            if (!IsLoaded(navigation) || !IsRequired(navigation))
                return false;
            instance = next;
        }

        return instance is IParameterReferenceOperation { Parameter: var root } && SymbolEqualityComparer.Default.Equals(root, row);
    }

    private bool KeepsColumn(IOperation column) => column is IPropertyReferenceOperation { Property: var property } && (property.ContainingType.SpecialType != SpecialType.None || columns.IsPlain(property));

    /// <summary>What the projection gives a member of its rows; null when it makes them in another way.</summary>
    private IOperation? SelectedAs(IPropertySymbol member)
    {
        IEnumerable<IOperation> initializers = _projection switch
        {
            IAnonymousObjectCreationOperation anonymous => anonymous.Initializers,
            IObjectCreationOperation { Arguments.Length: 0, Initializer.Initializers: var set } => set,
            _ => [],
        };
        foreach (IOperation initializer in initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var target }, Value: var value } && SymbolEqualityComparer.Default.Equals(target, member))
                return value;
        }

        return null;
    }

    /// <summary>Whether an include of the query names the navigation: without one it may be empty in memory.</summary>
    private bool IsLoaded(IPropertySymbol navigation) => query.Steps.Any(use => use is { Step: QueryStep.Include, IsConditional: false }
        && Operations.Any(use.Call.Arguments[use.Call.Arguments.Length - 1], part => part is IPropertyReferenceOperation { Property: var named } && SymbolEqualityComparer.Default.Equals(named, navigation), insideExpressionTrees: true));

    private static bool IsRequired(IPropertySymbol navigation) => !Sequences.IsSequence(navigation.Type)
        && navigation.NullableAnnotation != NullableAnnotation.Annotated
        && (navigation.NullableAnnotation == NullableAnnotation.NotAnnotated
            || navigation.ContainingType.GetMembers(navigation.Name + "Id").Any(member => member is IPropertySymbol { Type: { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } }));

    private static bool IsOperator(IBinaryOperation binary)
    {
        if (binary.OperatorMethod is { ContainingType: var owner } && owner.ContainingNamespace?.Name != "System")
            return false;
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr => true,
            BinaryOperatorKind.And or BinaryOperatorKind.Or => binary.Type?.SpecialType == SpecialType.System_Boolean,
            BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals => AreValues(binary.LeftOperand) && AreValues(binary.RightOperand),
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual =>
                ScalarTypes.HasOrder(binary.LeftOperand.Type) && ScalarTypes.HasOrder(binary.RightOperand.Type),
            BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply => binary.OperatorMethod is null && !binary.IsChecked && ScalarTypes.IsScalar(binary.Type),
            _ => false,
        };
    }

    private static bool IsRelational(IBinaryOperation binary) =>
        binary.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;

    private static bool AreValues(IOperation operand) => Conditions.IsNull(operand) || ScalarTypes.IsScalar(operand.Type);

    private static bool IsFunctionOfStore(IPropertySymbol property) => property.ContainingType switch
    {
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => property.Name is "Value" or "HasValue",
        { SpecialType: SpecialType.System_String } => property.Name == "Length",
        { SpecialType: SpecialType.System_DateTime } => property.Name is "Date" or "Year" or "Month" or "Day" or "Hour" or "Minute" or "Second" or "DayOfYear",
        _ => false,
    };

    private static bool IsFunctionOfStore(IInvocationOperation call, IParameterSymbol row)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.ContainingType.SpecialType == SpecialType.System_String)
        {
            return method.IsStatic
                ? method.Name is "IsNullOrEmpty" or "IsNullOrWhiteSpace"
                : method.Parameters switch
                {
                    [] => method.Name is "ToLower" or "ToUpper" or "Trim",
                    [{ Type.SpecialType: SpecialType.System_String }] => method.Name is "Contains" or "StartsWith" or "EndsWith" or "Equals",
                    _ => false,
                };
        }

        return method.Name == "Contains" && Operations.Receiver(call) is { } list && !Mentions(list, row) && IsListOf(list, call.Arguments[call.Arguments.Length - 1].Value.Type, call);
    }

    /// <summary>A list or an array of plain values. A set of texts may compare them in its own way.</summary>
    private static bool IsListOf(IOperation list, ITypeSymbol? item, IInvocationOperation call)
    {
        IOperation bare = Operations.Unwrap(list);
        int given = call.Instance is null ? 2 : 1;
        return call.Arguments.Length == given
            && !call.TargetMethod.Parameters.Any(parameter => parameter.Type.IsRefLikeType)
            && ScalarTypes.IsScalar(item)
            && SymbolEqualityComparer.Default.Equals(Sequences.ElementType(bare.Type), item)
            && (item!.SpecialType != SpecialType.System_String || bare.Type is IArrayTypeSymbol or { Name: "List" });
    }

    private static bool Mentions(IOperation part, IParameterSymbol row) =>
        Operations.Any(part, operation => operation is IParameterReferenceOperation { Parameter: var named } && SymbolEqualityComparer.Default.Equals(named, row), insideExpressionTrees: true);
}
