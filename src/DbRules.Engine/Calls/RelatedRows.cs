using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// Whether code beside a query may bring in the rows that one of its navigations leads to: a context connects all rows that it keeps. When in doubt it may.
/// </summary>
internal sealed class RelatedRows(CompilationContext context, Navigations navigations)
{
    private const int MaxDepth = 3;

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

    /// <summary>Whether a call that runs before a read may reach code which loads or sets what the navigation leads to.</summary>
    public bool MayComeFromCalls(RowOrigin origin, IPropertyReferenceOperation read, LoadedPaths loaded)
    {
        ITypeSymbol? session = origin.Call.Query?.SessionType;
        foreach (BodyScope scope in origin.Scopes)
        {
            bool isReading = scope == origin.Scopes[origin.Scopes.Length - 1];
            bool found = scope.Any(operation => operation is IInvocationOperation call
                && (!isReading || call.Syntax.SpanStart < read.Syntax.SpanStart)
                && !Operations.IsInside(read, call)
                && !IsOfChain(call, origin)
                && MayLoad(call, session, read.Property, loaded.IsUntracked, 0));
            // What does not bind may be anything: an argument tells a call from other code with errors.
            if (found || (!loaded.IsUntracked && scope.Any(operation => operation is IInvalidOperation { Syntax: InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } } && operation.Syntax.SpanStart < read.Syntax.SpanStart)))
                return true;
        }

        return false;
    }

    /// <summary>The code gives the navigation another value, or puts something into it.</summary>
    private bool Sets(IOperation operation, IPropertySymbol navigation) =>
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
    private static bool IsOfChain(IInvocationOperation call, RowOrigin origin) =>
        origin.Scopes.Any(scope => SymbolEqualityComparer.Default.Equals(scope.Owner.OriginalDefinition, call.TargetMethod.OriginalDefinition));

    private bool MayLoad(IInvocationOperation call, ITypeSymbol? session, IPropertySymbol navigation, bool isUntracked, int depth)
    {
        IMethodSymbol method = call.TargetMethod;
        if (context.Models.Of(method) is { } model)
            return !isUntracked && model.Has(DbEffect.Dispatches);
        bool takesEntity = call.Arguments.Any(argument => Holds(Operations.Unwrap(argument.Value).Type, navigation.ContainingType));
        if (isUntracked && !takesEntity)
            return false;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return true;
        bool takesSession = session is not null && call.Arguments.Any(argument => IsSame(Operations.Unwrap(argument.Value).Type, session));
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return takesSession || (!isUntracked && !IsOfFramework(method.ContainingAssembly) && (Dispatches(call) || SharesLibrary(method.ContainingAssembly, session)));
        if (method.IsStatic && !takesSession && !takesEntity)
            return false;
        if (depth >= MaxDepth || context.Bodies.Of(method) is not { } bodies)
            return true;
        foreach (IOperation body in bodies)
        {
            if (BodyFacts.Read(context, method, [body]).Calls.Any(inner => inner.Model?.Has(DbEffect.RoundTrip) != false || inner.IsRoundTrip)
                || Operations.Any(body, operation => Sets(operation, navigation) || (operation is IInvocationOperation inner && MayLoad(inner, session, navigation, isUntracked, depth + 1))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An awaited call of a library that is given an object of the project may lead back into the project, as mediators do.</summary>
    private static bool Dispatches(IInvocationOperation call) =>
        call.Type?.Name is "Task" or "ValueTask" && call.Arguments.Any(argument => Operations.Unwrap(argument.Value).Type is INamedTypeSymbol { IsReferenceType: true, DeclaringSyntaxReferences.IsEmpty: false });

    private static bool IsOfFramework(IAssemblySymbol? assembly) =>
        assembly is null || assembly.Name.StartsWith("System", StringComparison.Ordinal) || assembly.Name.StartsWith("Microsoft.", StringComparison.Ordinal) || assembly.Name is "mscorlib" or "netstandard";

    /// <summary>Whether code of an assembly may use the same kind of context: it references the library that the context derives from.</summary>
    private static bool SharesLibrary(IAssemblySymbol assembly, ITypeSymbol? session)
    {
        for (ITypeSymbol? type = session; type is not null && type.SpecialType == SpecialType.None; type = type.BaseType)
        {
            if (assembly.Modules.Any(module => module.ReferencedAssemblies.Contains(type.ContainingAssembly.Identity)))
                return true;
        }

        return session is null;
    }

    /// <summary>Whether a value of the type is, or holds, entities of another type. A query holds none until it runs.</summary>
    private static bool Holds(ITypeSymbol? type, ITypeSymbol target) => type switch
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

    private static bool IsSame(ITypeSymbol? first, ITypeSymbol? second) => first is not null && SymbolEqualityComparer.Default.Equals(first.OriginalDefinition, second?.OriginalDefinition);
}
