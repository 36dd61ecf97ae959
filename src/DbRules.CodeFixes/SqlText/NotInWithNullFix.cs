using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.SqlText;

/// <summary>Asks by <c>NOT EXISTS</c>, which NULL does not change.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NotInWithNullFix))]
[Shared]
public sealed class NotInWithNullFix() : SqlRewriteFix("DBR505", Title)
{
    /// <summary>The title of the code action.</summary>
    public const string Title = "Use NOT EXISTS";
}
