using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>Chains calls to an expression of a query, laid out as the chain around them.</summary>
internal static class ChainedCalls
{
    /// <summary>Plans calls, such as <c>Take(100)</c>, directly behind an expression.</summary>
    public static void Insert(DocumentEdit edit, ExpressionSyntax behind, params string[] calls)
    {
        if (behind.Parent is ParenthesizedExpressionSyntax parenthesized)
            behind = parenthesized;
        string separator = Separator(edit, behind);
        bool needsParentheses = behind is not (MemberAccessExpressionSyntax or InvocationExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or GenericNameSyntax);
        if (needsParentheses)
            edit.InsertOnce(behind.SpanStart, "(");
        edit.InsertOnce(behind.Span.End, (needsParentheses ? ")" : "") + string.Concat(calls.Select(call => separator + "." + call)));
    }

    /// <summary>A name for the parameter of a lambda over a type: its first letter, or more where that is taken.</summary>
    public static string LambdaName(DocumentEdit edit, ExpressionSyntax place, string type)
    {
        string[] inScope = [.. edit.Model.LookupSymbols(place.SpanStart).Where(symbol => symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol).Select(symbol => symbol.Name)];
        string whole = Names.Camel(type);
        foreach (string name in new[] { whole.Substring(0, 1), whole })
        {
            if (!inScope.Contains(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None)
                return name;
        }

        for (int number = 2; ; number++)
        {
            if (!inScope.Contains(whole + number))
                return whole + number;
        }
    }

    /// <summary>What stands in front of the dot of a call behind an expression: a chain that goes on in the next line gets the call in a line of its own.</summary>
    public static string Separator(DocumentEdit edit, ExpressionSyntax behind)
    {
        SyntaxToken dot = behind.Parent is MemberAccessExpressionSyntax { OperatorToken: var next } access && access.Expression == behind
            ? next
            : behind is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { OperatorToken: var own } } ? own : default;
        if (dot.RawKind == 0)
            return "";
        TextLine line = edit.Text.Lines.GetLineFromPosition(dot.SpanStart);
        string before = edit.Text.ToString(TextSpan.FromBounds(line.Start, dot.SpanStart));
        return string.IsNullOrWhiteSpace(before) ? LoopLayout.NewLine(edit.Text) + before : "";
    }
}
