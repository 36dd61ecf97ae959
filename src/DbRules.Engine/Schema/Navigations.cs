using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>What a property of an entity leads to.</summary>
public enum NavigationKind
{
    /// <summary>No other entity, or the code does not show that it does.</summary>
    None,

    /// <summary>One other entity.</summary>
    Reference,

    /// <summary>Several other entities.</summary>
    Collection,
}

/// <summary>The navigations of entities, as contexts, attributes and the fluent configuration in view state them. Thread-safe.</summary>
internal sealed class Navigations
{
    private readonly ModelIndex _models;
    private readonly SmallTable<ITypeSymbol, HashSet<ITypeSymbol>> _sets = new(SymbolEqualityComparer.Default);
    private readonly SmallTable<IPropertySymbol, bool> _mayBe = new(SymbolEqualityComparer.Default);
    private readonly Later<Compilation, Configuration> _configuration;

    public Navigations(Compilation compilation, ModelIndex models)
    {
        _models = models;
        _configuration = new(compilation, Configuration.Read);
    }

    /// <summary>A cheap first filter: whether a property has the form of a navigation.</summary>
    public bool MayBe(IPropertySymbol property) =>
        !property.Type.IsValueType && property.Type.SpecialType == SpecialType.None && _mayBe.GetOrAdd(property.OriginalDefinition, static property => HasForm(property));

    private static bool HasForm(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal }
        && property.ContainingType is { TypeKind: TypeKind.Class, SpecialType: SpecialType.None }
        && TargetOf(property) is not null;

