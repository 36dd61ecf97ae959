using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Loads the rows for all elements with one query before the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(QueryPerElementFix))]
[Shared]
public sealed class QueryPerElementFix() : DocumentFix("DBR101", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Load all rows before the loop";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit) =>
        KeyLookupHint.From(diagnostic.Properties) is { } hint
        && LookupPlan.Of(edit, hint) is { } plan
        && (hint.KeyListParameter is not null ? KeyListLookup.TryWrite(plan)
            : hint.Sql is not null ? SqlLookup.TryWrite(plan)
            : LinqLookup.TryWrite(plan));
}
