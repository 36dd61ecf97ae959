using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.SqlText;

/// <summary>Lists the columns that a type takes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MappedStarFix))]
[Shared]
public sealed class MappedStarFix() : SqlRewriteFix("DBR504", Title)
{
    /// <summary>The title of the code action.</summary>
    public const string Title = "List the columns";
}
