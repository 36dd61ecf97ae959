using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Reads the foreign key of the row instead of the key of the row that it names.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(JoinForKeyFix))]
[Shared]
public sealed class JoinForKeyFix() : DocumentFix("DBR110", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Use the foreign key";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (KeyJoinHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<MemberAccessExpressionSyntax>(hint.Read) is not { } read
            || edit.Find<ExpressionSyntax>(hint.Owner) is null
            || !edit.IsWellFormed(read)
            || !edit.IsFree(read.Span))
        {
            return false;
        }

        var replaced = TextSpan.FromBounds(hint.Owner.End, read.Span.End);
        if (DocumentEdit.HasComment(read, replaced))
            return false;
        // The member of an anonymous object has its name from the expression.
        string name = read.Parent is AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } ? read.Name.Identifier.Text + " = " : "";
        edit.Replace(read.Span, $"{name}{edit.Slice(hint.Owner)}.{hint.ForeignKey}");
        return true;
    }
}
