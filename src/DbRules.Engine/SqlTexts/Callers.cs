using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds the code of a compilation that calls a method: by its name in the text of files, before anything is bound. Remembered per method.</summary>
internal sealed class Callers(Compilation compilation, MemberBodies bodies)
{
    private const int MaxCallers = 60;

    private readonly SmallTable<IMethodSymbol, Found> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the compilation is a program, whose public methods nobody but a framework calls from outside.</summary>
    public bool IsProgram { get; } = compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication;

    /// <summary>Whether all code that can call a method stands in the type or the method that declares it.</summary>
    public static bool AreInView(IMethodSymbol method) =>
        method.MethodKind == MethodKind.LocalFunction || (method.DeclaredAccessibility == Accessibility.Private && method.ExplicitInterfaceImplementations.IsEmpty);

    /// <summary>The bodies that mention a method by name.</summary>
    /// <param name="method">The method.</param>
    /// <param name="roots">The body that asks: the one around a local function.</param>
    public IReadOnlyList<IReadOnlyList<IOperation>> Of(IMethodSymbol method, IReadOnlyList<IOperation> roots) => method.MethodKind == MethodKind.LocalFunction ? [roots] : Find(method).Bodies;

    /// <summary>Whether code that is not among those bodies mentions the name.</summary>
    public bool MayBeOutOfView(IMethodSymbol method) => Find(method).IsPartial;

    /// <summary>The values that a body gives a parameter; calls of what its method implements or overrides count.</summary>
    public static IReadOnlyList<IOperation> ArgumentsFor(IParameterSymbol parameter, IReadOnlyList<IOperation> body)
    {
        var found = new List<IOperation>();
        if (parameter.ContainingSymbol is not IMethodSymbol method)
            return found;
        string name = NameOf(method);
        foreach (IOperation root in body)
        {
            Operations.Visit(root, found, (operation, found) =>
            {
                if (operation is IInvocationOperation { TargetMethod: var target } call && target.Name == name && Runs(target, method)
                    && target.Parameters.FirstOrDefault(taken => taken.Ordinal == parameter.Ordinal) is { } taken && Operations.Argument(call, taken.Name) is { } argument)
                {
                    found.Add(argument);
                }

                return true;
            });
        }

        return found;
    }

    /// <summary>The types that a body lets a type parameter of a method stand for, by calling the method or by handing it on.</summary>
    public static IReadOnlyList<ITypeSymbol> TypesFor(ITypeParameterSymbol parameter, IReadOnlyList<IOperation> body)
    {
        var found = new List<ITypeSymbol>();
        if (parameter.DeclaringMethod is not { } method)
            return found;
        string name = NameOf(method);
        foreach (IOperation root in body)
        {
            Operations.Visit(root, found, (operation, found) =>
            {
                IMethodSymbol? named = (operation as IInvocationOperation)?.TargetMethod ?? (operation as IMethodReferenceOperation)?.Method;
                if (named is not null && named.Name == name && named.Arity == method.Arity && Runs(named, method))
                    found.Add(named.TypeArguments[parameter.Ordinal]);
                return true;
            });
        }

        return found;
    }

    /// <summary>The arguments by which a body hands a method on as a delegate, for other code to call.</summary>
    public static IReadOnlyList<IArgumentOperation> DelegatesOf(IMethodSymbol method, IReadOnlyList<IOperation> body)
    {
        var found = new List<IArgumentOperation>();
        foreach (IOperation root in body)
        {
            Operations.Visit(root, found, (operation, found) =>
            {
                if (operation is IMethodReferenceOperation { Method: var handed } && handed.Name == method.Name && Runs(handed, method) && Operations.ArgumentOf(operation) is { } argument)
                    found.Add(argument);
                return true;
            });
        }

        return found;
    }

    private static string NameOf(IMethodSymbol method) => method.ExplicitInterfaceImplementations.FirstOrDefault()?.Name ?? method.Name;

    private static bool Runs(IMethodSymbol called, IMethodSymbol method)
    {
        IMethodSymbol target = (called.ReducedFrom ?? called).OriginalDefinition;
        IMethodSymbol own = method.OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(target, own))
            return true;
        if (target.ContainingType.TypeKind == TypeKind.Interface)
            return own.ContainingType.AllInterfaces.Any(implemented => SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, target.ContainingType));
        for (IMethodSymbol? overridden = own.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, target))
                return true;
        }

        return false;
    }

    private Found Find(IMethodSymbol method) => _known.GetOrAdd(method.OriginalDefinition, Read);

    private Found Read(IMethodSymbol method)
    {
        var found = new List<IReadOnlyList<IOperation>>();
        var declarations = new HashSet<SyntaxNode>();
        bool isPartial = false;
        string name = NameOf(method);
        var search = new TextSearch(name);
        foreach ((SyntaxTree tree, TextSpan? part) in AreInView(method) ? TypeOf(method) : ModelSources.Trees(compilation).Select(static tree => (tree, (TextSpan?)null)))
        {
            foreach (int place in search.PlacesIn(tree.GetText()))
            {
                if (part?.Contains(place) == false || MentionAt(place, name, tree) is not { } mention)
                    continue;
                if (!compilation.ContainsSyntaxTree(tree) || CalleeBodies.DeclarationAround(mention) is not { } declaration)
                {
                    isPartial = true;
                }
                else if (declarations.Add(declaration))
                {
                    if (found.Count == MaxCallers)
                        return new Found(found, isPartial: true);
                    if (bodies.CodeOf(declaration) is { } body)
                        found.Add(body);
                    else
                        isPartial = true;
                }
            }
        }

        return new Found(found, isPartial);
    }

    private static IEnumerable<(SyntaxTree, TextSpan?)> TypeOf(IMethodSymbol method) =>
        method.ContainingType.DeclaringSyntaxReferences.Select(static reference => (reference.SyntaxTree, (TextSpan?)reference.Span));

    /// <summary>The name at a place of a file; null where it is part of another word, declares something, or stands in no code.</summary>
    private static SyntaxNode? MentionAt(int place, string name, SyntaxTree tree) =>
        tree.GetRoot().FindToken(place) is { Parent: SimpleNameSyntax mention } token && token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && token.Span.Contains(place) ? mention : null;

    private sealed class Found(IReadOnlyList<IReadOnlyList<IOperation>> bodies, bool isPartial)
    {
        public IReadOnlyList<IReadOnlyList<IOperation>> Bodies { get; } = bodies;

        public bool IsPartial { get; } = isPartial;
    }
}