    /// <summary>The type of the entities that a property leads to, if it is a navigation; null when its form is that of a value.</summary>
    public static ITypeSymbol? TargetOf(IPropertySymbol property)
    {
        if (property.Type.IsValueType || property.Type.SpecialType == SpecialType.System_String)
            return null;
        ITypeSymbol? type = Sequences.IsSequence(property.Type) ? Sequences.ElementType(property.Type) : property.Type;
        return type is INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None, IsAnonymousType: false } ? type : null;
    }

    /// <summary>What a property of an entity leads to.</summary>
    /// <param name="property">The property.</param>
    /// <param name="session">The type of the context that the entity came through; null when unknown.</param>
    public NavigationKind KindOf(IPropertySymbol property, ITypeSymbol? session)
    {
        property = property.OriginalDefinition;
        if (!MayBe(property) || TargetOf(property) is not { } target || !IsEntity(target, session) || IsComputed(property))
            return NavigationKind.None;
        if (HasAttribute(property, "NotMappedAttribute") || HasAttribute(property, "ColumnAttribute") || HasAttribute(target, "OwnedAttribute") || HasAttribute(target, "ComplexTypeAttribute"))
            return NavigationKind.None;
        if (_configuration.Value.Excludes(property, target))
            return NavigationKind.None;
        return Sequences.IsSequence(property.Type) ? NavigationKind.Collection : NavigationKind.Reference;
    }

    /// <summary>Whether every query of the entity loads the navigation, as far as the fluent configuration in view says. True when it says so in a way that is not understood.</summary>
    public bool IsAutoIncluded(IPropertySymbol navigation) => _configuration.Value.AutoIncludes(navigation);

    /// <summary>Whether a context is a class in source that has sets, so that the configuration of its model is in view too.</summary>
    public bool IsContextInView(ITypeSymbol? session) =>
        session is { TypeKind: TypeKind.Class, DeclaringSyntaxReferences.IsEmpty: false } && _sets.GetOrAdd(session, SetsOf).Count > 0;

    /// <summary>Whether a type is an entity: it, or a type that it derives from, has a set in the context or a configuration of its own.</summary>
    public bool IsEntity(ITypeSymbol type, ITypeSymbol? session)
    {
        HashSet<ITypeSymbol>? sets = session is null ? null : _sets.GetOrAdd(session, SetsOf);
        for (ITypeSymbol? current = type; current is not null && current.SpecialType == SpecialType.None; current = current.BaseType)
        {
            if (sets?.Contains(current) == true || _configuration.Value.Entities.Contains(current.Name))
                return true;
        }

        return false;
    }

    /// <summary>The property of a type or one of its bases; null when it has none of that name.</summary>
    public static IPropertySymbol? PropertyOf(ITypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
                return property;
        }

        return null;
    }

    private HashSet<ITypeSymbol> SetsOf(ITypeSymbol session)
    {
        var sets = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        IEnumerable<ISymbol> members = session.GetMembers().Concat(session.AllInterfaces.Where(_ => session.TypeKind == TypeKind.Interface).SelectMany(parent => parent.GetMembers()));
        for (ITypeSymbol? parent = session.BaseType; parent is not null; parent = parent.BaseType)
            members = members.Concat(parent.GetMembers());
        foreach (ISymbol member in members)
        {
            if (member is IPropertySymbol { Type: INamedTypeSymbol { TypeArguments: [var entity] } type } && _models.Of(type)?.Has(TypeTraits.Query) == true)
                sets.Add(entity);
        }

        return sets;
    }

    /// <summary>A property that computes its value. One that only hands out a field is none.</summary>
    private static bool IsComputed(IPropertySymbol property)
    {
        if (property.SetMethod is not null)
            return false;
        foreach (SyntaxReference reference in property.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is PropertyDeclarationSyntax declaration && !HandsOutField(declaration))
                return true;
        }

        // An automatic property without a setter holds one entity only when a constructor gives it.
        return !Sequences.IsSequence(property.Type);
    }

    private static bool HandsOutField(PropertyDeclarationSyntax property)
    {
        ExpressionSyntax? value = property.ExpressionBody?.Expression;
        if (value is null)
        {
            AccessorDeclarationSyntax? getter = property.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration));
            value = getter?.ExpressionBody?.Expression ?? (getter?.Body?.Statements is [ReturnStatementSyntax { Expression: { } returned }] ? returned : null);
            if (value is null)
                return getter is { Body: null };
        }

        if (value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax source, Name.Identifier.ValueText: "AsReadOnly" } })
            value = source;
        return value is IdentifierNameSyntax;
    }

    private static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

    /// <summary>What the fluent configuration says, by the names that it uses.</summary>
    private sealed class Configuration
    {
        private static readonly FileSearch<SyntaxNode> Stated =
            ModelSources.Stating(Read, "Entity<", "EntityTypeConfiguration<", "AutoInclude", "SetIsEagerLoaded", "OwnsOne", "OwnsMany", "Owned<", ".Ignore(", ".Ignore<");

        private readonly List<(string? Entity, string Member)> _excluded = [];
        private readonly List<(string? Entity, string Member)> _autoIncluded = [];
        private readonly HashSet<string> _excludedTypes = new(StringComparer.Ordinal);
        private bool _autoIncludesMore;

        public HashSet<string> Entities { get; } = new(StringComparer.Ordinal);

        public static Configuration Read(Compilation compilation)
        {
            var configuration = new Configuration();
            foreach (SyntaxNode node in Stated.In(ModelSources.Written(compilation)))
            {
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call)
                    configuration.ReadCall(call, access);
                else if (node is SimpleBaseTypeSyntax { Type: GenericNameSyntax type } && FluentCalls.TypeArgument(type) is { } entity)
                    configuration.Entities.Add(entity);
            }

            return configuration;
        }

        private static IEnumerable<SyntaxNode> Read(CompilationUnitSyntax file) => file.DescendantNodes().Where(static node => node
            is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Entity" or "Owned" or "Ignore" or "OwnsOne" or "OwnsMany" or "AutoInclude" or "SetIsEagerLoaded" } }
            or SimpleBaseTypeSyntax { Type: GenericNameSyntax { Identifier.ValueText: "IEntityTypeConfiguration" } });

        public bool Excludes(IPropertySymbol property, ITypeSymbol target) =>
            _excludedTypes.Contains(target.Name) || _excluded.Exists(entry => entry.Member == property.Name && IsAbout(entry.Entity, property.ContainingType));

        // A subclass may configure what its base declares, so the entity is not asked for.
        public bool AutoIncludes(IPropertySymbol navigation) => _autoIncludesMore || _autoIncluded.Exists(entry => entry.Member == navigation.Name);

        private static bool IsAbout(string? entity, INamedTypeSymbol type)
        {
            if (entity is null)
                return true;
            for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
            {
                if (current.Name == entity)
                    return true;
            }

            return false;
        }

        private void ReadCall(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access)
        {
            switch (access.Name.Identifier.ValueText)
            {
                case "Entity" when FluentCalls.TypeArgument(access.Name as GenericNameSyntax) is { } entity:
                    Entities.Add(entity);
                    break;
                case "Owned" when FluentCalls.TypeArgument(access.Name as GenericNameSyntax) is { } owned:
                    _excludedTypes.Add(owned);
                    break;
                case "Ignore" when FluentCalls.TypeArgument(access.Name as GenericNameSyntax) is { } ignored:
                    _excludedTypes.Add(ignored);
                    break;
                case "Ignore" or "OwnsOne" or "OwnsMany" when FluentCalls.FirstMember(call) is { } member:
                    _excluded.Add((FluentCalls.EntityOf(access), member));
                    break;
                case "AutoInclude" when access.Expression is InvocationExpressionSyntax navigation && FluentCalls.FirstMember(navigation) is { } member:
                    if (call.ArgumentList.Arguments is not [{ Expression.RawKind: (int)SyntaxKind.FalseLiteralExpression }])
                        _autoIncluded.Add((FluentCalls.EntityOf(access), member));
                    break;
                case "AutoInclude" or "SetIsEagerLoaded":
                    _autoIncludesMore = true;
                    break;
            }
        }
    }
}
