using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Loads a navigation that the code needs with the query.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnloadedNavigationFix))]
[Shared]
public sealed class UnloadedNavigationFix() : IncludeFix("DBR104");
