using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Calls;

/// <summary>Source text as a message shows it.</summary>
public static class CodeText
{
    private const int MaxLength = 40;

    /// <summary>The text of a node on one line, cut at 40 characters.</summary>
    public static string Short(SyntaxNode node)
    {
        string text = string.Join(" ", node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" .", ".");
        return text.Length <= MaxLength ? text : text.Substring(0, MaxLength - 1) + "…";
    }

    /// <summary>The name alone of what a call calls or a member access reads: type arguments are no part of it. The node itself for any other node.</summary>
    public static SyntaxNodeOrToken NameOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier: var name } } => name,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier: var name } } => name,
        InvocationExpressionSyntax { Expression: SimpleNameSyntax { Identifier: var name } } => name,
        MemberAccessExpressionSyntax { Name.Identifier: var name } => name,
        _ => node,
    };
}
