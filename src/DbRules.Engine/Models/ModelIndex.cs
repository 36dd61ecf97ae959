using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Models;

/// <summary>The rows of one compilation, resolved to symbols as they are asked for and remembered. Thread-safe.</summary>
public sealed class ModelIndex
{
    private readonly Compilation _compilation;
    private readonly ModelSet _models;
    private readonly SmallTable<ISymbol, MemberModel?> _members = new(SymbolEqualityComparer.Default);
    private readonly SmallTable<ISymbol, TypeModel?> _types = new(SymbolEqualityComparer.Default);
    private readonly Func<ISymbol, MemberModel?> _resolveMember;
    private readonly Func<ISymbol, TypeModel?> _resolveType;
    private readonly HashSet<string> _references;
    private readonly Later<ModelIndex, bool> _seesTestFramework;
    private readonly Later<ModelIndex, string?> _onlyDialect;
    private readonly Later<ModelIndex, TypeTraits> _traitsOfProviders;

    private ModelIndex(Compilation compilation, ModelSet models)
    {
        _compilation = compilation;
        _models = models;
        _resolveMember = Resolve;
        _resolveType = type => new TypeResolution(_models).Find((INamedTypeSymbol)type);
        _references = models.ReferencedBy(compilation);
        _seesTestFramework = new(this, static index => index.Any(layer => layer.TestFrameworks.IsSeenBy(index._compilation, index._references)));
        _onlyDialect = new(this, static index => index.FindOnlyDialect());
        _traitsOfProviders = new(this, static index => index.FindTraitsOfProviders());
    }

    /// <summary>Whether an assembly belongs to a library that sends commands to a store.</summary>
    public bool IsDatabaseLibrary(IAssemblySymbol assembly) => Any(layer => layer.Libraries.IsFrom(assembly.Name));

    /// <summary>Whether the text of a file names a library that sends commands to a store.</summary>
    internal bool IsLibraryNamedIn(SyntaxTree tree) => Any(layer => layer.Libraries.IsNamedIn(tree));

    /// <summary>Whether this compilation sees a test framework, as test projects do.</summary>
    public bool SeesTestFramework => _seesTestFramework.Value;

    /// <summary>The SQL dialect of the database libraries that this compilation references; null when they have none or several.</summary>
    public string? OnlyDialect => _onlyDialect.Value;

    /// <summary>What the rows say of all databases alike whose libraries this compilation references; nothing when it references none.</summary>
    public TypeTraits TraitsOfProviders => _traitsOfProviders.Value;

    /// <summary>The names, without arity, of the interfaces whose implementations handle requests.</summary>
    internal IEnumerable<string> HandlerNames => _models.Layers.SelectMany(static layer => layer.HandlerNames).Distinct();

    /// <summary>The members whose rows have an effect, whether or not this compilation has them: names to look for in syntax.</summary>
    internal IEnumerable<MemberModel> MembersWith(DbEffect effect) =>
        MembersOf(_models.Layers.SelectMany(static layer => layer.Files), effect);

    /// <summary>
    /// The files whose libraries this compilation references: a filter that may let too much through. The names of references are at hand, where to ask for types costs more
    /// than all that is asked of most compilations.
    /// </summary>
    internal IEnumerable<ModelFile> FilesInSight => _models.Layers.SelectMany(static layer => layer.Files).Where(file => !file.IsOutOfSight(_references));

    /// <summary>The types whose rows have a trait, whether or not this compilation has them.</summary>
    internal IEnumerable<TypeModel> TypesWith(TypeTraits trait) =>
        _models.Layers.SelectMany(static layer => layer.Files).SelectMany(static file => file.Types).Select(static type => type.Model).Where(type => type.Has(trait));

    /// <summary>The metadata names of the types with a row for a member of this name.</summary>
    public IEnumerable<string> TypesNaming(string memberName) => _models.Layers.SelectMany(layer => layer.TypesNaming(memberName)).Distinct();

    /// <summary>An index that resolves nothing yet: cheap to make, one for each compilation.</summary>
    public static ModelIndex Create(Compilation compilation, ModelSet models) => new(compilation, models);

