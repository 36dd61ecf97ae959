using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.CodeFixes.Transactions;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Lifetimes;

/// <summary>Leaves a connection to the context that owns it, and closes it where the code has opened it by hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LentConnectionDisposedFix))]
[Shared]
public sealed class LentConnectionDisposedFix() : DocumentFix("DBR407", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Leave the connection to its context";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (LentConnectionHint.From(diagnostic.Properties) is not { } hint || edit.Find<StatementSyntax>(hint.Release) is not { } release || !edit.IsWellFormed(release))
            return false;
        ExpressionStatementSyntax? opening = hint.Opening is { } span ? edit.Find<ExpressionStatementSyntax>(span) : null;
        if (hint.Opening is not null && opening is null)
            return false;
        return edit.TryAll(() => release switch
        {
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration => PlanDeclaration(declaration, opening, edit),
            UsingStatementSyntax statement => PlanStatement(statement, opening, edit),
            ExpressionStatementSyntax call => PlanCall(call, opening, edit),
            _ => false,
        });
    }

    /// <summary><c>using var connection = …;</c> becomes a plain local; what was opened by hand is closed at the end of the block.</summary>
    private static bool PlanDeclaration(LocalDeclarationStatementSyntax declaration, ExpressionStatementSyntax? opening, DocumentEdit edit)
    {
        if (!RemoveKeywords(declaration, declaration.AwaitKeyword, declaration.UsingKeyword, declaration.Declaration.SpanStart, edit))
            return false;
        return opening is null || (opening.Parent == declaration.Parent && CloseInFinally.Closing(opening, edit) is { } closing && CloseInFinally.Wrap(opening, closing, edit));
    }

    private static bool RemoveKeywords(StatementSyntax statement, SyntaxToken awaitKeyword, SyntaxToken usingKeyword, int end, DocumentEdit edit)
    {
        int start = awaitKeyword.IsKind(SyntaxKind.AwaitKeyword) ? awaitKeyword.SpanStart : usingKeyword.SpanStart;
        var keywords = TextSpan.FromBounds(start, end);
        if (!edit.IsFree(keywords) || DocumentEdit.HasComment(statement, keywords))
            return false;
        edit.Replace(keywords, "");
        return true;
    }

    /// <summary>The block of a <c>using</c> statement becomes part of the block around it, or the <c>try</c> block of a connection that is opened first in it.</summary>
    private static bool PlanStatement(UsingStatementSyntax statement, ExpressionStatementSyntax? opening, DocumentEdit edit)
    {
        SourceText text = edit.Text;
        if (statement is not { Declaration: { } declaration, Statement: BlockSyntax body, Parent: BlockSyntax around }
            || !LoopLayout.StartsLine(text, statement.SpanStart) || !LoopLayout.EndsLine(text, statement.CloseParenToken.Span.End)
            || !LoopLayout.StartsLine(text, body.OpenBraceToken.SpanStart) || !LoopLayout.EndsLine(text, body.OpenBraceToken.Span.End)
            || !LoopLayout.StartsLine(text, body.CloseBraceToken.SpanStart) || !LoopLayout.EndsLine(text, body.CloseBraceToken.Span.End)
            || DocumentEdit.HasComment(statement, TextSpan.FromBounds(statement.SpanStart, declaration.SpanStart)) || statement.DescendantTrivia().Any(static trivia => trivia.IsDirective)
            || !edit.IsFree(statement.Span) || MixesNames(statement, declaration, body, opening is not null, around))
        {
            return false;
        }

        edit.Replace(TextSpan.FromBounds(statement.SpanStart, declaration.SpanStart), "");
        edit.Replace(statement.CloseParenToken.Span, ";");
        return opening is null ? Unwrap(body, statement, edit) : Open(body, opening, statement, edit);
    }

    private static bool Unwrap(BlockSyntax body, UsingStatementSyntax statement, DocumentEdit edit)
    {
        SourceText text = edit.Text;
        string outer = LoopLayout.IndentationAt(text, statement.SpanStart);
        int start = text.Lines.GetLineFromPosition(body.OpenBraceToken.SpanStart).Start;
        if (body.Statements.Count == 0)
            return false;
        string inner = LoopLayout.IndentationAt(text, body.Statements[0].SpanStart);
        TextLine first = text.Lines[text.Lines.GetLineFromPosition(body.OpenBraceToken.SpanStart).LineNumber + 1];
        TextLine last = text.Lines[text.Lines.GetLineFromPosition(body.CloseBraceToken.SpanStart).LineNumber - 1];
        if (last.LineNumber < first.LineNumber || DocumentEdit.HasComment(body, TextSpan.FromBounds(start, first.Start)) || DocumentEdit.HasComment(statement, TextSpan.FromBounds(last.End, statement.Span.End)))
            return false;
        edit.Replace(
            TextSpan.FromBounds(start, text.Lines.GetLineFromPosition(body.CloseBraceToken.Span.End).End),
            MovedLines.Indent(text, TextSpan.FromBounds(first.Start, last.End), [], body.Statements, inner, outer));
        return true;
    }

    /// <summary>The connection is opened before the <c>try</c>, and its lines stay where they are.</summary>
    private static bool Open(BlockSyntax body, ExpressionStatementSyntax opening, UsingStatementSyntax statement, DocumentEdit edit)
    {
        if (body.Statements.FirstOrDefault() != opening || !CloseInFinally.TryFindRest(opening, body, edit, out _, out TextSpan rest) || CloseInFinally.Closing(opening, edit) is not { } closing)
            return false;
        SourceText text = edit.Text;
        string newLine = LoopLayout.NewLine(text);
        string outer = LoopLayout.IndentationAt(text, statement.SpanStart);
        string inner = outer + LoopLayout.Step(outer);
        TextSpan head = TextSpan.FromBounds(text.Lines.GetLineFromPosition(body.OpenBraceToken.SpanStart).Start, opening.SpanStart);
        if (DocumentEdit.HasComment(body, head))
            return false;
        edit.Replace(head, outer);
        edit.Replace(TextSpan.FromBounds(text.Lines.GetLineFromPosition(opening.Span.End).EndIncludingLineBreak, rest.Start), $"{outer}try{newLine}{outer}{{{newLine}");
        edit.InsertOnce(text.Lines.GetLineFromPosition(body.CloseBraceToken.Span.End).End, $"{newLine}{outer}finally{newLine}{outer}{{{newLine}{inner}{closing}{newLine}{outer}}}");
        return true;
    }

    /// <summary>Whether a name that now belongs to the block around is taken elsewhere in it.</summary>
    private static bool MixesNames(UsingStatementSyntax statement, VariableDeclarationSyntax declaration, BlockSyntax body, bool keepsBlock, BlockSyntax around)
    {
        var names = new HashSet<string>(declaration.Variables.Select(static variable => variable.Identifier.ValueText), StringComparer.Ordinal);
        if (!keepsBlock)
            names.UnionWith(Declared(body));
        return Declared(around, statement).Any(names.Contains);
    }

    private static IEnumerable<string> Declared(SyntaxNode root, SyntaxNode? without = null) => root.DescendantNodes(node => node != without).Select(node => node == without ? null : node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        CatchDeclarationSyntax caught => caught.Identifier.ValueText,
        _ => null,
    }).OfType<string>();

    /// <summary>A call that disposes goes away; where the code has opened the connection, it closes it instead.</summary>
    private static bool PlanCall(ExpressionStatementSyntax call, ExpressionStatementSyntax? opening, DocumentEdit edit)
    {
        if (opening is null)
            return call.Parent is BlockSyntax { Parent: not FinallyClauseSyntax } && StatementPlace.Remove(call, edit);
        SyntaxToken? name = call.DescendantTokens().FirstOrDefault(static token => token.ValueText is "Dispose" or "DisposeAsync" && token.IsKind(SyntaxKind.IdentifierToken));
        if (name is not { RawKind: not 0 } disposing || !edit.IsFree(disposing.Span))
            return false;
        edit.Replace(disposing.Span, disposing.ValueText == "Dispose" ? "Close" : "CloseAsync");
        return true;
    }
}
