using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbRules.CodeFixes.Editing;

/// <summary>
/// The base of fixes that change one document. A fix is offered only after it has been planned, and all fixes of a document are planned on
/// the original and applied at once.
/// </summary>
public abstract class DocumentFix(ImmutableArray<string> diagnosticIds, string title) : CodeFixProvider
{
    /// <summary>A fix of one rule.</summary>
    protected DocumentFix(string diagnosticId, string title)
        : this([diagnosticId], title)
    {
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = diagnosticIds;

    public sealed override FixAllProvider GetFixAllProvider() => new FixAll(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FixAsync(context.Document, [diagnostic], context.CancellationToken).ConfigureAwait(false) is { } changed)
                context.RegisterCodeFix(CodeAction.Create(TitleOf(diagnostic), _ => Task.FromResult(changed), equivalenceKey: title), diagnostic);
        }
    }

    /// <summary>The title for one finding; all findings share the equivalence key.</summary>
    private protected virtual string TitleOf(Diagnostic diagnostic) => title;

    /// <summary>Adds the changes that repair a finding. False, and no change, when there is no plan.</summary>
    private protected abstract bool TryPlan(Diagnostic diagnostic, DocumentEdit edit);

    private async Task<Document?> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await DocumentEdit.CreateAsync(document, cancellation).ConfigureAwait(false) is not { } edit)
            return null;
        bool any = false;
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            cancellation.ThrowIfCancellationRequested();
            any |= TryPlan(diagnostic, edit);
        }

        return any ? edit.Apply() : null;
    }

    private sealed class FixAll(DocumentFix fix) : DocumentBasedFixAllProvider
    {
        protected override Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics) =>
            fix.FixAsync(document, diagnostics, fixAllContext.CancellationToken);
    }
}
