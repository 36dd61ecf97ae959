using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;

namespace DbRules.CodeFixes.SqlText;

/// <summary>The base of fixes that write SQL text as the rule says, in the strings where it stands.</summary>
public abstract class SqlRewriteFix(string diagnosticId, string title) : DocumentFix(diagnosticId, title)
{
    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (SqlRewriteHint.From(diagnostic.Properties) is not { } hint)
            return false;
        return edit.TryAll(() =>
        {
            foreach (SqlRewrite change in hint.Changes)
            {
                if (SqlString.At(edit, change.Span.Start) is not { } place || !edit.IsWellFormed(place.Node) || !edit.IsFree(change.Span) || place.Write(change.Text) is not { } text)
                    return false;
                edit.Replace(change.Span, text);
            }

            return true;
        });
    }
}
