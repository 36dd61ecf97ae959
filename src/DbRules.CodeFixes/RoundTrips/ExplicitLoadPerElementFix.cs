using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Loads a navigation with the query and removes the explicit load of each element.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExplicitLoadPerElementFix))]
[Shared]
public sealed class ExplicitLoadPerElementFix() : IncludeFix("DBR108");
