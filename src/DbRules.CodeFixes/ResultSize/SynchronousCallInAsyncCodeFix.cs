using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Awaits the asynchronous twin of a call, with the token that is at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SynchronousCallInAsyncCodeFix))]
[Shared]
public sealed class SynchronousCallInAsyncCodeFix() : DocumentFix("DBR210", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Await the asynchronous call";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (AsyncCallHint.From(diagnostic.Properties) is not { Name: { } name } hint)
            return false;
        return hint.IsEnumeration ? TryStream(hint, name, edit) : TryAwait(hint, name, edit);
    }

    /// <summary><c>await db.Orders.ToListAsync(ct)</c>, in parentheses where the result is used at once.</summary>
    private static bool TryAwait(AsyncCallHint hint, string name, DocumentEdit edit)
    {
        if (edit.Find<InvocationExpressionSyntax>(hint.Call) is not { } call
            || !edit.IsWellFormed(call)
            || NameOf(call) is not { } identifier
            || call.GetFirstToken() is var first && (!edit.IsFree(first.Span) || !edit.IsFree(identifier.Span)))
        {
            return false;
        }

        bool needsParentheses = call.Parent switch
        {
            MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or PostfixUnaryExpressionSyntax => true,
            ConditionalAccessExpressionSyntax access => access.Expression == call,
            _ => false,
        };
        string head = needsParentheses ? "(await " : "await ";
        string tail = Awaits.TailAround(call) + (needsParentheses ? ")" : "");
        if (first == identifier)
        {
            edit.Replace(first.Span, head + name);
        }
        else
        {
            edit.Replace(first.Span, head + first.Text);
            edit.Replace(identifier.Span, name);
        }

        foreach (TextChange change in hint.Changes)
            edit.Replace(change.Span, change.NewText ?? "");
        if (tail.Length > 0)
            edit.Replace(new TextSpan(call.Span.End, 0), tail);
        if (hint.Using is { } user)
            edit.InsertOnce(user.Start, "await ");
        if (hint.Import is { } import)
            edit.Imports.Add(import);
        return true;
    }

    /// <summary><c>await foreach (var order in db.Orders.AsAsyncEnumerable().WithCancellation(ct))</c>, or <c>foreach (var order in await db.Orders.ToListAsync(ct))</c>.</summary>
    private static bool TryStream(AsyncCallHint hint, string name, DocumentEdit edit)
    {
        if (edit.Find<ExpressionSyntax>(hint.Call) is not { } query
            || query.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is not { } loop
            || !loop.Expression.Span.Contains(query.Span)
            || !edit.IsWellFormed(loop)
            || !edit.IsFree(loop.ForEachKeyword.Span))
        {
            return false;
        }

        ExpressionSyntax source = loop.Expression;
        bool needsParentheses = source is not (IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax);
        if (!hint.IsList)
            edit.Replace(loop.ForEachKeyword.Span, "await foreach");
        string head = (hint.IsList ? "await " : "") + (needsParentheses ? "(" : "");
        if (head.Length > 0)
            edit.Replace(new TextSpan(source.SpanStart, 0), head);
        string call = hint.IsList ? $".{name}({hint.Token})" : $".{name}()" + (hint.Token is { } passed ? $".WithCancellation({passed})" : "");
        edit.Replace(new TextSpan(source.Span.End, 0), (needsParentheses ? ")" : "") + call + Awaits.TailAround(loop));
        if (hint.Import is { } import)
            edit.Imports.Add(import);
        return true;
    }

    private static SyntaxToken? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier: var name } => name,
        SimpleNameSyntax { Identifier: var name } => name,
        _ => null,
    };
}
