using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.SqlText;

/// <summary>Tests for NULL by <c>IS [NOT] NULL</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NullComparedBySignFix))]
[Shared]
public sealed class NullComparedBySignFix() : SqlRewriteFix("DBR506", Title)
{
    /// <summary>The title of the code action.</summary>
    public const string Title = "Test for NULL by IS [NOT] NULL";
}
