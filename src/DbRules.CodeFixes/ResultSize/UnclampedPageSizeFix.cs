using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Limits the number of rows that a caller may ask for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnclampedPageSizeFix))]
[Shared]
public sealed class UnclampedPageSizeFix() : DocumentFix("DBR206", Title)
{
    /// <summary>The equivalence key of the code action; its title has the number.</summary>
    public const string Title = "Limit the page size";

    private protected override string TitleOf(Diagnostic diagnostic) =>
        PageSizeHint.From(diagnostic.Properties) is { } hint ? $"Take at most {hint.Limit} rows" : Title;

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (PageSizeHint.From(diagnostic.Properties) is not { } hint || edit.Find<ExpressionSyntax>(hint.Count) is not { } count || !edit.IsWellFormed(count) || !edit.IsFree(count.Span))
            return false;
        bool isImported = edit.Model.LookupNamespacesAndTypes(count.SpanStart, name: nameof(Math)).Any(static type => type.ContainingNamespace?.ToString() == nameof(System));
        edit.Replace(count.Span, $"{(isImported ? "" : "System.")}Math.Min({edit.Slice(count.Span)}, {hint.Limit})");
        return true;
    }
}
