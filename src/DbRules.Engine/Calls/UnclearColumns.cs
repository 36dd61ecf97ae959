using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Calls;

/// <summary>
/// Which properties of entities are columns, and which a query may not compare as the code does: the fluent configuration in view leaves some out of the model, and converts
/// the values of others.
/// One per compilation; thread-safe.
/// </summary>
internal sealed class UnclearColumns(Compilation compilation)
{
    private readonly Later<Compilation, (HashSet<string> Ignored, HashSet<string> Converted)> _names = new(compilation, Read);
    private readonly SmallTable<ITypeSymbol, int> _counts = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a member is a property that holds one plain value and that the model keeps in a column as it is, as far as the code in view shows.</summary>
    public bool IsPlain(IPropertySymbol property) =>
        ScalarTypes.IsScalar(property.Type) && IsColumn(property) && !_names.Value.Converted.Contains(property.Name);

    /// <summary>Whether a member is a property whose value the model keeps in a column, converted or not, as far as the code in view shows.</summary>
    public bool IsColumn(IPropertySymbol property) =>
        (ScalarTypes.IsScalar(property.Type) || property.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte })
        && property is { IsStatic: false, IsIndexer: false, ContainingType.TypeKind: TypeKind.Class or TypeKind.Struct }
        && MappedMembers.HoldsValue(property)
        && !_names.Value.Ignored.Contains(property.Name);

    /// <summary>How many columns an entity has, as far as the code in view shows.</summary>
    public int CountOf(ITypeSymbol entity) => _counts.GetOrAdd(entity, Count);

    private int Count(ITypeSymbol entity)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (ITypeSymbol? type = entity; type is not null && type.SpecialType == SpecialType.None; type = type.BaseType)
            names.UnionWith(type.GetMembers().OfType<IPropertySymbol>().Where(IsColumn).Select(static property => property.Name));
        return names.Count;
    }

    // Configurations name properties in many ways, so a name counts for all entities that have it.
    private static (HashSet<string> Ignored, HashSet<string> Converted) Read(Compilation compilation)
    {
        var ignoredNames = new HashSet<string>(StringComparer.Ordinal);
        var convertedNames = new HashSet<string>(StringComparer.Ordinal);
        foreach (InvocationExpressionSyntax call in ModelSources.Calls(compilation, "HasConversion", "Ignore"))
        {
            if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Ignore" } && FluentCalls.FirstMember(call) is { } ignored)
                ignoredNames.Add(ignored);
            for (SyntaxNode? node = call; node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } link; node = access.Expression)
            {
                if (access.Name.Identifier.ValueText == "Property" && FluentCalls.FirstMember(link) is { } converted)
                    convertedNames.Add(converted);
            }
        }

        return (ignoredNames, convertedNames);
    }
}
