using DbRules.Engine.Effects;
using DbRules.Engine.Tests.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>
/// Code whose functions state their summary in a comment line directly above them, <c>//= reads First</c>. One without such a line does nothing.
/// All functions of the file are compared, so no summary changes unnoticed.
/// </summary>
internal static class SummaryCode
{
    private const string Mark = "//= ";

    /// <summary>Checks what stands above the lines where methods, constructors, accessors, operators, local functions and lambdas start.</summary>
    public static void Check(string source)
    {
        string[] expected = source.ReplaceLineEndings("\n").Split('\n');
        List<string> lines = [.. expected.Where(line => !IsMark(line))];
        CodeUnderTest code = CodeUnderTest.Of(string.Join("\n", lines));
        SyntaxTree tree = code.Compilation.SyntaxTrees[^1];
        SemanticModel model = code.Compilation.GetSemanticModel(tree);
        var found = new List<(int Line, MethodSummary Summary)>();
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            if (FunctionOf(model, node) is { } function && code.Facts.SummaryOf(function) is var summary && !summary.Equals(MethodSummary.Nothing))
                found.Add((node.GetLocation().GetLineSpan().StartLinePosition.Line, summary));
        }

        foreach ((int line, MethodSummary summary) in found.OrderByDescending(one => one.Line))
            lines.Insert(line, Indentation(lines[line]) + Mark + summary);
        Assert.Equal(string.Join("\n", expected), string.Join("\n", lines));
    }

    private static bool IsMark(string line) => line.TrimStart().StartsWith(Mark, StringComparison.Ordinal);

    private static string Indentation(string line) => line[..^line.TrimStart().Length];

    private static IMethodSymbol? FunctionOf(SemanticModel model, SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax => model.GetDeclaredSymbol(node) as IMethodSymbol,
        PropertyDeclarationSyntax { ExpressionBody: not null } property => ((IPropertySymbol)model.GetDeclaredSymbol(property)!).GetMethod,
        IndexerDeclarationSyntax { ExpressionBody: not null } indexer => ((IPropertySymbol)model.GetDeclaredSymbol(indexer)!).GetMethod,
        AnonymousFunctionExpressionSyntax lambda => model.GetSymbolInfo(lambda).Symbol as IMethodSymbol,
        _ => null,
    };
}
