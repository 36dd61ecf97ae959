using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>The foreign-key properties behind navigations to one entity, as attributes, conventions and the fluent configuration of this compilation state them.</summary>
internal sealed class ForeignKeys
{
    private readonly EntityKeys _keys;
    private readonly ConcurrentDictionary<IPropertySymbol, IPropertySymbol?> _known = new(SymbolEqualityComparer.Default);
    private readonly Lazy<List<InvocationExpressionSyntax>> _configurations;

    public ForeignKeys(Compilation compilation, EntityKeys keys)
    {
        _keys = keys;
        _configurations = new(() => FindConfigurations(compilation));
    }

    /// <summary>
    /// The property of the navigation's own entity that always equals the primary key of the entity which a required navigation leads to. Null when there is
    /// none of the same type, when the configuration says otherwise or filters that entity, or when the code does not show it.
    /// </summary>
    public IPropertySymbol? BehindRequired(IPropertySymbol navigation) => _known.GetOrAdd(navigation, Find);

    /// <summary>Whether a member is the primary key of the entity that a navigation leads to.</summary>
    public bool IsKey(IPropertySymbol member, IPropertySymbol navigation) => SymbolEqualityComparer.Default.Equals(_keys.PrimaryKeyOf(navigation.Type), member);

    private IPropertySymbol? Find(IPropertySymbol navigation)
    {
        if (navigation.ContainingType is not { TypeKind: TypeKind.Class } dependent
            || navigation.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } principal
            || navigation.SetMethod is null
            || _keys.PrimaryKeyOf(dependent) is null
            || _keys.PrimaryKeyOf(principal) is not { } key
            || navigation.GetAttributes().Concat(principal.GetAttributes()).Any(attribute => attribute.AttributeClass?.Name is "NotMappedAttribute" or "OwnedAttribute" or "ComplexTypeAttribute" or "InversePropertyAttribute")
            || NamedBy(navigation, dependent, key) is not { } name
            || MemberOf(dependent, name) is not { SetMethod: not null, DeclaredAccessibility: Accessibility.Public } property
            || !SymbolEqualityComparer.Default.Equals(property.Type, key.Type)
            || !(key.Type.IsValueType || property.NullableAnnotation == NullableAnnotation.NotAnnotated)
            || property.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "NotMappedAttribute"))
        {
            return null;
        }

        return _configurations.Value.All(call => Allows(call, navigation, property, principal)) ? property : null;
    }

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

    /// <summary>The calls that configure relations and filters. A file that never does is recognised by its text alone.</summary>
    private static List<InvocationExpressionSyntax> FindConfigurations(Compilation compilation)
    {
        var found = new List<InvocationExpressionSyntax>();
        var search = new TextSearch("HasForeignKey", "HasPrincipalKey", "HasQueryFilter", "IsRequired", "SetQueryFilter");
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (search.FindsAnyIn(tree.GetText()))
                found.AddRange(tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => NameOf(call) is "HasForeignKey" or "HasPrincipalKey" or "HasQueryFilter" or "IsRequired" or "SetQueryFilter"));
        }

        return found;
    }

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } ? name : null;

    /// <summary>Whether a call of the configuration leaves it so that the property holds the key of the row that the navigation finds.</summary>
    private static bool Allows(InvocationExpressionSyntax call, IPropertySymbol navigation, IPropertySymbol foreignKey, INamedTypeSymbol principal)
    {
        bool isAbout = Names(call.Expression, navigation.Name);
        return NameOf(call) switch
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
