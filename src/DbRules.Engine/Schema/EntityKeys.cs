using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>The primary keys of entities, as attributes, conventions and the fluent configuration of this compilation state them.</summary>
internal sealed class EntityKeys
{
    private readonly SmallTable<ITypeSymbol, IPropertySymbol?> _known = new(SymbolEqualityComparer.Default);
    private readonly Later<Compilation, List<InvocationExpressionSyntax>> _configurations;

    public EntityKeys(Compilation compilation) => _configurations = new(compilation, static compilation => ModelSources.Calls(compilation, "HasKey", "HasNoKey"));

    /// <summary>The property that alone is the primary key of an entity; null when it has none, several, or when the code does not show it.</summary>
    public IPropertySymbol? PrimaryKeyOf(ITypeSymbol entity) => _known.GetOrAdd(entity, Find);

    private IPropertySymbol? Find(ITypeSymbol entity)
    {
        var attributed = new List<IPropertySymbol>();
        IPropertySymbol? byId = null;
        IPropertySymbol? byTypeName = null;
        for (ITypeSymbol? type = entity; type is not null; type = type.BaseType)
        {
            if (HasAttribute(type, "KeylessAttribute") || HasAttribute(type, "PrimaryKeyAttribute"))
                return null;
            foreach (ISymbol member in type.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, SetMethod: not null } property)
                    continue;
                if (HasAttribute(property, "KeyAttribute") || HasAttribute(property, "BsonIdAttribute"))
                    attributed.Add(property);
                if (property.Name == "_id" || string.Equals(property.Name, "Id", StringComparison.OrdinalIgnoreCase))
                    byId ??= property;
                else if (string.Equals(property.Name, entity.Name + "Id", StringComparison.OrdinalIgnoreCase))
                    byTypeName ??= property;
            }
        }

        IPropertySymbol? key = attributed.Count switch
        {
            0 => byId ?? byTypeName,
            1 => attributed[0],
            _ => null,
        };
        return key is not null && _configurations.Value.All(call => Allows(call, entity.Name, key.Name)) ? key : null;
    }

    private static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

    /// <summary>Whether a key call of the fluent configuration leaves the key of an entity as it is. One that names no entity may be about any that its file names.</summary>
    private static bool Allows(InvocationExpressionSyntax call, string entity, string key)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        bool isAbout = FluentCalls.EntityOf(access) is { } named ? named == entity : Names(call.SyntaxTree.GetRoot(), entity);
        return !isAbout || (access.Name.Identifier.ValueText == "HasKey" && OnlyMember(call) == key);
    }

    private static string? OnlyMember(InvocationExpressionSyntax call) => call.ArgumentList.Arguments is not [{ Expression: var argument }] ? null : argument switch
    {
        LambdaExpressionSyntax { Body: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax, Name: var member } } => member.Identifier.ValueText,
        LiteralExpressionSyntax { Token.Value: string name } => name,
        _ => null,
    };

    private static bool Names(SyntaxNode file, string entity) =>
        file.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == entity);
}
