using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Orders the rows of which a query takes a part.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnorderedPageFix))]
[Shared]
public sealed class UnorderedPageFix() : RowLimitFix("DBR204", Title)
{
    /// <summary>The equivalence key of the code action; its title names the key.</summary>
    public const string Title = "Order by the primary key";
}
