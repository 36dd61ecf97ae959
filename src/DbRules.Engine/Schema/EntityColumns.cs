using System.Collections.Immutable;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Schema;

/// <summary>The columns of the tables that entities are mapped to, as classes, attributes and the fluent configuration in view state them. Thread-safe.</summary>
internal sealed class EntityColumns
{
    private readonly EntityTables _tables;
    private readonly EntityKeys _keys;
    private readonly UniqueKeys _uniqueKeys;
    private readonly Later<Compilation, ColumnConfiguration> _configuration;
    private readonly Later<EntityColumns, ImmutableArray<INamedTypeSymbol>> _entities;

    public EntityColumns(Compilation compilation, EntityTables tables, EntityKeys keys, UniqueKeys uniqueKeys)
    {
        _tables = tables;
        _keys = keys;
        _uniqueKeys = uniqueKeys;
        _configuration = new(compilation, ColumnConfiguration.Read);
        _entities = new(this, static columns => [.. columns._tables.InModel.Union(columns._configuration.Value.Entities).SelectMany(columns._tables.Named)]);
    }

    /// <summary>The table of an entity; null when its class is not in view, or when the names of its columns do not follow from it.</summary>
    public TableShape? Of(INamedTypeSymbol entity, string table)
    {
        if (entity is not { TypeKind: TypeKind.Class, DeclaringSyntaxReferences.IsEmpty: false, IsGenericType: false } || !_configuration.Value.NamesByProperties || !_tables.InModel.Contains(entity.Name))
            return null;
        bool isComplete = !_configuration.Value.Reshapes(entity.Name) && !SharesTable(entity) && !HasForeignKeyOfOthers(entity);
        var columns = ImmutableArray.CreateBuilder<ColumnShape>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IPropertySymbol property in PropertiesOf(entity))
        {
            if (names.ContainsKey(property.Name))
                continue;
            switch (KindOf(property, entity))
            {
                case MappingKind.Column:
                    ColumnShape column = ColumnOf(property, entity);
                    names.Add(property.Name, column.Name);
                    columns.Add(column);
                    isComplete &= !_configuration.Value.IsUnclear(entity.Name, property.Name);
                    break;
                case MappingKind.Unknown:
                    isComplete = false;
                    break;
            }
        }

