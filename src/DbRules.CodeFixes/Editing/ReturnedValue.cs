using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>The value of a <c>return</c> behind whose work something else is to be done first.</summary>
internal static class ReturnedValue
{
    /// <summary>Whether working a value out runs code: more than naming what is there, or wrapping it up as the result of an action.</summary>
    public static bool RunsSomething(ExpressionSyntax value)
    {
        SyntaxNode work = value is InvocationExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "Ok" or "Created" or "Accepted" or "NoContent" or "CreatedAtAction" or "CreatedAtRoute" } } result
            ? result.ArgumentList
            : value;
        return work.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax).Any(static node => node
            is InvocationExpressionSyntax { Expression: not IdentifierNameSyntax { Identifier.ValueText: "nameof" } }
            or AwaitExpressionSyntax or AssignmentExpressionSyntax or QueryExpressionSyntax or ElementAccessExpressionSyntax or BaseObjectCreationExpressionSyntax
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression });
    }

    /// <summary>
    /// Puts a statement between the work of a value and its return: <c>return Save();</c> becomes <c>var result = Save();</c>, the statement, and
    /// <c>return result;</c>. A <c>return</c> that stands alone behind a condition gets a block.
    /// </summary>
    /// <returns>False, and no change, where the value has no type of its own, or where its lines hold something that is in the way.</returns>
    public static bool TryKeepDuring(ReturnStatementSyntax exit, string added, DocumentEdit edit) => edit.TryAll(() => Keep(exit, added, edit));

    private static bool Keep(ReturnStatementSyntax exit, string added, DocumentEdit edit)
    {
        if (exit.Expression is not { } value || edit.Model.GetTypeInfo(value).Type is not { } type || type is IErrorTypeSymbol)
            return false;
        var head = TextSpan.FromBounds(exit.SpanStart, value.SpanStart);
        if (!edit.IsFree(head) || DocumentEdit.HasComment(exit, head))
            return false;

        SourceText text = edit.Text;
        bool startsLine = LoopLayout.StartsLine(text, exit.SpanStart);
        bool isBlockNeeded = exit.Parent is IfStatementSyntax or ElseClauseSyntax;
        string indentation = LoopLayout.IndentationAt(text, exit.SpanStart);
        string inner = isBlockNeeded ? StatementPlace.IndentationInside(exit.Parent!, edit) : indentation;
        string separator = startsLine || isBlockNeeded ? LoopLayout.NewLine(text) + inner : " ";
        int end = separator != " " && LoopLayout.EndsLine(text, exit.Span.End) ? text.Lines.GetLineFromPosition(exit.Span.End).End : exit.Span.End;
        // `new(...)` is of the type that is returned.
        string declared = value is ImplicitObjectCreationExpressionSyntax ? type.ToMinimalDisplayString(edit.Model, exit.SpanStart) : "var";
        string result = edit.NamesAround(exit).Local("result");
        edit.Replace(head, $"{declared} {result} = ");
        edit.InsertOnce(end, separator + added + separator + $"return {result};");
        return !isBlockNeeded || StatementPlace.Before(exit, [], edit);
    }
}
