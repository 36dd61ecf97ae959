using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>Which entity is behind a table, as sets of contexts, attributes and the fluent configuration say. Thread-safe.</summary>
internal sealed class EntityTables
{
    private static readonly FileSearch<EntityTable> Stated = new(Read, "Set<", "ToTable", "Table(");

    private readonly Compilation _compilation;
    private readonly SmallTable<string, INamedTypeSymbol?> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Later<Compilation, ILookup<string, EntityTable>> _entities;
    private readonly Later<EntityTables, HashSet<string>> _inModel;

    public EntityTables(Compilation compilation)
    {
        _compilation = compilation;
        _entities = new(compilation, static compilation => Stated.In(ModelSources.Trees(compilation)).ToLookup(static stated => stated.Table, StringComparer.OrdinalIgnoreCase));
        _inModel = new(this, static own => [.. own._entities.Value.SelectMany(static tables => tables).Where(static stated => !stated.IsByAttribute).Select(static stated => stated.Entity)]);
    }

    /// <summary>The entity whose rows a table holds; null when none, or more than one, may be it. Letter case does not count.</summary>
    public INamedTypeSymbol? Of(string table) => _known.GetOrAdd(table, Find);

    /// <summary>Whether nothing maps an entity to a table.</summary>
    public bool IsEmpty => _entities.Value.Count == 0;

    /// <summary>The names of all entities for which a context or the fluent configuration states a table. What an attribute alone says may be meant for another library.</summary>
    public IReadOnlyCollection<string> InModel => _inModel.Value;

    /// <summary>The types with the name of an entity; one, unless several have that name.</summary>
    public IEnumerable<INamedTypeSymbol> Named(string entity) =>
        SourceProjects.ReferencedBy(_compilation).Append(_compilation).SelectMany(project => project.GetSymbolsWithName(entity, SymbolFilter.Type)).OfType<INamedTypeSymbol>();

    private INamedTypeSymbol? Find(string table)
    {
        INamedTypeSymbol? found = null;
        foreach (string name in _entities.Value[table].Select(static stated => stated.Entity).Distinct(StringComparer.Ordinal))
        {
            foreach (INamedTypeSymbol type in Named(name))
            {
                if (found is not null)
                    return null;
                found = type;
            }
        }

        return found;
    }

    private static IEnumerable<EntityTable> Read(CompilationUnitSyntax file)
    {
        foreach (SyntaxNode node in file.DescendantNodes())
        {
            EntityTable? stated = node switch
            {
                PropertyDeclarationSyntax { Type: var type, Identifier.ValueText: var name } property when IsSet(property) && FluentCalls.TypeArgument(type) is { } entity => new EntityTable(name, entity),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string name } }, ..] } call
                    when ModelSources.NameOf(call) == "ToTable" && FluentCalls.EntityOf(access) is { } entity => new EntityTable(name, entity),
                AttributeSyntax { Name: var attribute, ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string name } }, ..], Parent.Parent: TypeDeclarationSyntax { Identifier.ValueText: var entity } }
                    when attribute.ToString() is "Table" or "TableAttribute" => new EntityTable(name.Substring(name.LastIndexOf('.') + 1), entity) { IsByAttribute = true },
                _ => null,
            };
            if (stated is not null)
                yield return stated;
        }
    }

    /// <summary>A property of a class that derives from another, whose type is called a set: contexts have one for each table.</summary>
    private static bool IsSet(PropertyDeclarationSyntax property) =>
        property.Parent is ClassDeclarationSyntax { BaseList: not null }
        && (property.Type is QualifiedNameSyntax qualified ? qualified.Right : property.Type) is GenericNameSyntax type
        && type.Identifier.ValueText.EndsWith("Set", StringComparison.Ordinal);

    private sealed record EntityTable(string Table, string Entity)
    {
        public bool IsByAttribute { get; init; }
    }
}
