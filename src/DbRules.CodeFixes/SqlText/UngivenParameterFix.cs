using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.SqlText;

/// <summary>Writes the parameter with the name under which its value is given.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UngivenParameterFix))]
[Shared]
public sealed class UngivenParameterFix() : SqlRewriteFix("DBR511", Title)
{
    /// <summary>The title of the code action.</summary>
    public const string Title = "Write the name as it is given";
}
