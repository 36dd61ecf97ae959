using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Lifetimes;

/// <summary>Writes a <c>using</c> statement around the statements that follow a declaration.</summary>
internal static class UsingBlock
{
    /// <summary>Puts all that follows into the block, but a <c>break</c> or <c>continue</c> at the end, and leaves out what releases needlessly.</summary>
    /// <returns>False, and no change, where a block cannot hold the statements, a comment would be lost or lines are shared.</returns>
    public static bool TryWrite(LocalDeclarationStatementSyntax declaration, bool isAsync, IReadOnlyCollection<StatementSyntax> needless, DocumentEdit edit)
    {
        SourceText text = edit.Text;
        List<StatementSyntax> moved = [.. Siblings(declaration).SkipWhile(statement => statement != declaration).Skip(1)];
        while (moved.Count > 0 && moved[moved.Count - 1] is BreakStatementSyntax or ContinueStatementSyntax)
            moved.RemoveAt(moved.Count - 1);
        if (moved.Count == 0 || !HoldsItsNames(moved, edit.Model))
            return false;
        int head = text.Lines.GetLineFromPosition(declaration.Span.End).End;
        TextSpan region = TextSpan.FromBounds(head, text.Lines.GetLineFromPosition(moved[moved.Count - 1].Span.End).End);
        List<(TextSpan Lines, StatementSyntax Statement)> kept = [.. moved.Where(statement => !needless.Contains(statement)).Select(statement => (LinesOf(statement, edit), statement))];
        if (kept.Count == 0
            || !LoopLayout.StartsLine(text, declaration.SpanStart)
            || !LoopLayout.EndsLine(text, declaration.Span.End)
            || moved.Exists(statement => !LoopLayout.StartsLine(text, statement.SpanStart) || !LoopLayout.EndsLine(text, statement.Span.End))
            || !edit.IsFree(TextSpan.FromBounds(declaration.SpanStart, region.End))
            || HasLoss(edit.Root, region, kept.ConvertAll(static one => one.Lines)))
        {
            return false;
        }

        string newLine = LoopLayout.NewLine(text);
        string outer = LoopLayout.IndentationAt(text, declaration.SpanStart);
        string inner = outer + LoopLayout.Step(outer);
        bool opensOwnLine = declaration.Parent is not BlockSyntax block || LoopLayout.StartsLine(text, block.OpenBraceToken.SpanStart);
        IEnumerable<string> body = kept.Select((one, i) => (i > 0 && IsBlankBefore(text, one.Lines.Start) ? newLine : "") + MovedLines.Indent(text, one.Lines, [], [one.Statement], outer, inner) + newLine);
        edit.InsertOnce(declaration.SpanStart, isAsync ? "await using (" : "using (");
        edit.Replace(declaration.SemicolonToken.Span, opensOwnLine ? ")" : ") {");
        edit.Replace(region, newLine + (opensOwnLine ? outer + "{" + newLine : "") + string.Concat(body) + outer + "}");
        return true;
    }

    /// <summary>The lines of a statement with the comments above it, without the last line break.</summary>
    private static TextSpan LinesOf(StatementSyntax statement, DocumentEdit edit) =>
        TextSpan.FromBounds(LoopLayout.LinesWithComments(edit.Root, edit.Text, statement).Start, edit.Text.Lines.GetLineFromPosition(statement.Span.End).End);

    private static bool IsBlankBefore(SourceText text, int lineStart) => text.Lines.GetLineFromPosition(lineStart).LineNumber is var number and > 0 && string.IsNullOrWhiteSpace(text.Lines[number - 1].ToString());

    /// <summary>Whether a comment in a region stands in none of the lines that are kept, or a directive in the region at all.</summary>
    private static bool HasLoss(SyntaxNode root, TextSpan region, List<TextSpan> kept) => root.DescendantTrivia(region)
        .Any(trivia => region.Contains(trivia.Span) && (trivia.IsDirective || (DocumentEdit.IsComment(trivia) && !kept.Exists(lines => lines.Contains(trivia.Span)))));

    private static IEnumerable<StatementSyntax> Siblings(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(static global => global.Statement),
        _ => [],
    };

    /// <summary>Whether nothing that the statements declare is named outside them: by another section of a switch.</summary>
    private static bool HoldsItsNames(List<StatementSyntax> statements, SemanticModel model)
    {
        if (statements.Exists(static statement => statement is LocalFunctionStatementSyntax || statement.IsKind(SyntaxKind.LabeledStatement)))
            return false;
        return model.AnalyzeDataFlow(statements[0], statements[statements.Count - 1]) is { Succeeded: true } flow
            && !flow.VariablesDeclared.Any(declared => flow.ReadOutside.Contains(declared) || flow.WrittenOutside.Contains(declared));
    }
}
