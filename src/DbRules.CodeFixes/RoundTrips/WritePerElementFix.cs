using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Writes the rows of all elements with one call in place of the loop, or with one batch behind it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WritePerElementFix))]
[Shared]
public sealed class WritePerElementFix() : DocumentFix("DBR106", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Write all rows with one call";

    /// <summary>The title where the commands go into a batch.</summary>
    public const string BatchTitle = "Send all commands in one batch";

    private protected override string TitleOf(Diagnostic diagnostic) => CommandBatchHint.From(diagnostic.Properties) is null ? Title : BatchTitle;

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (CommandBatchHint.From(diagnostic.Properties) is { } batch)
            return CommandBatchPlan.Of(batch, edit)?.TryWrite() == true;
        if (WritePerElementHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<ForEachStatementSyntax>(hint.Loop) is not { } loop
            || edit.Find<ExpressionStatementSyntax>(hint.Statement) is not { } statement
            || !edit.IsWellFormed(loop)
            || LoopReplacement.Of(loop, statement, edit) is not { } replacement)
        {
            return false;
        }

        return hint.Key is { } key ? TryByKey(key, replacement, edit) : hint.Values is { } values && TryBySequence(hint, values, loop, replacement, edit);
    }

    /// <summary><c>connection.Execute(sql, orders.Select(order => new { order.Id }))</c>.</summary>
    private static bool TryBySequence(WritePerElementHint hint, TextSpan values, ForEachStatementSyntax loop, LoopReplacement replacement, DocumentEdit edit)
    {
        string source = edit.Slice(loop.Expression.Span);
        if (hint.IsElement)
            return replacement.TryWrite([], values, source);
        bool isSimple = loop.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax;
        return edit.Imports.HasEnumerable("Select", loop.SpanStart)
            && replacement.TryWrite([], values, $"{(isSimple ? source : $"({source})")}.Select({loop.Identifier.Text} => {edit.Slice(values)})");
    }

    /// <summary><c>db.Orders.Where(o => ids.Contains(o.Id)).ExecuteDelete()</c>.</summary>
    private static bool TryByKey(KeyLookupHint hint, LoopReplacement replacement, DocumentEdit edit)
    {
        if (hint.Condition is not { } span
            || edit.Find<BinaryExpressionSyntax>(span) is not { } condition
            || LookupPlan.Of(edit, hint) is not { } plan
            || !edit.Imports.HasEnumerable("ToList", plan.Loop.SpanStart))
        {
            return false;
        }

        ExpressionSyntax member = condition.Left.Span.Contains(hint.Key) ? condition.Right : condition.Left;
        string keys = plan.Keys();
        return replacement.TryWrite(plan.Statements, span, $"{keys}.Contains({LookupPlan.WithoutParentheses(member).WithoutTrivia()})");
    }
}
