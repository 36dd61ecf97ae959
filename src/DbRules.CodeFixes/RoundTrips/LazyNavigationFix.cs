using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Loads a navigation with the query instead of once per element.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LazyNavigationFix))]
[Shared]
public sealed class LazyNavigationFix() : IncludeFix("DBR103");