        return new TableShape(table, columns.ToImmutable(), isComplete)
        {
            Keys = [.. _uniqueKeys.Of(entity).Where(key => key.All(names.ContainsKey)).Select(key => key.Select(name => names[name]).ToImmutableArray())],
        };
    }

    /// <summary>The properties that the entity and its bases have, those of the bases first.</summary>
    private static IEnumerable<IPropertySymbol> PropertiesOf(INamedTypeSymbol entity)
    {
        var bases = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? type = entity; type is not null && type.SpecialType == SpecialType.None; type = type.BaseType)
            bases.Push(type);
        return bases.SelectMany(static type => type.GetMembers().OfType<IPropertySymbol>())
            .Where(static property => property is { IsStatic: false, IsIndexer: false, GetMethod: not null, DeclaredAccessibility: Accessibility.Public });
    }

    private MappingKind KindOf(IPropertySymbol property, INamedTypeSymbol entity)
    {
        if (Has(property, "NotMappedAttribute") || _configuration.Value.IsIgnored(property, entity.Name))
            return MappingKind.None;
        bool isNamed = Has(property, "ColumnAttribute") || _configuration.Value.ColumnOf(entity.Name, property.Name) is not null;
        if (property.SetMethod is null)
            return isNamed ? MappingKind.Column : MappingKind.None;
        if (IsColumnType(property.Type) || isNamed)
            return MappingKind.Column;
        if (Navigations.TargetOf(property) is not { } target || target is not INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } other || !_tables.InModel.Contains(other.Name))
            return MappingKind.Unknown;
        return Sequences.IsSequence(property.Type) || HasForeignKey(property, entity, other) ? MappingKind.None : MappingKind.Unknown;
    }

    private ColumnShape ColumnOf(IPropertySymbol property, INamedTypeSymbol entity)
    {
        ColumnConfiguration configuration = _configuration.Value;
        string name = configuration.ColumnOf(entity.Name, property.Name) ?? StatedName(property) ?? property.Name;
        bool isComputed = configuration.IsComputed(entity.Name, property.Name) || Has(property, "TimestampAttribute") || Has(property, "DatabaseGeneratedAttribute");
        return new ColumnShape(name, IsNullable(property, entity)) { IsExact = true, IsComputed = isComputed ? null : false, IsIdentity = isComputed || SymbolEqualityComparer.Default.Equals(_keys.PrimaryKeyOf(entity), property) ? null : false };
    }

    private bool? IsNullable(IPropertySymbol property, INamedTypeSymbol entity)
    {
        if (_configuration.Value.IsUnclear(entity.Name, property.Name) || Derives(entity))
            return null;
        if (Has(property, "RequiredAttribute") || Has(property, "KeyAttribute") || _uniqueKeys.Of(entity) is [{ IsEmpty: false } primary, ..] && primary.Contains(property.Name) && SymbolEqualityComparer.Default.Equals(_keys.PrimaryKeyOf(entity), property))
            return false;
        if (_configuration.Value.IsRequired(entity.Name, property.Name) is { } required)
            return !required;
        bool? byType = property.Type switch
        {
            { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => true,
            { IsValueType: true } => false,
            _ => property.NullableAnnotation switch
            {
                NullableAnnotation.NotAnnotated => false,
                NullableAnnotation.Annotated => true,
                _ => null,
            },
        };
        return byType == true && TableNames.IsKey(property.Name) && _configuration.Value.HasRequiredRelation(entity.Name) ? null : byType;
    }

    /// <summary>Whether rows of other types stand in the table too, or may do so: entities that derive from it, or that it derives from.</summary>
    private bool SharesTable(INamedTypeSymbol entity) => Derives(entity) || IsDerivedFrom(entity);

    private bool Derives(INamedTypeSymbol entity)
    {
        for (INamedTypeSymbol? type = entity.BaseType; type is not null && type.SpecialType == SpecialType.None; type = type.BaseType)
        {
            if (_tables.InModel.Contains(type.Name))
                return true;
        }

        return false;
    }

    private bool IsDerivedFrom(INamedTypeSymbol entity)
    {
        foreach (INamedTypeSymbol other in _entities.Value)
        {
            for (INamedTypeSymbol? type = other.BaseType; type is not null; type = type.BaseType)
            {
                if (SymbolEqualityComparer.Default.Equals(type, entity))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether another entity has several of this one and this one no property for the key of the other: then its table has a column of its own for it.</summary>
    private bool HasForeignKeyOfOthers(INamedTypeSymbol entity)
    {
        foreach (INamedTypeSymbol other in _entities.Value)
        {
            bool isParent = PropertiesOf(other).Any(property => Sequences.IsSequence(property.Type) && SymbolEqualityComparer.Default.Equals(Navigations.TargetOf(property), entity));
            if (isParent && !PropertiesOf(entity).Any(property => string.Equals(property.Name, other.Name + "Id", StringComparison.OrdinalIgnoreCase)
                || SymbolEqualityComparer.Default.Equals(Navigations.TargetOf(property), other)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a property of the entity holds the key of the one that a navigation leads to.</summary>
    private static bool HasForeignKey(IPropertySymbol navigation, INamedTypeSymbol entity, INamedTypeSymbol target) =>
        navigation.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ForeignKeyAttribute")
        || PropertiesOf(entity).Any(property => string.Equals(property.Name, navigation.Name + "Id", StringComparison.OrdinalIgnoreCase)
            || string.Equals(property.Name, target.Name + "Id", StringComparison.OrdinalIgnoreCase)
            || property.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ForeignKeyAttribute" && attribute.ConstructorArguments is [{ Value: string name }] && name == navigation.Name));

    private static bool IsColumnType(ITypeSymbol type) =>
        Calls.ScalarTypes.IsScalar(type)
        || type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }
        || type is { SpecialType: SpecialType.System_Char };

    private static string? StatedName(IPropertySymbol property)
    {
        AttributeData? column = property.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.Name == "ColumnAttribute");
        return column?.ConstructorArguments is [{ Value: string { Length: > 0 } name }] ? name : null;
    }

    private static bool Has(ISymbol symbol, string attribute) => symbol.GetAttributes().Any(data => data.AttributeClass?.Name == attribute);

    private enum MappingKind
    {
        None,
        Column,
        Unknown,
    }
}
