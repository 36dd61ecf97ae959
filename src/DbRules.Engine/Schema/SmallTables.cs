using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>Entities of which there are few rows, whatever becomes of the product: what users choose from, and what describes the product itself. Thread-safe.</summary>
internal sealed class SmallTables(Compilation compilation, EntityKeys keys)
{
    private static readonly string[] Words =
    [
        "Type", "Kind", "Status", "State", "Role", "Permission", "Setting", "Settings", "Option", "Options", "Config", "Configuration", "Preference", "Country", "Region", "Province", "Currency", "Language", "Locale",
        "Culture", "Zone", "Unit", "Lookup", "Enum", "Theme", "Skin", "Layout", "Template", "SubscriptionPlan", "PricingPlan", "PricePlan", "ServicePlan", "BillingPlan", "Tier", "Feature", "Flag", "Tenant", "Site", "Server", "Node", "Host", "Provider", "Plugin", "Module", "Extension", "Policy",
        "Level", "Priority", "Category", "Library", "Schedule", "Scope", "Profile", "Quality", "Client", "Gender", "Title", "Stage", "Phase", "Department", "Division", "Branch", "Store", "Warehouse", "Migration", "SchemaVersion", "DatabaseVersion", "AppVersion", "Schema",
        "Reason", "Group", "Glossary", "GlossaryEntry", "Filter", "Pool", "ShippingMethod", "DeliveryMethod", "DeliveryTime", "EmailAccount", "ConfigItem", "ConfigEntry", "ConfigValue", "ConfigurationItem", "ConfigurationEntry", "ConfigurationValue", "SettingItem", "SettingEntry", "SettingValue",
    ];

    /// <summary>What says of a class that it is an entity or stands for one, and nothing about its rows.</summary>
    private static readonly string[] Suffixes = ["Entity", "ViewModel", "Model", "Record", "Row", "Table", "Definition", "Dto"];

    private readonly SmallTable<ITypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);
    private readonly Later<Compilation, HashSet<string>> _seeded = new(compilation, Seeded);

    /// <summary>
    /// Whether its name, an attribute such as <c>[SmallTable]</c>, a key that is an enum, or rows that the model itself states say that an entity has few rows. The values of an enum are few as well.
    /// </summary>
    public bool Contains(ITypeSymbol entity) => _known.GetOrAdd(entity, Find);

    /// <summary>Whether the name of a table, in the singular or the plural, says that it has few rows.</summary>
    public static bool NamesFew(string table) =>
        TableNames.Singulars(TableNames.Pascal(table)).Any(static row => Array.Exists(Words, word => row.EndsWith(word, StringComparison.Ordinal) || row.Equals(word, StringComparison.OrdinalIgnoreCase)));

    private bool Find(ITypeSymbol entity)
    {
        // An Option<T> is no row of a table of options.
        if (entity is INamedTypeSymbol { IsGenericType: true })
            return false;
        string name = WithoutSuffix(entity.Name);
        if (entity.TypeKind == TypeKind.Enum || (Array.Find(Words, word => EndsWith(name, word)) is { } kind && !BelongsToMany(entity, name, kind)) || _seeded.Value.Contains(entity.Name))
            return true;
        for (ITypeSymbol? type = entity; type is not null && type.SpecialType == SpecialType.None; type = type.BaseType)
        {
            if (type.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name.StartsWith("Small", StringComparison.Ordinal) == true))
                return true;
        }

        return keys.PrimaryKeyOf(entity) is { Type.TypeKind: TypeKind.Enum };
    }

    /// <summary>There are as many as of what the front of the name says: a <c>UserRole</c> has a <c>UserId</c>.</summary>
    private static bool BelongsToMany(ITypeSymbol entity, string name, string kind)
    {
        string front = name.Substring(0, name.LastIndexOf(kind, StringComparison.Ordinal));
        for (int start = 0; start < front.Length; start++)
        {
            string owner = front.Substring(start);
            if (char.IsUpper(owner[0]) && (Navigations.PropertyOf(entity, owner) ?? Navigations.PropertyOf(entity, owner + "Id")) is not null && !NamesFew(owner))
                return true;
        }

        return false;
    }

    private static string WithoutSuffix(string name)
    {
        string? suffix = Array.Find(Suffixes, suffix => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal));
        return suffix is null ? name : name.Substring(0, name.Length - suffix.Length);
    }

    /// <summary>The name ends with the word, in one or several.</summary>
    private static bool EndsWith(string name, string word) =>
        name.EndsWith(word, StringComparison.Ordinal) || (name.EndsWith("s", StringComparison.Ordinal) && name.EndsWith(word + "s", StringComparison.Ordinal));

    private static HashSet<string> Seeded(Compilation compilation) =>
    [
        .. ModelSources.Calls(compilation, "HasData")
            .Select(static call => FluentCalls.EntityOf((MemberAccessExpressionSyntax)call.Expression)).OfType<string>(),
    ];
}
