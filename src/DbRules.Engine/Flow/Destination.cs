using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>What takes a value.</summary>
public enum DestinationKind
{
    /// <summary>A local: its declaration or an assignment.</summary>
    Local,

    /// <summary>A <c>using</c> statement or declaration, which releases it.</summary>
    Using,

    /// <summary>Nothing: a statement of its own, or a discard.</summary>
    Discarded,

    /// <summary>A member is called, read or set on it.</summary>
    Receiver,

    /// <summary>A parameter of another function.</summary>
    Argument,

    /// <summary>A test that does not keep it: a comparison, a pattern without a name.</summary>
    Test,

    /// <summary>The function's result.</summary>
    Returned,

    /// <summary>A field, property, element, tuple or anything else that may keep it.</summary>
    Elsewhere,
}

/// <summary>Where the value of one expression goes, through conversions, <c>await</c> and <c>?:</c>.</summary>
/// <param name="Kind">What takes it.</param>
/// <param name="Site">The operation that takes it: the declaration, assignment, argument, member access, return or <c>using</c>.</param>
public readonly record struct Destination(DestinationKind Kind, IOperation Site)
{
    /// <summary>The local that takes it; for <see cref="DestinationKind.Using"/> the one that names it there, if any.</summary>
    public ILocalSymbol? Local { get; init; }

    /// <summary>Whether another value may go there instead: a branch of <c>?:</c>, <c>??</c> or <c>switch</c>.</summary>
    public bool IsOneOfSeveral { get; init; }

    /// <summary>The <c>using</c> that releases the value, a statement or a declaration, or else the whole plain declaration of the local; null where it is assigned.</summary>
    public IOperation? Declaration { get; init; }

    /// <summary>The code behind whose end <c>using</c> has released the value: the statement, or the block of the declaration. Null where nothing does.</summary>
    public IOperation? Lifetime => Declaration switch
    {
        IUsingOperation scope => scope,
        IUsingDeclarationOperation { Parent: var block } => block,
        _ => null,
    };

    /// <summary>Follows a value to what takes it.</summary>
    public static Destination Of(IOperation value)
    {
        IOperation current = value;
        bool isOneOfSeveral = false;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation { OperatorMethod: null } or IAwaitOperation or IVariableInitializerOperation:
                case var way when Operations.LeadsToAwait(way):
                    current = parent;
                    continue;
                case IConditionalOperation { WhenTrue: var first, WhenFalse: var second } when first == current || second == current:
                case ISwitchExpressionArmOperation { Value: var arm } when arm == current:
                case ISwitchExpressionOperation { Value: var switched } when switched != current:
                case ICoalesceOperation:
                    isOneOfSeveral = true;
                    current = parent;
                    continue;
                case IUsingOperation { Resources: var resources } when resources == current:
                    return new Destination(DestinationKind.Using, parent) { Declaration = parent };
                case IVariableDeclaratorOperation declarator:
                    return OfDeclarator(declarator, isOneOfSeveral);
                case IVariableDeclarationOperation { Declarators: [var declarator] }:
                    return OfDeclarator(declarator, isOneOfSeveral);
                case ISimpleAssignmentOperation assignment when assignment.Value == current:
                    return OfAssignment(assignment, isOneOfSeveral);
                case ICoalesceAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } }:
                    return new Destination(DestinationKind.Local, parent) { Local = local, IsOneOfSeveral = true };
                case IExpressionStatementOperation:
                    return new Destination(DestinationKind.Discarded, parent);
                case IInvocationOperation call when call.Instance == current:
                case IMemberReferenceOperation member when member.Instance == current:
                    return new Destination(DestinationKind.Receiver, parent);
                case IConditionalAccessOperation access when access.Operation == current:
                    return new Destination(DestinationKind.Receiver, AccessOf(access));
                case IArgumentOperation:
                    return new Destination(DestinationKind.Argument, parent) { IsOneOfSeveral = isOneOfSeveral };
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } or IIsTypeOperation or INameOfOperation or IInterpolationOperation or ILockOperation:
                case IIsPatternOperation { Pattern: var pattern } when DeclaredBy(pattern) is null:
                    return new Destination(DestinationKind.Test, parent);
                case IIsPatternOperation { Pattern: var pattern }:
                    return new Destination(DestinationKind.Local, parent) { Local = DeclaredBy(pattern) };
                case IReturnOperation:
                    return new Destination(DestinationKind.Returned, parent);
                default:
                    return new Destination(DestinationKind.Elsewhere, parent);
            }
        }

        return new Destination(DestinationKind.Elsewhere, current);
    }

    private static Destination OfAssignment(ISimpleAssignmentOperation assignment, bool isOneOfSeveral) => assignment switch
    {
        { Target: IDiscardOperation } => new Destination(DestinationKind.Discarded, assignment),
        // What is assigned on the way to somewhere else has two names at once.
        { Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation } => new Destination(DestinationKind.Local, assignment) { Local = local, IsOneOfSeveral = isOneOfSeveral },
        { Target: ILocalReferenceOperation { Local: var local }, Parent: IUsingOperation scope } => new Destination(DestinationKind.Using, scope) { Local = local, Declaration = scope },
        _ => new Destination(DestinationKind.Elsewhere, assignment),
    };

    private static ILocalSymbol? DeclaredBy(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local } => local,
        IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol local } => local,
        INegatedPatternOperation { Pattern: var negated } => DeclaredBy(negated),
        _ => null,
    };

    /// <summary>What the right side of <c>?.</c> does first with the value; the access itself where that is not a member of the value.</summary>
    private static IOperation AccessOf(IConditionalAccessOperation access)
    {
        IOperation found = access;
        Operations.Any(access.WhenNotNull, operation =>
        {
            if (operation is not IConditionalAccessInstanceOperation { Parent: { } member })
                return false;
            found = member;
            return true;
        });
        return found;
    }

    private static Destination OfDeclarator(IVariableDeclaratorOperation declarator, bool isOneOfSeveral)
    {
        IOperation declaration = declarator;
        while (declaration is not (IUsingOperation or IUsingDeclarationOperation)
            && declaration.Parent is IVariableDeclarationOperation or IVariableDeclarationGroupOperation or IUsingDeclarationOperation or IUsingOperation)
        {
            declaration = declaration.Parent;
        }

        DestinationKind kind = declaration is IUsingOperation or IUsingDeclarationOperation ? DestinationKind.Using : DestinationKind.Local;
        return new Destination(kind, declarator) { Local = declarator.Symbol, Declaration = declaration, IsOneOfSeveral = isOneOfSeveral };
    }
}
