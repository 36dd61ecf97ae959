using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Rules;

/// <summary>How messages speak of an iteration.</summary>
internal static class LoopText
{
    /// <summary>The words after "queries the database".</summary>
    public static string Phrase(Iteration iteration) => iteration.Source is { } source
        ? Phrase(source)
        : $"in each pass of the '{Keyword(iteration.Operation.Syntax)}' loop";

    /// <summary>As <see cref="Phrase(Iteration)"/>, for a sequence that called code walks.</summary>
    public static string Phrase(IOperation? source) => source is null ? "in each pass of a loop" : $"for each element of '{CodeText.Short(source.Syntax)}'";

    /// <summary>The header of a loop statement, or the call that runs a delegate per element.</summary>
    public static Location Header(Iteration iteration)
    {
        SyntaxNode syntax = iteration.Operation.Syntax;
        int end = syntax switch
        {
            CommonForEachStatementSyntax each => each.CloseParenToken.Span.End,
            ForStatementSyntax counting => counting.CloseParenToken.Span.End,
            WhileStatementSyntax conditional => conditional.CloseParenToken.Span.End,
            _ => syntax.Span.End,
        };
        return Location.Create(syntax.SyntaxTree, TextSpan.FromBounds(syntax.SpanStart, end));
    }

    private static string Keyword(SyntaxNode loop) => loop switch
    {
        ForStatementSyntax => "for",
        WhileStatementSyntax => "while",
        DoStatementSyntax => "do",
        _ => "foreach",
    };
}
