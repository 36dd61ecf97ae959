using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Transactions;

/// <summary>Gives a command the transaction that is open on its connection.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CommandOutsideTransactionFix))]
[Shared]
public sealed class CommandOutsideTransactionFix() : DocumentFix("DBR304", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Pass the transaction";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (TransactionPassHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<ExpressionSyntax>(hint.Target) is not { } target
            || !edit.IsWellFormed(target)
            || !edit.Model.LookupSymbols(diagnostic.Location.SourceSpan.Start, name: hint.Holder).Any())
        {
            return false;
        }

        string transaction = SyntaxFacts.GetKeywordKind(hint.Holder) == SyntaxKind.None ? hint.Holder : "@" + hint.Holder;
        transaction += hint.NeedsInner ? ".GetDbTransaction()" : "";
        if (!(hint.Parameter is { } parameter ? TryAddArgument(target, parameter, hint.Position, transaction, edit) : TrySetProperty(target, hint, transaction, edit)))
            return false;
        if (hint.NeedsInner)
            edit.Imports.Add("Microsoft.EntityFrameworkCore.Storage");
        return true;
    }

    /// <summary>By position where the arguments before it are all given, by name otherwise; in place of an explicit <c>null</c>.</summary>
    private static bool TryAddArgument(ExpressionSyntax target, string parameter, int position, string transaction, DocumentEdit edit)
    {
        ArgumentListSyntax? list = (target as InvocationExpressionSyntax)?.ArgumentList ?? (target as BaseObjectCreationExpressionSyntax)?.ArgumentList;
        if (list is null)
            return false;
        SeparatedSyntaxList<ArgumentSyntax> arguments = list.Arguments;
        bool isPositional = arguments.All(static argument => argument.NameColon is null);
        ArgumentSyntax? given = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter)
            ?? (arguments.Count > position && arguments.Take(position + 1).All(static argument => argument.NameColon is null) ? arguments[position] : null);
        if (given is not null)
        {
            if (!edit.IsFree(given.Expression.Span) || DocumentEdit.HasComment(given.Expression))
                return false;
            edit.Replace(given.Expression.Span, transaction);
            return true;
        }

        string argument = isPositional && arguments.Count == position ? transaction : $"{parameter}: {transaction}";
        if (arguments.Count == 0)
            edit.Replace(new TextSpan(list.CloseParenToken.SpanStart, 0), argument);
        else
            edit.Replace(new TextSpan(arguments[arguments.Count - 1].Span.End, 0), ", " + argument);
        return true;
    }

    /// <summary><c>command.Transaction = transaction;</c> behind the statement that makes the command, or behind the one that opens the transaction.</summary>
    private static bool TrySetProperty(ExpressionSyntax creation, TransactionPassHint hint, string transaction, DocumentEdit edit)
    {
        if (creation.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { Identifier.Text: var command } || creation.FirstAncestorOrSelf<StatementSyntax>() is not { } made)
            return false;
        StatementSyntax behind = made;
        if (hint.Begin is { } span && span.Start > made.SpanStart)
        {
            if (edit.Find<ExpressionSyntax>(span)?.FirstAncestorOrSelf<StatementSyntax>() is not { } begin)
                return false;
            behind = begin;
        }

        return StatementPlace.Behind(behind, $"{command}.Transaction = {transaction};", edit);
    }
}
