using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.Transactions;

/// <summary>Lets the transaction of a scope go along past an <c>await</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FlowlessScopeFix))]
[Shared]
public sealed class FlowlessScopeFix() : DocumentFix("DBR306", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Enable the flow across await";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (AsyncFlowHint.From(diagnostic.Properties) is not { } hint || edit.Find<BaseObjectCreationExpressionSyntax>(hint.Creation) is not { } creation || !edit.IsWellFormed(creation))
            return false;
        edit.Replace(hint.Change.Span, hint.Change.NewText ?? "");
        return true;
    }
}
