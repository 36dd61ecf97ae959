using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>
/// Whether code that a body calls, or that calls it, may bring in the rows that a navigation of a row leads to, or set the navigation. When in doubt it may.
/// </summary>
internal sealed class RelatedLoads(CompilationContext context, MemberBodies facts, RelatedRows related)
{
    private const int MaxDepth = 3;

    /// <summary>Whether either may bring in what a navigation leads to before it is read.</summary>
    public bool MayComeFromElsewhere(RowOrigin origin, IPropertyReferenceOperation read, LoadedPaths loaded) =>
        MayComeFromCalls(origin, read, loaded) || MayComeFromCallers(origin, read, loaded);

    /// <summary>
    /// Whether a private method works on rows of a context that its callers may have filled: another member of the type includes the navigation, and the context connects what it keeps.
    /// </summary>
    private bool MayComeFromCallers(RowOrigin origin, IPropertyReferenceOperation read, LoadedPaths loaded)
    {
        BodyScope reading = origin.Scopes[origin.Scopes.Length - 1];
        if (loaded.IsUntracked || reading.Owner is not IMethodSymbol { DeclaredAccessibility: Accessibility.Private } method || Operations.RootSymbol(origin.Call.Session) is ILocalSymbol)
            return false;
        foreach (ISymbol member in method.ContainingType.GetMembers())
        {
            if (member is IMethodSymbol other && !SymbolEqualityComparer.Default.Equals(other, method) && facts.Of(other)?.Calls.Any(call => Includes(call.Query, read.Property)) == true)
                return true;
        }

        return false;
    }

    private static bool Includes(QueryShape? query, IPropertySymbol navigation) => query is { Entity: { } entity }
        && query.Steps.Any(use => use.Step == QueryStep.Include && LoadedPaths.PathOf(use.Call, entity)?.Contains(navigation.Name) == true);

    /// <summary>Whether a call that runs before a read may reach code which loads or sets what the navigation leads to.</summary>
    private bool MayComeFromCalls(RowOrigin origin, IPropertyReferenceOperation read, LoadedPaths loaded)
    {
        ITypeSymbol? session = origin.Call.Query?.SessionType;
        foreach (BodyScope scope in origin.Scopes)
        {
            bool isReading = scope == origin.Scopes[origin.Scopes.Length - 1];
            bool found = scope.Any(operation => operation is IInvocationOperation call
                && (!isReading || call.Syntax.SpanStart < read.Syntax.SpanStart)
                && !Operations.IsInside(read, call)
                && !RelatedRows.IsOfChain(call, origin)
                && MayLoad(call, session, read.Property, loaded.IsUntracked, 0));
            // What does not bind may be anything: an argument tells a call from other code with errors.
            if (found || (!loaded.IsUntracked && scope.Any(operation => operation is IInvalidOperation { Syntax: InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } } && operation.Syntax.SpanStart < read.Syntax.SpanStart)))
                return true;
        }

        return false;
    }

    private bool MayLoad(IInvocationOperation call, ITypeSymbol? session, IPropertySymbol navigation, bool isUntracked, int depth)
    {
        IMethodSymbol method = call.TargetMethod;
        if (context.Models.Of(method) is { } model)
            return !isUntracked && model.Has(DbEffect.Dispatches);
        bool takesEntity = call.Arguments.Any(argument => RelatedRows.Holds(Operations.Unwrap(argument.Value).Type, navigation.ContainingType));
        if (isUntracked && !takesEntity)
            return false;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return true;
        bool takesSession = session is not null && call.Arguments.Any(argument => RelatedRows.IsSame(Operations.Unwrap(argument.Value).Type, session));
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return takesSession || (!isUntracked && !IsOfFramework(method.ContainingAssembly) && (Dispatches(call) || SharesLibrary(method.ContainingAssembly, session)));
        if (method.IsStatic && !takesSession && !takesEntity)
            return false;
        if (depth >= MaxDepth || context.Bodies.Of(method) is not { } bodies)
            return true;
        return facts.Of(method)?.Calls.Any(static inner => inner.Model?.Has(DbEffect.RoundTrip) != false || inner.IsRoundTrip) != false
            || bodies.Any(body => Operations.Any(body, operation => related.Sets(operation, navigation) || (operation is IInvocationOperation inner && MayLoad(inner, session, navigation, isUntracked, depth + 1))));
    }

    /// <summary>An awaited call of a library that is given an object of the project may lead back into the project, as mediators do.</summary>
    private static bool Dispatches(IInvocationOperation call) =>
        Tasks.IsTask(call.Type) && call.Arguments.Any(argument => Operations.Unwrap(argument.Value).Type is INamedTypeSymbol { IsReferenceType: true, DeclaringSyntaxReferences.IsEmpty: false });

    /// <summary>Whether an assembly belongs to the platform, as its name says; code without one does.</summary>
    public static bool IsOfFramework(IAssemblySymbol? assembly) =>
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
}
