using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

/// <summary>Every rule of the suite with its words and its severity. Nothing else constructs a descriptor.</summary>
public static partial class RuleCatalog
{
    private const string PageAddress = "https://github.com/dbrules/dbrules/blob/main/docs/rules/";

    // Fields of the other files get their values in an order that the compiler chooses, so they are read after all of them have one.
    private static readonly Lazy<ImmutableArray<DiagnosticDescriptor>> LazyAll = new(ReadFields);

    /// <summary>All rules, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All => LazyAll.Value;

    private static ImmutableArray<DiagnosticDescriptor> ReadFields() =>
    [
        .. typeof(RuleCatalog).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];

    private static DiagnosticDescriptor Rule(
        string id, string title, string messageFormat, string category, DiagnosticSeverity defaultSeverity, string description, bool isEnabledByDefault = true) =>
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault, description, PageAddress + id + ".md");
}
