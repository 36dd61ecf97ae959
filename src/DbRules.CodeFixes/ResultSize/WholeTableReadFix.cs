using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Reads the first rows of a table instead of all.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WholeTableReadFix))]
[Shared]
public sealed class WholeTableReadFix() : RowLimitFix("DBR201", Title)
{
    /// <summary>The equivalence key of the code action; its title has the number.</summary>
    public const string Title = LimitTitle;
}
