using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Calls;

/// <summary>Which members belong to the code under analysis: to this compilation, or to a project or summarised assembly that it references.</summary>
internal sealed class OwnCode(Compilation compilation)
{
    /// <summary>The attribute type by which an assembly states the summaries of its methods. Each assembly has its own, internal one.</summary>
    public const string SummaryAttribute = "DbRulesSummaryAttribute";

    private readonly ConcurrentDictionary<IAssemblySymbol, bool> _assemblies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _hasBody = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the engine can tell what a method does, or who implements it.</summary>
    public bool Contains(IMethodSymbol method) => method.ContainingAssembly is { } assembly
        && (ReferenceEquals(assembly, compilation.Assembly) || _assemblies.GetOrAdd(assembly, IsOwn));

    /// <summary>Whether an accessor has code of its own: an automatic property has none, and reading it does nothing.</summary>
    public bool HasCode(IMethodSymbol accessor) => _hasBody.GetOrAdd(accessor.OriginalDefinition, static accessor =>
        accessor.DeclaringSyntaxReferences.IsEmpty
            ? !accessor.IsImplicitlyDeclared
            : accessor.IsAbstract || accessor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is not AccessorDeclarationSyntax { Body: null, ExpressionBody: null }));

    private bool IsOwn(IAssemblySymbol assembly)
    {
        if (compilation.GetMetadataReference(assembly) is CompilationReference)
            return true;
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == SummaryAttribute)
                return true;
        }

        return false;
    }
}
