using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Whether work can move from a loop to the place directly before it.</summary>
internal static class LoopEntry
{
    /// <summary>Whether a statement can stand directly before the loop.</summary>
    public static bool HasRoom(IOperation loop) => loop.Syntax.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax;

    /// <summary>
    /// Whether nothing between a call and the loop gives it another meaning: no other loop that repeats it, no <c>try</c> that handles its failure,
    /// no lock, no function of its own.
    /// </summary>
    public static bool ReachesDirectly(IOperation loop, IOperation call)
    {
        IOperation child = call;
        for (IOperation? parent = call.Parent; parent is not null && child != loop; child = parent, parent = parent.Parent)
        {
            bool hinders = parent switch
            {
                IForEachLoopOperation each => parent != loop && child != each.Collection,
                ILoopOperation => parent != loop,
                ITryOperation attempt => !attempt.Catches.IsEmpty || child == attempt.Finally,
                IConditionalAccessOperation access => child != access.Operation,
                ILockOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or ICatchClauseOperation => true,
                _ => false,
            };
            if (hinders)
                return false;
        }

        return child == loop;
    }

    /// <summary>Whether everything that an expression names exists before the loop, and the expression itself brings no names into the loop.</summary>
    public static bool ExistsBefore(IOperation loop, IOperation expression) => !Operations.Any(
        expression,
        part => part switch
        {
            ILocalReferenceOperation { Local: var local } => IsDeclaredIn(local, loop) && !IsDeclaredIn(local, expression),
            IParameterReferenceOperation { Parameter: var parameter } => IsDeclaredIn(parameter, loop) && !IsDeclaredIn(parameter, expression),
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } method } => IsDeclaredIn(method, loop),
            IDeclarationExpressionOperation or IDeclarationPatternOperation or IRecursivePatternOperation => true,
            IConditionalAccessInstanceOperation or IInvalidOperation => true,
            _ => false,
        },
        insideExpressionTrees: true);

    /// <summary>Whether anything in the loop, its header included, gives one of the named locals, parameters or members a value.</summary>
    public static bool IsAssignedIn(IOperation loop, IOperation expression, Origins origins) => Operations.Any(
        expression,
        part => Operations.Referenced(part) is { } symbol && origins.Of(symbol).Any(assignment => Operations.IsInside(assignment.Site, loop) && !IsInitializer(assignment)));

    /// <summary>Whether some passes may leave a call out.</summary>
    public static bool IsConditional(IOperation loop, IOperation call)
    {
        IOperation child = call;
        for (IOperation? parent = call.Parent; parent is not null && child != loop; child = parent, parent = parent.Parent)
        {
            bool chooses = parent switch
            {
                IConditionalOperation condition => child != condition.Condition,
                ISwitchCaseOperation or ISwitchExpressionArmOperation => true,
                ICoalesceOperation coalesce => child != coalesce.Value,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } either => child == either.RightOperand,
                _ => false,
            };
            if (chooses)
                return true;
        }

        return Operations.Any(loop, operation => operation is IBranchOperation or IReturnOperation or IThrowOperation && operation.Syntax.SpanStart < call.Syntax.SpanStart);
    }

    /// <summary>Whether an expression uses a member of something that is declared to be null at times.</summary>
    public static bool MayMeetNull(IOperation expression) => Operations.Any(
        expression,
        part => part switch
        {
            IMemberReferenceOperation { Instance: { } instance } => IsNullable(Operations.Referenced(instance)),
            IInvocationOperation { Instance: { } instance } => IsNullable(Operations.Referenced(instance)),
            _ => false,
        },
        insideExpressionTrees: true);

    /// <summary>Whether code asks if a local is null: then it may be.</summary>
    public static bool TestsForNull(IOperation scope, ILocalSymbol local)
    {
        return Operations.Any(scope, Tests);

        bool Tests(IOperation operation) => operation switch
        {
            IIsPatternOperation pattern => Is(pattern.Value),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } equality =>
                (Is(equality.LeftOperand) && Conditions.IsNull(equality.RightOperand)) || (Is(equality.RightOperand) && Conditions.IsNull(equality.LeftOperand)),
            IConditionalAccessOperation access => Is(access.Operation),
            ICoalesceOperation coalesce => Is(coalesce.Value),
            _ => false,
        };

        bool Is(IOperation value) => SymbolEqualityComparer.Default.Equals(Operations.Referenced(value), local);
    }

    /// <summary>An object initializer gives values to a new object.</summary>
    private static bool IsInitializer(Assignment assignment) =>
        assignment.Site is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } };

    /// <summary>
    /// The name of the cancellation token that the function around an operation takes; null when it takes none or several.
    /// </summary>
    public static string? TokenAround(IOperation operation)
    {
        if (operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart) is not IMethodSymbol function)
            return null;
        IParameterSymbol[] tokens = [.. function.Parameters.Where(parameter => WellKnownTypes.IsCancellationToken(parameter.Type))];
        return tokens is [{ RefKind: RefKind.None } token] ? token.Name : null;
    }

    private static bool IsNullable(ISymbol? symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.NullableAnnotation == NullableAnnotation.Annotated,
        IFieldSymbol field => field.NullableAnnotation == NullableAnnotation.Annotated,
        IPropertySymbol property => property.NullableAnnotation == NullableAnnotation.Annotated,
        _ => false,
    };

    private static bool IsDeclaredIn(ISymbol symbol, IOperation scope)
    {
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == scope.Syntax.SyntaxTree && scope.Syntax.Span.Contains(reference.Span))
                return true;
        }

        return false;
    }
}
