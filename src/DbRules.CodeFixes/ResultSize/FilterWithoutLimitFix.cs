using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Reads the first rows that a filter lets through instead of all.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FilterWithoutLimitFix))]
[Shared]
public sealed class FilterWithoutLimitFix() : RowLimitFix("DBR202", Title)
{
    /// <summary>The equivalence key of the code action; its title has the number.</summary>
    public const string Title = LimitTitle;
}
