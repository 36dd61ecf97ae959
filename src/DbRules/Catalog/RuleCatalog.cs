using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

/// <summary>Every rule of the suite with its words and its severity. Nothing else constructs a descriptor.</summary>
public static partial class RuleCatalog
{
    private const string PageAddress = "https://github.com/dbrules/dbrules/blob/main/docs/rules/";

    /// <summary>All rules, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All => Everything.Rules;

    private static DiagnosticDescriptor Rule(string id, string title, string messageFormat, string category, DiagnosticSeverity defaultSeverity, string description) =>
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault: true, description, PageAddress + id + ".md");

    /// <summary>Apart from the fields, since the order in which the files of a partial class are initialised is not defined.</summary>
    private static class Everything
    {
        public static readonly ImmutableArray<DiagnosticDescriptor> Rules =
        [
            .. typeof(RuleCatalog).GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => field.GetValue(null))
                .OfType<DiagnosticDescriptor>()
                .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
        ];
    }
}
