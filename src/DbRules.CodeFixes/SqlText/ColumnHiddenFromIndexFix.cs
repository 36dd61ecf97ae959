using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.SqlText;

/// <summary>Asks for a day or a year by a range of the column.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ColumnHiddenFromIndexFix))]
[Shared]
public sealed class ColumnHiddenFromIndexFix() : SqlRewriteFix("DBR509", Title)
{
    /// <summary>The title of the code action.</summary>
    public const string Title = "Compare the column with a range";
}
