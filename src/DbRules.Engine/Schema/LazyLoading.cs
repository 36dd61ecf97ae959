using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>What the project says about lazy loading of navigations.</summary>
public enum LazyLoadingMode
{
    /// <summary>The code in view decides.</summary>
    Auto,

    /// <summary>Virtual navigations are loaded when they are read.</summary>
    On,

    /// <summary>None is.</summary>
    Off,
}

/// <summary>Whether reading a navigation loads it. Thread-safe.</summary>
internal sealed class LazyLoading
{
    private const string Proxies = "UseLazyLoadingProxies";

    private static readonly FileSearch<SyntaxNode> Using = ModelSources.Stating(static file => Naming(file, static name => name == Proxies), Proxies);
    private static readonly FileSearch<SyntaxNode> SetUps = ModelSources.Stating(
        static file => Naming(file, static name => name == "OnConfiguring" || name.Contains("AddDbContext")), "OnConfiguring", "AddDbContext");

    private readonly ModelIndex _models;
    private readonly SmallTable<ITypeSymbol, bool> _holdsLoader = new(SymbolEqualityComparer.Default);
    private readonly Later<Compilation, bool> _usesProxies;
    private readonly Later<Compilation, bool> _seesSetup;

    public LazyLoading(Compilation compilation, ModelIndex models)
    {
        _models = models;
        _usesProxies = new(compilation, static compilation => Using.In(ModelSources.Written(compilation)).Count > 0);
        _seesSetup = new(compilation, static compilation => SetUps.In(ModelSources.Written(compilation)).Count > 0);
    }

    /// <summary>Whether reading the navigation surely loads it: the entity holds a loader, or it is virtual and the project makes proxies.</summary>
    public bool IsProven(IPropertySymbol navigation, LazyLoadingMode mode) => mode != LazyLoadingMode.Off
        && (_holdsLoader.GetOrAdd(navigation.ContainingType.OriginalDefinition, HoldsLoader) || (CanBeProxied(navigation) && (mode == LazyLoadingMode.On || _usesProxies.Value)));

    /// <summary>Whether reading the navigation surely does not load it. A virtual navigation is one of which that is known only where the context's setup is in view.</summary>
    public bool IsRuledOut(IPropertySymbol navigation, LazyLoadingMode mode) => mode == LazyLoadingMode.Off
        || (!IsProven(navigation, mode) && (!CanBeProxied(navigation) || _seesSetup.Value));

    private static IEnumerable<SyntaxNode> Naming(CompilationUnitSyntax file, Func<string, bool> isMeant) =>
        file.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && isMeant(token.ValueText)).Select(static token => token.Parent!);

    private static bool CanBeProxied(IPropertySymbol navigation) =>
        (navigation.IsVirtual || navigation.IsOverride) && !navigation.IsSealed && !navigation.ContainingType.IsSealed;

    private bool HoldsLoader(ITypeSymbol entity)
    {
        for (ITypeSymbol? type = entity; type is not null && type.SpecialType == SpecialType.None; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers())
            {
                bool holds = member switch
                {
                    IFieldSymbol field => IsLoader(field.Type),
                    IPropertySymbol property => IsLoader(property.Type),
                    IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.Parameters.Any(parameter => IsLoader(parameter.Type) || IsLoadingDelegate(parameter)),
                    _ => false,
                };
                if (holds)
                    return true;
            }
        }

        return false;
    }

    private bool IsLoader(ITypeSymbol type) => _models.Of(type)?.Has(TypeTraits.LazyLoader) == true;

    private static bool IsLoadingDelegate(IParameterSymbol parameter) =>
        parameter is { Name: "lazyLoader", Type: INamedTypeSymbol { TypeKind: TypeKind.Delegate } };
}
