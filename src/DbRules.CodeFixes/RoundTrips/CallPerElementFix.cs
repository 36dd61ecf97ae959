using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Calls the method that takes all keys once before the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CallPerElementFix))]
[Shared]
public sealed class CallPerElementFix() : DocumentFix("DBR102", Title)
{
    /// <summary>The equivalence key of the code action; its title names the method too.</summary>
    public const string Title = "Load all of them before the loop";

    private protected override string TitleOf(Diagnostic diagnostic) =>
        BatchLookupHint.From(diagnostic.Properties) is { } hint ? $"{Title} with '{hint.Method}'" : Title;

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit) =>
        BatchLookupHint.From(diagnostic.Properties) is { } hint && LookupPlan.Of(edit, hint.Lookup) is { } plan && BatchCall.TryWrite(plan, hint);
}
