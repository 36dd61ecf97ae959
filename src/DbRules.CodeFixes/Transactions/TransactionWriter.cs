using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Transactions;

/// <summary>Gives commands a transaction.</summary>
internal static class TransactionWriter
{
    /// <summary>As one more argument of a call or creation, or as a property of the command that is created.</summary>
    /// <param name="target">The call or object creation.</param>
    /// <param name="parameter">The parameter that takes the transaction; null for the property.</param>
    /// <param name="position">The place of that parameter among the arguments as written.</param>
    /// <param name="begin">The statement that opens the transaction, where the command is made before it.</param>
    /// <param name="transaction">The transaction as it is written.</param>
    /// <param name="edit">The changes of the document.</param>
    /// <returns>False, and no change, where the code has no place for it.</returns>
    public static bool TryGive(ExpressionSyntax target, string? parameter, int position, StatementSyntax? begin, string transaction, DocumentEdit edit) =>
        parameter is null ? TrySetProperty(target, begin, transaction, edit) : TryAddArgument(target, parameter, position, transaction, edit);

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

    /// <summary><c>command.Transaction = transaction;</c> behind the statement that makes the command, or behind a later one that opens the transaction.</summary>
    private static bool TrySetProperty(ExpressionSyntax creation, StatementSyntax? begin, string transaction, DocumentEdit edit) =>
        creation.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Identifier.Text: var command }
        && creation.FirstAncestorOrSelf<StatementSyntax>() is { } made
        && StatementPlace.Behind(begin ?? made, $"{command}.Transaction = {transaction};", edit);
}
