using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Puts filters, orders, pages and answers that work in memory in front of the call that fetches the rows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LateFilterFix))]
[Shared]
public sealed class LateFilterFix() : DocumentFix("DBR205", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Let the database do it";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (LateStepsHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<InvocationExpressionSyntax>(hint.Boundary) is not { Expression: MemberAccessExpressionSyntax } boundary
            || edit.Find<ExpressionSyntax>(hint.Steps[0]) is not { } first
            || edit.Find<ExpressionSyntax>(hint.Steps[hint.Steps.Length - 1]) is not { } last
            || ReceiverOf(first) is not { } rows
            || !edit.IsWellFormed(boundary)
            || !edit.IsFree(boundary.Span)
            || !edit.IsFree(last.Span))
        {
            return false;
        }

        if (hint.EndsInAnswer)
            return hint.Use is null && TryAnswer(edit, boundary, rows, last);
        bool leaves = ((MemberAccessExpressionSyntax)boundary.Expression).Name.Identifier.ValueText.StartsWith("As", StringComparison.Ordinal);
        ExpressionSyntax end = WithSameList(boundary, last);
        if (leaves)
            return TryStay(edit, boundary, rows, last);
        if (end == last && !Fits(last, edit))
            return false;
        Move(edit, boundary, rows, last, end);
        return true;
    }

    /// <summary>Rows that stay in the store need not leave it before they are made a list.</summary>
    private static bool TryStay(DocumentEdit edit, InvocationExpressionSyntax boundary, ExpressionSyntax rows, ExpressionSyntax last)
    {
        ExpressionSyntax query = ((MemberAccessExpressionSyntax)boundary.Expression).Expression;
        var removed = TextSpan.FromBounds(query.Span.End, boundary.Span.End);
        bool makesList = last.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList" or "ToArray" };
        bool isAsync = ((MemberAccessExpressionSyntax)boundary.Expression).Name.Identifier.ValueText.Contains("Async");
        if (makesList && !isAsync && rows == boundary)
        {
            if (DocumentEdit.HasComment(boundary, removed))
                return false;
            edit.Replace(removed, "");
            return true;
        }

        Move(edit, boundary, rows, last, last);
        return true;
    }

    private static void Move(DocumentEdit edit, InvocationExpressionSyntax boundary, ExpressionSyntax rows, ExpressionSyntax last, ExpressionSyntax end)
    {
        ExpressionSyntax query = ((MemberAccessExpressionSyntax)boundary.Expression).Expression;
        string steps = edit.Slice(TextSpan.FromBounds(rows.Span.End, last.Span.End));
        edit.Replace(new TextSpan(query.Span.End, 0), (steps.StartsWith(".", StringComparison.Ordinal) ? ChainedCalls.Separator(edit, query) : "") + steps);
        edit.Replace(TextSpan.FromBounds(rows.Span.End, end.Span.End), "");
        if (rows is ParenthesizedExpressionSyntax parentheses && !NeedsParentheses(end))
            RemoveParentheses(edit, parentheses);
    }

    /// <summary>'(await q.ToListAsync(ct)).Where(a).Count(b)' becomes 'await q.Where(a).CountAsync(b, ct)'.</summary>
    private static bool TryAnswer(DocumentEdit edit, InvocationExpressionSyntax boundary, ExpressionSyntax rows, ExpressionSyntax last)
    {
        var fetch = (MemberAccessExpressionSyntax)boundary.Expression;
        string method = fetch.Name.Identifier.ValueText;
        bool isAsync = method.EndsWith("Async", StringComparison.Ordinal);
        if (method == "AsAsyncEnumerable" || (NameOf(last) is not { } name) || ReceiverOf(last) is not { } before)
            return false;
        string answer = name.Identifier.ValueText switch
        {
            "Length" => "Count",
            "Exists" => "Any",
            "Find" => "FirstOrDefault",
            var same => same,
        };
        if (isAsync && !edit.Imports.HasAsyncTerminal(answer + "Async", boundary.SpanStart))
            return false;
        ArgumentListSyntax? given = (last as InvocationExpressionSyntax)?.ArgumentList;
        if (DocumentEdit.HasComment(boundary.ArgumentList) || DocumentEdit.HasComment(last, TextSpan.FromBounds(before.Span.End, last.Span.End)) || boundary.ArgumentList.Arguments.Any(argument => argument.NameColon is not null))
            return false;
        string arguments = string.Join(", ", new[] { given, boundary.ArgumentList }.SelectMany(list => list?.Arguments ?? default).Select(argument => argument.ToString()));
        ExpressionSyntax query = fetch.Expression;
        edit.Replace(new TextSpan(query.Span.End, 0), edit.Slice(TextSpan.FromBounds(rows.Span.End, before.Span.End)));
        edit.Replace(TextSpan.FromBounds(fetch.Name.SpanStart, boundary.Span.End), $"{answer}{(isAsync ? "Async" : "")}({arguments})");
        edit.Replace(TextSpan.FromBounds(rows.Span.End, last.Span.End), "");
        if (rows is ParenthesizedExpressionSyntax parentheses && !NeedsParentheses(last))
            RemoveParentheses(edit, parentheses);
        return true;
    }

    /// <summary>The call behind the steps that makes the list anew which the fetch makes already; the last step where there is none.</summary>
    private static ExpressionSyntax WithSameList(InvocationExpressionSyntax boundary, ExpressionSyntax last)
    {
        string made = ((MemberAccessExpressionSyntax)boundary.Expression).Name.Identifier.ValueText.Replace("Async", "");
        return last.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } again } access
            && access.Expression == last && name == made && !DocumentEdit.HasComment(again, TextSpan.FromBounds(last.Span.End, again.Span.End))
            ? again
            : last;
    }

    /// <summary>Whether a list can stand where the sequence of the last step stood.</summary>
    private static bool Fits(ExpressionSyntax last, DocumentEdit edit) => last.Parent switch
    {
        MemberAccessExpressionSyntax or ForEachStatementSyntax => true,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax } or ReturnStatementSyntax => edit.Model.GetTypeInfo(last).ConvertedType is { Name: "IEnumerable" },
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } variable } => declaration.Type.IsVar
            ? !IsAssigned(variable)
            : edit.Model.GetTypeInfo(declaration.Type).Type is { Name: "IEnumerable" },
        _ => false,
    };

    private static bool IsAssigned(VariableDeclaratorSyntax variable) => variable.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().Any(node =>
        (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name } } && name == variable.Identifier.ValueText)
        || (node is ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None, Expression: IdentifierNameSyntax { Identifier.ValueText: var given } } && given == variable.Identifier.ValueText)) != false;

    private static void RemoveParentheses(DocumentEdit edit, ParenthesizedExpressionSyntax parentheses)
    {
        edit.Replace(parentheses.OpenParenToken.Span, "");
        edit.Replace(parentheses.CloseParenToken.Span, "");
    }

    private static bool NeedsParentheses(ExpressionSyntax end) => end.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax
        or PostfixUnaryExpressionSyntax or InvocationExpressionSyntax;

    private static ExpressionSyntax? ReceiverOf(ExpressionSyntax step) => step switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
        MemberAccessExpressionSyntax access => access.Expression,
        _ => null,
    };

    private static SimpleNameSyntax? NameOf(ExpressionSyntax step) => step switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        MemberAccessExpressionSyntax access => access.Name,
        _ => null,
    };
}
