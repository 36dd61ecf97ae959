using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>The foreign-key properties behind navigations to one entity, as attributes, conventions and the fluent configuration of this compilation state them.</summary>
internal sealed class ForeignKeys
{
    private readonly EntityKeys _keys;
    private readonly SmallTable<IPropertySymbol, (IPropertySymbol Key, IPropertySymbol ForeignKey)?> _known = new(SymbolEqualityComparer.Default);
    private readonly Later<Compilation, List<InvocationExpressionSyntax>> _configurations;

    public ForeignKeys(Compilation compilation, EntityKeys keys)
    {
        _keys = keys;
        _configurations = new(compilation, static compilation => ModelSources.Calls(compilation, "HasForeignKey", "HasPrincipalKey", "HasQueryFilter", "IsRequired", "SetQueryFilter"));
    }

    /// <summary>
    /// The property of the navigation's own entity that always equals the primary key of the entity which a required navigation leads to. Null when
    /// <paramref name="key"/> is not that key, when no property has its type, when the configuration says otherwise or filters that entity, or when the code does not
    /// show it.
    /// </summary>
    public IPropertySymbol? BehindRequired(IPropertySymbol navigation, IPropertySymbol key)
    {
        // What is read says by its name whether it can be the key, which saves reading the configuration for most.
        if (CandidateOf(navigation, key) is null)
            return null;
        (IPropertySymbol Key, IPropertySymbol ForeignKey)? known = _known.GetOrAdd(navigation, Find);
        return known is { } found && SymbolEqualityComparer.Default.Equals(found.Key, key) ? found.ForeignKey : null;
    }

    private (IPropertySymbol Key, IPropertySymbol ForeignKey)? Find(IPropertySymbol navigation)
    {
        var principal = (INamedTypeSymbol)navigation.Type;
        return _keys.PrimaryKeyOf(principal) is { } key && CandidateOf(navigation, key) is { } foreignKey && _configurations.Value.All(call => Allows(call, navigation, foreignKey, principal))
            ? (key, foreignKey)
            : null;
    }

    /// <summary>The property that is the foreign key if the other is the primary key and no configuration says otherwise.</summary>
    private static IPropertySymbol? CandidateOf(IPropertySymbol navigation, IPropertySymbol key)
    {
        if (navigation.ContainingType is not { TypeKind: TypeKind.Class } dependent
            || navigation.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } principal
            || navigation.SetMethod is null
            || !MayBeKey(key, principal)
            || navigation.GetAttributes().Concat(principal.GetAttributes()).Any(attribute => attribute.AttributeClass?.Name is "NotMappedAttribute" or "OwnedAttribute" or "ComplexTypeAttribute" or "InversePropertyAttribute")
            || NamedBy(navigation, dependent, key) is not { } name
            || MemberOf(dependent, name) is not { SetMethod: not null, DeclaredAccessibility: Accessibility.Public } property
            || !SymbolEqualityComparer.Default.Equals(property.Type, key.Type)
            || !(key.Type.IsValueType || property.NullableAnnotation == NullableAnnotation.NotAnnotated)
            || property.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "NotMappedAttribute"))
        {
            return null;
        }

        return property;
    }

    private static bool MayBeKey(IPropertySymbol property, INamedTypeSymbol entity) =>
        string.Equals(property.Name, "Id", StringComparison.OrdinalIgnoreCase)
        || string.Equals(property.Name, entity.Name + "Id", StringComparison.OrdinalIgnoreCase)
        || property.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "KeyAttribute");

    /// <summary>The name of the foreign key: by attribute on either side, or the navigation's name with that of the key behind it.</summary>
    private static string? NamedBy(IPropertySymbol navigation, INamedTypeSymbol dependent, IPropertySymbol key)
    {
        if (ForeignKeyName(navigation) is { } named)
            return named;
        for (INamedTypeSymbol? type = dependent; type is not null; type = type.BaseType)
        {
            foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
            {
                if (ForeignKeyName(property) == navigation.Name)
                    return property.Name;
            }
        }

        return MemberOf(dependent, navigation.Name + key.Name)?.Name ?? MemberOf(dependent, navigation.Name + "Id")?.Name;
    }

    private static string? ForeignKeyName(IPropertySymbol property) => property.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.Name == "ForeignKeyAttribute")
        .Select(attribute => attribute.ConstructorArguments is [{ Value: string name }] ? name : null)
        .FirstOrDefault();

    private static IPropertySymbol? MemberOf(INamedTypeSymbol entity, string name)
    {
        for (INamedTypeSymbol? type = entity; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault(property => !property.IsStatic) is { } property)
                return property;
        }

        return null;
    }

    /// <summary>Whether a call of the configuration leaves it so that the property holds the key of the row that the navigation finds.</summary>
    private static bool Allows(InvocationExpressionSyntax call, IPropertySymbol navigation, IPropertySymbol foreignKey, INamedTypeSymbol principal)
    {
        bool isAbout = Names(call.Expression, navigation.Name);
        return ModelSources.NameOf(call) switch
        {
            "HasForeignKey" => !isAbout || Names(call.ArgumentList, foreignKey.Name),
            "HasPrincipalKey" => !isAbout,
            "IsRequired" => !isAbout || !call.ArgumentList.ToString().Contains("false"),
            // A filter hides rows that the foreign key still names. One that names no entity may be about any.
            _ => FilteredEntity(call) is { } entity && entity != principal.Name,
        };
    }

    private static string? FilteredEntity(InvocationExpressionSyntax call)
    {
        foreach (GenericNameSyntax name in call.Expression.DescendantNodes().OfType<GenericNameSyntax>())
        {
            if (name is { Identifier.ValueText: "Entity", TypeArgumentList.Arguments: [var argument] })
                return LastName(argument);
        }

        foreach (SyntaxNode node in call.Ancestors())
        {
            if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "Entity", TypeArgumentList.Arguments: [var around] } } })
                return LastName(around);
            if (node is MethodDeclarationSyntax { ParameterList.Parameters: [{ Type: GenericNameSyntax { TypeArgumentList.Arguments: [var built] } }, ..], TypeParameterList: null })
                return LastName(built);
        }

        return null;
    }

    private static string LastName(TypeSyntax type) => type is QualifiedNameSyntax { Right.Identifier.ValueText: var right } ? right : type.ToString();

    private static bool Names(SyntaxNode node, string name) => node.DescendantTokens().Any(token =>
        (token.IsKind(SyntaxKind.IdentifierToken) || token.IsKind(SyntaxKind.StringLiteralToken)) && token.ValueText == name);
}
