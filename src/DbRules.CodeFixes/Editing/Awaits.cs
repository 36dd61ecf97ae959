using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.Editing;

/// <summary>How the code around a place awaits.</summary>
internal static class Awaits
{
    /// <summary>
    /// What stands behind a call that a fix awaits, so that it goes on as the awaits of the function around a node do: <c>.ConfigureAwait(false)</c> where each of
    /// them has it, nothing otherwise.
    /// </summary>
    public static string TailAround(SyntaxNode node) => EndOnAnyThread(node) ? ".ConfigureAwait(false)" : "";

    /// <summary>Whether the function around a node awaits, and each time goes on without its context.</summary>
    private static bool EndOnAnyThread(SyntaxNode node)
    {
        SyntaxNode function = FunctionAround(node);
        return EndOnAnyThread([.. function.DescendantNodes().OfType<AwaitExpressionSyntax>().Where(other => FunctionAround(other) == function)]);
    }

    /// <summary>Whether the type around a node awaits, and each time goes on without its context: what a function that awaits for the first time does as well.</summary>
    public static bool TypeEndsOnAnyThread(SyntaxNode node) =>
        EndOnAnyThread([.. (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? node.SyntaxTree.GetRoot()).DescendantNodes().OfType<AwaitExpressionSyntax>()]);

    private static bool EndOnAnyThread(List<AwaitExpressionSyntax> awaits)
    {
        return awaits.Count > 0 && awaits.TrueForAll(other => other.Expression is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
            ArgumentList.Arguments: [{ Expression.RawKind: (int)SyntaxKind.FalseLiteralExpression }],
        });
    }

    /// <summary>Whether the language allows an <c>await</c> at a node of an asynchronous function: not in a <c>lock</c>, nor in unsafe code.</summary>
    public static bool MayStandAt(SyntaxNode node)
    {
        SyntaxNode function = FunctionAround(node);
        return !node.Ancestors().Any(static parent => parent is UnsafeStatementSyntax) && !node.Ancestors().TakeWhile(parent => parent != function).Any(static parent => parent is LockStatementSyntax);
    }

    /// <summary>The innermost lambda, local function or member around a node; the file for top-level code.</summary>
    public static SyntaxNode FunctionAround(SyntaxNode node) => node.Ancestors()
        .FirstOrDefault(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or (MemberDeclarationSyntax and not GlobalStatementSyntax)) ?? node.SyntaxTree.GetRoot();
}
