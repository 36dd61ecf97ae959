using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Follows rows through one body and collects the columns that are read of them. Every other use ends the search: the rows may serve anything there.</summary>
/// <param name="entity">The type of the rows.</param>
/// <param name="columns">What the model says about properties.</param>
/// <param name="body">The body.</param>
internal sealed class ColumnUses(ITypeSymbol entity, UnclearColumns columns, BodyFacts body)
{
    private static readonly string[] Passing = ["Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Skip", "Take", "SkipWhile", "TakeWhile", "Reverse", "ToList", "ToArray", "AsEnumerable", "AsReadOnly", "Chunk"];
    private static readonly string[] Picking = ["First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "ElementAt", "ElementAtOrDefault", "MinBy", "MaxBy", "Find", "FindLast"];
    private static readonly string[] Shaping = ["Select", "SelectMany", "Any", "All", "Count", "LongCount", "Sum", "Min", "Max", "Average", "Exists", "TrueForAll", "FindIndex", "ConvertAll", "ForEach"];
    private static readonly string[] ShapingByTwo = ["ToDictionary", "ToLookup", "GroupBy"];

    private readonly List<IPropertySymbol> _columns = [];
    private readonly HashSet<ISymbol> _variables = new(SymbolEqualityComparer.Default);

    /// <summary>The columns that are read, in the order in which they were found.</summary>
    public IReadOnlyList<IPropertySymbol> Columns => _columns;

    /// <summary>Whether no place on the way names the type of the rows.</summary>
    public bool CanProject { get; private set; } = true;

    /// <summary>Follows a sequence of rows; false when something may use them in another way.</summary>
    public bool OfSequence(IOperation sequence)
    {
        IOperation value = FetchedRows.Outermost(sequence);
        switch (value.Parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                return OfVariable(local, OfSequence);
            case IForEachLoopOperation loop when loop.Collection == value:
                return loop.LoopControlVariable is IVariableDeclaratorOperation { Symbol: var element } && OfVariable(element, OfRow);
            case IPropertyReferenceOperation { Instance: { } list } property when list == value:
                return property.Property.IsIndexer ? OfRow(property) : property.Property.Name is "Count" or "Length";
            case IArrayElementReferenceOperation item when item.ArrayReference == value:
                return OfRow(item);
            case IExpressionStatementOperation:
                return true;
            case IBinaryOperation or IIsPatternOperation:
                return IsNullTest(value.Parent);
            default:
                return FetchedRows.NextOf(sequence) is IInvocationOperation step && OfStep(step);
        }
    }

    /// <summary>An operator on rows in memory.</summary>
    private bool OfStep(IInvocationOperation step)
    {
        IMethodSymbol method = step.TargetMethod;
        if (method.ContainingType is not { Name: "Enumerable" or "AsyncEnumerable" or "List" or "Array" })
            return false;
        IOperation? receiver = Operations.Receiver(step);
        int lambdas = 0;
        foreach (IArgumentOperation argument in step.Arguments)
        {
            if (argument.Value == receiver || argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;
            if (argument.Parameter?.Type.TypeKind != TypeKind.Delegate)
            {
                if (argument.Parameter?.Type is not { } type || type.TypeKind == TypeKind.Interface || RelatedRows.Holds(type, entity))
                    return false;
                continue;
            }

            lambdas++;
            if (KeyPredicate.LambdaOf(argument.Value) is not { Symbol.Parameters: [var row, ..] } lambda || !RelatedRows.IsSame(row.Type, entity) || !OfVariable(row, OfRow))
                return false;
            CanProject &= lambda.Syntax is not ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [{ Type: not null }, ..] };
        }

        CanProject &= step.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax } };
        string name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - "Async".Length) : method.Name;
        if (Passing.Contains(name))
            return RelatedRows.IsSame(FetchedRows.ElementOf(step.Type), entity) && OfSequence(step);
        if (Picking.Contains(name))
            return OfRow(step);
        // What a lambda makes of a row holds no row, since each use of the row is known.
        return (Shaping.Contains(name) && (lambdas > 0 || !RelatedRows.Holds(step.Type, entity))) || (ShapingByTwo.Contains(name) && lambdas > 1);
    }

    /// <summary>Follows one row; false when something may use it in another way than to read its columns.</summary>
    private bool OfRow(IOperation row)
    {
        IOperation value = FetchedRows.Outermost(row);
        switch (value.Parent)
        {
            case IPropertyReferenceOperation { Instance: { } instance } read when instance == value:
                return IsRead(read) && Add(read.Property);
            case IConditionalAccessOperation access when access.Operation == value:
                return !Operations.Any(access.WhenNotNull, part => part is IConditionalAccessInstanceOperation && Operations.ConditionalReceiver(part) == access.Operation && !OfRow(part), insideExpressionTrees: true);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                return OfVariable(local, OfRow);
            case ICoalesceOperation { WhenNull: var otherwise } coalesce when coalesce.Value == value && Operations.Unwrap(otherwise) is IThrowOperation:
                return OfRow(coalesce);
            case IBinaryOperation or IIsPatternOperation:
                return IsNullTest(value.Parent);
            case IExpressionStatementOperation:
                return true;
            default:
                return false;
        }
    }

    /// <summary>Follows every use of a variable that has one value.</summary>
    private bool OfVariable(ISymbol variable, Func<IOperation, bool> follow)
    {
        if (!_variables.Add(variable))
            return true;
        if (body.Origins.Of(variable).Count > (variable is ILocalSymbol ? 1 : 0))
            return false;
        CanProject &= variable is not ILocalSymbol || variable.DeclaringSyntaxReferences.All(static reference => IsVar(reference.GetSyntax()));
        return !body.Roots.Any(root => Operations.Any(root, part => IsOf(part, variable) && !follow(part), insideExpressionTrees: true));
    }

    private static bool IsOf(IOperation part, ISymbol variable) => part switch
    {
        ILocalReferenceOperation { Local: var local } => SymbolEqualityComparer.Default.Equals(local, variable),
        IParameterReferenceOperation { Parameter: var parameter } => SymbolEqualityComparer.Default.Equals(parameter, variable),
        _ => false,
    };

    private static bool IsVar(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true } } => true,
        ForEachStatementSyntax { Type.IsVar: true } => true,
        _ => false,
    };

    private bool Add(IPropertySymbol property)
    {
        if (!columns.IsColumn(property))
            return false;
        if (!_columns.Contains(property, SymbolEqualityComparer.Default))
            _columns.Add(property);
        return true;
    }

    /// <summary>Whether a member is read, and not set or handed on as a place.</summary>
    private static bool IsRead(IOperation member) => member.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target != member,
        IIncrementOrDecrementOperation or IAddressOfOperation => false,
        IArgumentOperation { Parameter.RefKind: not (RefKind.None or RefKind.In) } => false,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation { Target: var target } } tuple => target != tuple,
        _ => true,
    };

    private static bool IsNullTest(IOperation test) => test switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, OperatorMethod: null } comparison => Conditions.IsNull(comparison.LeftOperand) || Conditions.IsNull(comparison.RightOperand),
        IIsPatternOperation { Pattern: var pattern } => (pattern is INegatedPatternOperation negated ? negated.Pattern : pattern) is IConstantPatternOperation { Value: var constant } && Conditions.IsNull(constant),
        _ => false,
    };
}
