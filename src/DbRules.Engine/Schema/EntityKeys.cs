using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Schema;

/// <summary>The primary keys of entities, as attributes, conventions and the fluent configuration of this compilation state them.</summary>
internal sealed class EntityKeys
{
    private readonly ConcurrentDictionary<ITypeSymbol, IPropertySymbol?> _known = new(SymbolEqualityComparer.Default);
    private readonly Lazy<List<CompilationUnitSyntax>> _configurations;

    public EntityKeys(Compilation compilation) => _configurations = new(() => FindConfigurations(compilation));

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
                if (HasAttribute(property, "KeyAttribute"))
                    attributed.Add(property);
                if (string.Equals(property.Name, "Id", StringComparison.OrdinalIgnoreCase))
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
        return key is not null && _configurations.Value.All(file => Allows(file, entity.Name, key.Name)) ? key : null;
    }

    private static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

    /// <summary>The files that configure keys. A file that never says so is recognised by its text alone, which is much cheaper than its syntax.</summary>
    private static List<CompilationUnitSyntax> FindConfigurations(Compilation compilation)
    {
        var found = new List<CompilationUnitSyntax>();
        var search = new TextSearch("HasKey", "HasNoKey");
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (search.FindsAnyIn(tree.GetText()) && tree.GetRoot() is CompilationUnitSyntax root)
                found.Add(root);
        }

        return found;
    }

    /// <summary>Whether a file's fluent configuration leaves the key of an entity as it is. A key call that names no entity may be about any that the file names.</summary>
    private static bool Allows(CompilationUnitSyntax file, string entity, string key)
    {
        foreach (InvocationExpressionSyntax call in file.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasKey" or "HasNoKey" } access)
                continue;
            bool isAbout = FluentCalls.EntityOf(access) is { } named ? named == entity : Names(file, entity);
            if (isAbout && (access.Name.Identifier.ValueText == "HasNoKey" || OnlyMember(call) != key))
                return false;
        }

        return true;
    }

    private static string? OnlyMember(InvocationExpressionSyntax call) => call.ArgumentList.Arguments is not [{ Expression: var argument }] ? null : argument switch
    {
        LambdaExpressionSyntax { Body: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax, Name: var member } } => member.Identifier.ValueText,
        LiteralExpressionSyntax { Token.Value: string name } => name,
        _ => null,
    };

    private static bool Names(CompilationUnitSyntax file, string entity) =>
        file.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == entity);
}
