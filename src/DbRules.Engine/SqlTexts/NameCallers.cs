using System.Collections.Concurrent;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds the code of a compilation that calls a method, by its name. Remembered per method.</summary>
internal sealed class NameCallers(Compilation compilation, CompilationContext context)
{
    private const int MaxCallers = 60;

    private readonly ConcurrentDictionary<IMethodSymbol, Found> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the compilation is a program, whose public methods nobody but a framework calls from outside.</summary>
    public bool IsProgram { get; } = compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication;

    /// <summary>The bodies that mention a method by name.</summary>
    public IReadOnlyList<IReadOnlyList<IOperation>> Of(IMethodSymbol method) => Find(method).Bodies;

    /// <summary>Whether code that is not among those bodies mentions the name.</summary>
    public bool MayBeOutOfView(IMethodSymbol method) => Find(method).IsPartial;

    /// <summary>The values that the calls of a method in a body give one of its parameters; calls of what it implements or overrides count.</summary>
    public IEnumerable<IOperation> ArgumentsFor(IParameterSymbol parameter, IMethodSymbol method, IReadOnlyList<IOperation> body)
    {
        var found = new List<IOperation>();
        foreach (IOperation root in body)
        {
            Operations.Visit(root, found, (operation, found) =>
            {
                if (operation is IInvocationOperation { TargetMethod: var target } call && target.Name == method.Name && Runs(target, method)
                    && target.Parameters.FirstOrDefault(taken => taken.Ordinal == parameter.Ordinal) is { } taken && Operations.Argument(call, taken.Name) is { } argument)
                {
                    found.Add(argument);
                }

                return true;
            });
        }

        return found;
    }

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
        var bodies = new List<IReadOnlyList<IOperation>>();
        bool isPartial = false;
        var search = new TextSearch(method.Name);
        foreach (SyntaxTree tree in ModelSources.Trees(compilation))
        {
            if (!search.FindsAnyIn(tree.GetText()))
                continue;
            SyntaxNode file = tree.GetRoot();
            if (!compilation.ContainsSyntaxTree(tree))
            {
                isPartial |= file.DescendantTokens().Any(token => Names(token, method.Name));
                continue;
            }

            foreach (SyntaxNode member in file.DescendantTokens().Where(token => Names(token, method.Name)).Select(MemberAround).OfType<SyntaxNode>().Distinct())
            {
                if (bodies.Count == MaxCallers)
                    return new Found(bodies, isPartial: true);
                if (member is MemberDeclarationSyntax declaration && context.Bodies.BodyOf(declaration) is { } body)
                    bodies.Add(body);
                else
                    isPartial = true;
            }
        }

        return new Found(bodies, isPartial);
    }

    private static bool Names(SyntaxToken token, string name) => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && token.Parent is SimpleNameSyntax;

    private static SyntaxNode? MemberAround(SyntaxToken token) =>
        token.Parent?.Ancestors().FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax or GlobalStatementSyntax);

    private sealed class Found(IReadOnlyList<IReadOnlyList<IOperation>> bodies, bool isPartial)
    {
        public IReadOnlyList<IReadOnlyList<IOperation>> Bodies { get; } = bodies;

        public bool IsPartial { get; } = isPartial;
    }
}
