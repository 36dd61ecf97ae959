using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Calls;

/// <summary>
/// Which members belong to the code under analysis: to this compilation, to a project that it references, to what an assembly that it
/// references states, or to an interface of the same product that this compilation implements.
/// </summary>
internal sealed class OwnCode
{
    private readonly Compilation _compilation;
    private readonly Func<IMethodSymbol, bool>? _mayMatter;
    // Asked for every call of a body: a delegate each time would be the most that a walk allocates.
    private readonly Func<IMethodSymbol, bool> _isStated;
    private readonly Later<Compilation, HashSet<IAssemblySymbol>> _projects;
    private readonly SmallTable<IMethodSymbol, bool> _stated = new(SymbolEqualityComparer.Default);
    private readonly Later<Compilation, HashSet<string>> _baseNames;
    private readonly SmallTable<IMethodSymbol, bool> _hasBody = new(SymbolEqualityComparer.Default);

    /// <param name="compilation">The compilation.</param>
    /// <param name="mayMatter">Which of its members may do something to a store; null when that is not known, so that all may.</param>
    public OwnCode(Compilation compilation, Func<IMethodSymbol, bool>? mayMatter = null)
    {
        _compilation = compilation;
        _mayMatter = mayMatter;
        Stated = new StatedAssemblies(compilation);
        _projects = new(compilation, SourceProjects.AssembliesReferencedBy);
        _isStated = Stated.SpeakOf;
        _baseNames = new(compilation, DeclaredTypes.BaseNames);
    }

    /// <summary>The referenced assemblies that state what their members do.</summary>
    public StatedAssemblies Stated { get; }

    /// <summary>
    /// A cheap first question: false where no accessor of a property is known. To ask for the accessor of a generic type's property makes a symbol, and most are the
    /// framework's.
    /// </summary>
    public bool MayContain(IPropertySymbol property) =>
        property.ContainingAssembly is { } assembly
        && (ReferenceEquals(assembly, _compilation.Assembly) || _projects.Value.Contains(assembly) || !Stated.All.IsEmpty || property.ContainingType.TypeKind == TypeKind.Interface);

    /// <summary>Whether the engine can tell what a method does, or who implements it.</summary>
    public bool Contains(IMethodSymbol method)
    {
        if (method.ContainingAssembly is not { } assembly)
            return false;
        if (ReferenceEquals(assembly, _compilation.Assembly))
            return _mayMatter?.Invoke((method.ReducedFrom ?? method).OriginalDefinition) != false;
        if (_projects.Value.Contains(assembly))
            return true;
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return (!Stated.All.IsEmpty && _stated.GetOrAdd(definition, _isStated)) || IsImplementedHere(definition);
    }

    /// <summary>
    /// Whether an assembly is part of the same product, so that it is the code in view that implements its interfaces: those of a framework or library
    /// are implemented by many others. Assemblies of one product are signed with the same key, and mostly with none.
    /// </summary>
    public bool IsSameProduct(IAssemblySymbol assembly) =>
        ReferenceEquals(assembly, _compilation.Assembly) || IsStated(assembly) || assembly.Identity.PublicKeyToken.SequenceEqual(_compilation.Assembly.Identity.PublicKeyToken);

    /// <summary>Whether an assembly states what its members do.</summary>
    private static bool IsStated(IAssemblySymbol assembly) => StatedSummaries.Of(assembly).IsPresent;

    /// <summary>Whether an accessor has code of its own: an automatic property has none, and reading it does nothing.</summary>
    public bool HasCode(IMethodSymbol accessor) => _hasBody.GetOrAdd(accessor.OriginalDefinition, static accessor =>
        accessor.DeclaringSyntaxReferences.IsEmpty
            ? !accessor.IsImplicitlyDeclared
            : accessor.IsAbstract || accessor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is not AccessorDeclarationSyntax { Body: null, ExpressionBody: null }));

    private bool IsImplementedHere(IMethodSymbol definition) =>
        definition is { IsAbstract: true, ContainingType: { TypeKind: TypeKind.Interface } type } && IsSameProduct(type.ContainingAssembly) && _baseNames.Value.Contains(type.Name);
}
