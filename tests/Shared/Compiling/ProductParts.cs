using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Testing;

/// <summary>All rules and fixes of the product, found in its assemblies, so that no list has to be kept.</summary>
public static class ProductParts
{
    private static readonly Lazy<ImmutableArray<Type>> LazyAnalyzerTypes = new(() => Find<DiagnosticAnalyzer, DiagnosticAnalyzerAttribute>("DbRules"));

    private static readonly Lazy<ImmutableArray<Type>> LazyFixTypes = new(() => Find<CodeFixProvider, ExportCodeFixProviderAttribute>("DbRules.CodeFixes"));

    public static ImmutableArray<Type> AnalyzerTypes => LazyAnalyzerTypes.Value;

    public static ImmutableArray<Type> FixTypes => LazyFixTypes.Value;

    /// <summary>New instances of all analyzers: an instance must not carry state from one run to another.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> CreateAnalyzers() =>
        [.. AnalyzerTypes.Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <summary>New instances of the fixes that declare <paramref name="id"/> as theirs.</summary>
    public static ImmutableArray<CodeFixProvider> CreateFixes(string id) =>
    [
        .. FixTypes
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
            .Where(fix => fix.FixableDiagnosticIds.Contains(id)),
    ];

    private static ImmutableArray<Type> Find<TBase, TAttribute>(string assemblyName)
        where TAttribute : Attribute =>
    [
        .. Assembly.Load(assemblyName)
            .GetTypes()
            .Where(type => !type.IsAbstract && typeof(TBase).IsAssignableFrom(type) && type.GetCustomAttribute<TAttribute>() is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];
}
