using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.SqlText;

/// <summary>Names the columns that the values of an insert go into.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertWithoutColumnsFix))]
[Shared]
public sealed class InsertWithoutColumnsFix() : SqlRewriteFix("DBR513", Title)
{
    /// <summary>The title of the code action.</summary>
    public const string Title = "Name the columns";
}
