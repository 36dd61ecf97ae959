using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// Whether code beside a query may bring in the rows that one of its navigations leads to: a context connects all rows that it keeps. When in doubt it may.
/// </summary>
internal sealed class RelatedRows(CompilationContext context, Navigations navigations)
{
    /// <summary>Whether anything in view may fill the navigation, other than the query itself. Calls into code that is not in view do not count.</summary>
    public bool MayComeFromView(RowOrigin origin, IPropertySymbol navigation, LoadedPaths loaded)
    {
        if (Navigations.TargetOf(navigation) is not { } target || loaded.Entities.Any(entity => IsSameOrRelated(entity, target)))
            return true;
        foreach (BodyScope scope in origin.Scopes)
        {
            if (scope.Any(operation => Sets(operation, navigation)))
                return true;
            if (loaded.IsUntracked)
                continue;
            if (scope.Facts.Calls.Any(call => call != origin.Call && MayRead(call, target)) || (scope.Owner as IMethodSymbol)?.Parameters.Any(parameter => Holds(parameter.Type, target)) == true)
                return true;
            if (scope.Any(operation => BringsIn(operation, origin, target), insideExpressionTrees: true))
                return true;
        }

        return false;
    }

    /// <summary>The code gives the navigation another value, or puts something into it.</summary>
    public bool Sets(IOperation operation, IPropertySymbol navigation) =>
        operation is IPropertyReferenceOperation property
        && SymbolEqualityComparer.Default.Equals(property.Property.OriginalDefinition, navigation.OriginalDefinition)
        && property.Instance is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }
        && NavigationUses.Of(property, context.Models) == NavigationUse.Changed;

    /// <summary>Whether a call may read entities of a type, so that the context keeps them.</summary>
    public static bool MayRead(DbCall call, ITypeSymbol target)
    {
        if (call.Model?.Has(DbEffect.LoadsNavigation) == true || call.Query?.Root is IInvocationOperation { TargetMethod.Name: "Query" })
            return true;
        if (call.Rows is RowCount.Scalar or RowCount.None && call.Model?.Has(DbEffect.Stages) != true)
            return false;
        // What a projection does not hand out is not kept either.
        if (call.Query?.Steps.Where(use => use.Step == QueryStep.Select && !use.IsConditional).ToArray() is [.., var projection])
            return HandsOut(projection.Call, target);
        if (call.Query is { Entity: { } entity } && IsSameOrRelated(entity, target))
            return true;
        return Mentions(call.Operation, target) || call.Query?.Steps.Any(use => Mentions(use.Call, target)) == true;
    }

    /// <summary>Whether what a projection makes is, or holds, such an entity; reading a value of one does not hand it out.</summary>
    private static bool HandsOut(IInvocationOperation projection, ITypeSymbol target) => projection.Arguments.Any(argument =>
        argument.Value != Operations.Receiver(projection)
        && Operations.Any(argument.Value, part => part.Parent is not IMemberReferenceOperation && Holds(part.Type, target), insideExpressionTrees: true));

    /// <summary>Whether anything at or below an operation, expression trees included, is or holds such an entity.</summary>
    private static bool Mentions(IOperation operation, ITypeSymbol target) => Operations.Any(operation, part => Holds(part.Type, target), insideExpressionTrees: true);

    /// <summary>An entity of the type that does not come out of a query in this body: from a field, a service, a constructor.</summary>
    private bool BringsIn(IOperation operation, RowOrigin origin, ITypeSymbol target)
    {
        switch (operation)
        {
            case IFieldReferenceOperation or IObjectCreationOperation or IDynamicInvocationOperation:
                return Holds(operation.Type, target);
            case IPropertyReferenceOperation { Property: var property }:
                return Holds(property.Type, target) && navigations.KindOf(property, origin.Call.Query?.SessionType) == NavigationKind.None;
            case IInvocationOperation call:
                return Holds(call.Type, target) && context.Models.Of(call.TargetMethod) is null && !IsOfChain(call, origin);
            default:
                return false;
        }
    }

    /// <summary>Whether the call is the helper that hands out the rows themselves.</summary>
    public static bool IsOfChain(IInvocationOperation call, RowOrigin origin) =>
        origin.Scopes.Any(scope => SymbolEqualityComparer.Default.Equals(scope.Owner.OriginalDefinition, call.TargetMethod.OriginalDefinition));

    /// <summary>Whether a value of the type is, or holds, entities of another type. A query holds none until it runs.</summary>
    public static bool Holds(ITypeSymbol? type, ITypeSymbol target) => type switch
    {
        IArrayTypeSymbol array => Holds(array.ElementType, target),
        INamedTypeSymbol { TypeKind: TypeKind.Delegate } => false,
        INamedTypeSymbol named when IsSameOrRelated(named, target) => true,
        INamedTypeSymbol { TypeArguments.IsEmpty: false } named => !IsQuery(named) && named.TypeArguments.Any(argument => Holds(argument, target)),
        _ => false,
    };

    private static bool IsQuery(INamedTypeSymbol type) => type.Name.Contains("Quer") || type.AllInterfaces.Any(implemented => implemented.Name == "IQueryable") || type.Name == "Expression";

    private static bool IsSameOrRelated(ITypeSymbol first, ITypeSymbol second) => DerivesFrom(first, second) || DerivesFrom(second, first);

    private static bool DerivesFrom(ITypeSymbol type, ITypeSymbol ancestor)
    {
        for (ITypeSymbol? current = type; current is not null && current.SpecialType == SpecialType.None; current = current.BaseType)
        {
            if (IsSame(current, ancestor))
                return true;
        }

        return false;
    }

    /// <summary>Whether two types have the same definition. False for null.</summary>
    public static bool IsSame(ITypeSymbol? first, ITypeSymbol? second) => first is not null && SymbolEqualityComparer.Default.Equals(first.OriginalDefinition, second?.OriginalDefinition);
}
