using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>Turns the expression body of a member into a block.</summary>
internal static class ExpressionBody
{
    /// <summary>Writes a block with statements before the expression, a part of which is replaced. False, and no change, where a comment would be lost or lines are shared.</summary>
    public static bool TryOpen(ArrowExpressionClauseSyntax arrow, IReadOnlyList<string> before, TextSpan part, string replacement, DocumentEdit edit)
    {
        if (arrow.Parent is not { } member || Semicolon(member) is not { RawKind: (int)SyntaxKind.SemicolonToken } semicolon)
            return false;
        TextSpan old = TextSpan.FromBounds(arrow.ArrowToken.GetPreviousToken().Span.End, semicolon.Span.End);
        if (DocumentEdit.HasComment(member, old) || !edit.IsFree(old) || !LoopLayout.StartsLine(edit.Text, member.SpanStart) || !LoopLayout.EndsLine(edit.Text, old.End))
            return false;

        string newLine = LoopLayout.NewLine(edit.Text);
        string outer = LoopLayout.IndentationAt(edit.Text, member.SpanStart);
        string step = LoopLayout.Step(outer);
        string from = LoopLayout.IndentationAt(edit.Text, arrow.Expression.SpanStart);
        string code = edit.Slice(arrow.Expression.Span).Remove(part.Start - arrow.Expression.SpanStart, part.Length).Insert(part.Start - arrow.Expression.SpanStart, replacement);
        bool isProperty = member is BasePropertyDeclarationSyntax;
        string inner = outer + step + (isProperty ? step : "");
        List<string> lines = [.. before, (Yields(member, edit.Model) ? "return " : "") + LoopLayout.Reindent(code, from, inner) + ";"];
        string block = Block(lines, isProperty ? outer + step : outer, step, newLine);
        if (isProperty)
            block = newLine + outer + "{" + newLine + outer + step + "get" + block + newLine + outer + "}";
        edit.Replace(old, block);
        return true;
    }

    private static string Block(IEnumerable<string> lines, string outer, string step, string newLine) =>
        newLine + outer + "{" + newLine + string.Concat(lines.Select(line => outer + step + line + newLine)) + outer + "}";

    private static SyntaxToken Semicolon(SyntaxNode member) => member switch
    {
        BaseMethodDeclarationSyntax method => method.SemicolonToken,
        LocalFunctionStatementSyntax function => function.SemicolonToken,
        AccessorDeclarationSyntax accessor => accessor.SemicolonToken,
        PropertyDeclarationSyntax property => property.SemicolonToken,
        IndexerDeclarationSyntax indexer => indexer.SemicolonToken,
        _ => default,
    };

    /// <summary>Whether the value of the expression is the result of the member.</summary>
    private static bool Yields(SyntaxNode member, SemanticModel model) => model.GetDeclaredSymbol(member) switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor } => false,
        IMethodSymbol { ReturnsVoid: true } => false,
        IMethodSymbol { IsAsync: true, ReturnType: INamedTypeSymbol { IsGenericType: false } } => false,
        _ => true,
    };
}
