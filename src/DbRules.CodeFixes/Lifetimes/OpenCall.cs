using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.Lifetimes;

/// <summary>The parts of a statement that opens a connection: <c>await owner.OpenAsync(ct).ConfigureAwait(false);</c>.</summary>
/// <param name="Owner">What it is called on.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Arguments">The arguments with their parentheses.</param>
/// <param name="IsAwaited">Whether the code awaits it.</param>
/// <param name="Configured">The call of <c>ConfigureAwait</c> with its dot; empty when there is none.</param>
internal sealed record OpenCall(ExpressionSyntax Owner, string Method, string Arguments, bool IsAwaited, string Configured)
{
    /// <summary>The call as a statement.</summary>
    public string Text => (IsAwaited ? "await " : "") + $"{Owner}.{Method}{Arguments}{Configured};";

    /// <summary>The call that a statement is; null where it has another form, or holds a comment.</summary>
    public static OpenCall? In(ExpressionStatementSyntax statement)
    {
        ExpressionSyntax expression = statement.Expression;
        bool isAwaited = expression is AwaitExpressionSyntax;
        if (expression is AwaitExpressionSyntax { Expression: var awaited })
            expression = awaited;
        string configured = "";
        if (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: InvocationExpressionSyntax inner }, ArgumentList: var flag })
        {
            configured = ".ConfigureAwait" + flag;
            expression = inner;
        }

        return expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: var name }, ArgumentList: var arguments } && !DocumentEdit.HasComment(statement)
            ? new OpenCall(owner, name, arguments.ToString(), isAwaited, configured)
            : null;
    }
}
