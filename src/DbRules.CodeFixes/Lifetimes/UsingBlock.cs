using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Lifetimes;

/// <summary>Writes a <c>using</c> statement around the statements that follow a declaration.</summary>
internal static class UsingBlock
{
    /// <summary>Puts all that follows into the block, but a jump at the end of a switch section, and leaves out what releases needlessly.</summary>
    /// <returns>False, and perhaps changes that are to be taken back, where a block cannot hold the statements or their lines hold something else.</returns>
    public static bool TryWrite(LocalDeclarationStatementSyntax declaration, bool isAsync, IReadOnlyCollection<StatementSyntax> needless, DocumentEdit edit)
    {
        List<StatementSyntax> moved = [.. Siblings(declaration).SkipWhile(statement => statement != declaration).Skip(1)];
        while (moved.Count > 0 && (needless.Contains(moved[moved.Count - 1]) || moved[moved.Count - 1] is BreakStatementSyntax or ContinueStatementSyntax))
            moved.RemoveAt(moved.Count - 1);
        if (moved.Count == 0 || moved.Exists(needless.Contains) || !HoldsItsNames(moved, edit.Model))
            return false;

        SourceText text = edit.Text;
        TextSpan lines = TextSpan.FromBounds(LoopLayout.LinesWithComments(edit.Root, text, moved[0]).Start, text.Lines.GetLineFromPosition(moved[moved.Count - 1].Span.End).End);
        int head = text.Lines.GetLineFromPosition(declaration.Span.End).End;
        if (!LoopLayout.StartsLine(text, declaration.SpanStart)
            || !LoopLayout.EndsLine(text, declaration.Span.End)
            || head > lines.Start
            || !string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(head, lines.Start)))
            || !LoopLayout.EndsLine(text, lines.End)
            || !edit.IsFree(TextSpan.FromBounds(declaration.SpanStart, lines.End))
            || moved.Exists(static statement => statement.DescendantTrivia().Any(static trivia => trivia.IsDirective))
            || needless.Any(release => !StatementPlace.Remove(release, edit)))
        {
            return false;
        }

        string newLine = LoopLayout.NewLine(text);
        string outer = LoopLayout.IndentationAt(text, declaration.SpanStart);
        string inner = outer + LoopLayout.Step(outer);
        bool opensOwnLine = declaration.Parent is not BlockSyntax block || LoopLayout.StartsLine(text, block.OpenBraceToken.SpanStart);
        edit.InsertOnce(declaration.SpanStart, isAsync ? "await using (" : "using (");
        edit.Replace(declaration.SemicolonToken.Span, opensOwnLine ? ")" : ") {");
        edit.Replace(
            TextSpan.FromBounds(head, lines.End),
            newLine + (opensOwnLine ? outer + "{" + newLine : "") + MovedLines.Indent(text, lines, [], moved, outer, inner) + newLine + outer + "}");
        return true;
    }

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