    /// <summary>A cheap first filter: whether any row names a member so.</summary>
    public bool MayModel(string memberName)
    {
        foreach (var layer in _models.Layers)
        {
            if (layer.Names(memberName))
                return true;
        }

        return false;
    }

    /// <summary>
    /// The row for a method: its own type's, or that of the member it overrides, implements or (for <c>and-derived</c> rows) hides.
    /// Reduced extension methods and constructed generics are followed to their definition. Null when no row speaks; a row
    /// <c>nothing</c> is returned, with no effect, since it speaks.
    /// </summary>
    public MemberModel? Of(IMethodSymbol method)
    {
        if (!MayModel(method.Name) && method.MethodKind != MethodKind.ExplicitInterfaceImplementation)
            return null;
        return _members.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, _resolveMember);
    }

    /// <summary>The row for a property; an indexer's row has the name <c>Item</c>. Null when no row speaks.</summary>
    public MemberModel? Of(IPropertySymbol property)
    {
        if (!MayModel(property.MetadataName) && property.ExplicitInterfaceImplementations.IsEmpty)
            return null;
        return _members.GetOrAdd(property.OriginalDefinition, _resolveMember);
    }

    /// <summary>The row for a member of an enum; null when no row speaks.</summary>
    public MemberModel? Of(IFieldSymbol enumMember) =>
        enumMember.IsConst && MayModel(enumMember.Name) ? _members.GetOrAdd(enumMember, _resolveMember) : null;

    /// <summary>
    /// What rows say about a type, its bases and interfaces (<c>and-derived</c>), added up. A type parameter is what its constraints
    /// are. Null when no row says anything about the type itself; a line <c>nothing</c> says that it is nothing, without traits.
    /// </summary>
    public TypeModel? Of(ITypeSymbol type)
    {
        // The compiler's own types, enums and delegates do nothing to a store, and nothing that does derives from them.
        if (type is INamedTypeSymbol { TypeKind: not (TypeKind.Error or TypeKind.Enum or TypeKind.Delegate), SpecialType: SpecialType.None } named)
            return _types.GetOrAdd(named.OriginalDefinition, _resolveType);
        if (type is not ITypeParameterSymbol parameter)
            return null;
        foreach (var constraint in parameter.ConstraintTypes)
        {
            // Constraints on other type parameters are passed over: broken code may lead them in a circle.
            if (constraint is INamedTypeSymbol && Of(constraint) is { } model)
                return model;
        }

        return null;
    }

    /// <summary>The members of files whose rows have one of some effects.</summary>
    internal static IEnumerable<MemberModel> MembersOf(IEnumerable<ModelFile> files, DbEffect effects)
    {
        foreach (ModelFile file in files)
        {
            foreach (MemberModel member in file.Members)
            {
                if ((member.Effect & effects) != 0)
                    yield return member;
            }
        }
    }

    private MemberModel? Resolve(ISymbol member)
    {
        if (member.ContainingType is null || member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
            return null;
        foreach (var layer in _models.Layers)
        {
            if (new MemberResolution(layer, _compilation.Assembly).Find(member) is { } row)
                return row;
        }

        return null;
    }

    private string? FindOnlyDialect()
    {
        string? only = null;
        foreach (var type in _models.Layers.SelectMany(layer => layer.Libraries.References(_references)))
        {
            if (type.Dialect is null || type.Dialect == only)
                continue;
            if (only is not null)
                return null;
            only = type.Dialect;
        }

        return only;
    }

    private TypeTraits FindTraitsOfProviders()
    {
        TypeTraits? common = null;
        foreach (var type in _models.Layers.SelectMany(layer => layer.Libraries.References(_references)))
        {
            if (type.Dialect is null)
                continue;
            // One that shares it with all commands shares it with those that it creates.
            TypeTraits traits = type.Has(TypeTraits.SharesTransaction) ? type.Traits | TypeTraits.HandsTransaction : type.Traits;
            common = common is { } known ? known & traits : traits;
        }

        return common ?? TypeTraits.None;
    }

    private bool Any(Func<ModelLayer, bool> condition)
    {
        foreach (var layer in _models.Layers)
        {
            if (condition(layer))
                return true;
        }

        return false;
    }
}
