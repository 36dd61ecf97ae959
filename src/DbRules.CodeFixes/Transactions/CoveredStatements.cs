using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.Transactions;

/// <summary>The statements that run between the making of an object and its disposal.</summary>
internal static class CoveredStatements
{
    /// <summary>
    /// The statements of the block at whose end the object is disposed: that of a <c>using</c>, what follows a <c>using</c> declaration, or the <c>try</c> before
    /// the <c>finally</c>. Empty when the code has another form.
    /// </summary>
    public static ImmutableArray<StatementSyntax> Of(ExpressionSyntax creation) => creation.FirstAncestorOrSelf<StatementSyntax>() switch
    {
        UsingStatementSyntax { Statement: BlockSyntax block } => [.. block.Statements],
        UsingStatementSyntax { Statement: UsingStatementSyntax inner } => Innermost(inner),
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword } declaration => Behind(declaration),
        LocalDeclarationStatementSyntax declaration when Behind(declaration) is [TryStatementSyntax { Finally: not null, Catches.Count: 0, Block: var block }, ..] => [.. block.Statements],
        _ => [],
    };

    /// <summary>Whether control leaves the statements only at their end, or by an exception.</summary>
    public static bool HasOneEnd(ImmutableArray<StatementSyntax> statements, SemanticModel model)
    {
        StatementSyntax last = statements[statements.Length - 1];
        // What is declared in a block of its own is in no one's way; a local function at the end is no last step.
        if (last is LocalFunctionStatementSyntax || statements.Any(static statement => statement.DescendantNodesAndSelf(IsOfSameFunction).Any(static node => node is YieldStatementSyntax or GotoStatementSyntax)))
            return false;
        if (model.AnalyzeControlFlow(statements[0], last) is not { Succeeded: true } flow)
            return false;
        bool endsByReturn = last is ReturnStatementSyntax && flow.ExitPoints is [var only] && only == last;
        return endsByReturn || (flow.ExitPoints.IsEmpty && flow.EndPointIsReachable);
    }

    private static ImmutableArray<StatementSyntax> Innermost(UsingStatementSyntax statement)
    {
        while (statement.Statement is UsingStatementSyntax inner)
            statement = inner;
        return statement.Statement is BlockSyntax block ? [.. block.Statements] : [];
    }

    private static ImmutableArray<StatementSyntax> Behind(StatementSyntax declaration)
    {
        IEnumerable<StatementSyntax> siblings = declaration.Parent switch
        {
            BlockSyntax block => block.Statements,
            GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(static global => global.Statement),
            _ => [],
        };
        return [.. siblings.SkipWhile(statement => statement != declaration).Skip(1)];
    }

    private static bool IsOfSameFunction(SyntaxNode node) => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
}
