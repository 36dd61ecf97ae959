using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>
/// The loop fills one command of a batch for each element, and the batch is sent behind it:
/// <c>using var batch = new NpgsqlBatch(connection);</c>, <c>batch.BatchCommands.Add(command);</c>, <c>batch.ExecuteNonQuery();</c>.
/// </summary>
internal sealed class CommandBatchPlan
{
    private readonly CommandBatchHint _hint;
    private readonly DocumentEdit _edit;
    private readonly StatementSyntax _loop;
    private readonly BlockSyntax _body;
    private readonly ExpressionStatementSyntax _sending;
    private readonly StatementSyntax _declaration;
    private readonly VariableDeclarationSyntax _variable;

    private CommandBatchPlan(CommandBatchHint hint, DocumentEdit edit, StatementSyntax loop, BlockSyntax body, ExpressionStatementSyntax sending, StatementSyntax declaration, VariableDeclarationSyntax variable)
    {
        _hint = hint;
        _edit = edit;
        _loop = loop;
        _body = body;
        _sending = sending;
        _declaration = declaration;
        _variable = variable;
    }

    private SourceText Text => _edit.Text;

    private string CommandName => _variable.Variables[0].Identifier.Text;

    /// <summary>The plan; null where the code has another layout than one statement a line, or a language version without <c>using</c> declarations.</summary>
    public static CommandBatchPlan? Of(CommandBatchHint hint, DocumentEdit edit)
    {
        if (edit.Find<StatementSyntax>(hint.Loop) is not { } loop
            || (loop as CommonForEachStatementSyntax)?.Statement is not BlockSyntax && (loop as ForStatementSyntax)?.Statement is not BlockSyntax
            || edit.Find<ExpressionStatementSyntax>(hint.Statement) is not { } sending
            || edit.Root.FindNode(hint.Creation, getInnermostNodeForTie: true).FirstAncestorOrSelf<VariableDeclarationSyntax>() is not { Variables.Count: 1, Parent: StatementSyntax declaration } variable
            || loop.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 }
            || !edit.IsWellFormed(loop)
            || !edit.IsFree(loop.Span)
            || !edit.IsFree(declaration.Span)
            || HasDirective(loop)
            || HasDirective(declaration))
        {
            return null;
        }

        BlockSyntax body = (BlockSyntax)((loop as CommonForEachStatementSyntax)?.Statement ?? ((ForStatementSyntax)loop).Statement);
        var plan = new CommandBatchPlan(hint, edit, loop, body, sending, declaration, variable);
        return plan.IsOneStatementALine() ? plan : null;
    }

    /// <summary>Adds the changes; false, and no change, where a type is not there or code follows in the loop's last line.</summary>
    public bool TryWrite()
    {
        if (TypeName(_hint.BatchType) is not { } batchType || TypeName(_hint.CommandType) is not { } commandType)
            return false;
        string batch = _edit.NamesAround(_loop).Local("batch", "commandBatch");
        string step = LoopLayout.Step(LoopLayout.IndentationAt(Text, _sending.SpanStart));
        string sending = _edit.Slice(_sending.Span).Remove(_hint.Command.Start - _sending.SpanStart, _hint.Command.Length).Insert(_hint.Command.Start - _sending.SpanStart, batch);
        if (!LoopTail.TryInsertBehind(_loop, [$"if ({batch}.BatchCommands.Count > 0)", step + LoopLayout.Reindent(sending, IndentationOf(_sending), IndentationOf(_loop) + step)], _edit))
            return false;
        string arguments = _edit.Slice(_hint.Connection) + (_hint.Transaction is { } transaction ? ", " + _edit.Slice(transaction) : "");
        string usingBatch = $"{(IsAwaited ? "await " : "")}using var {batch} = new {batchType}({arguments});";
        string creation = $"new {commandType}({(_hint.Text is { } text ? _edit.Slice(text) : "")}){Initializer()}";
        foreach (TextSpan dropped in _hint.Dropped)
            _edit.Replace(LinesOf(dropped), "");
        _edit.Replace(_sending.Span, $"{batch}.BatchCommands.Add({CommandName});");
        if (!_hint.Moved.IsEmpty)
            MoveIntoLoop(usingBatch, $"var {CommandName} = {creation};");
        else
            MakeInLoop(usingBatch, creation);
        return true;
    }

    private bool IsAwaited => _sending.DescendantNodes().Any(static node => node is AwaitExpressionSyntax);

    private static bool HasDirective(SyntaxNode node) => node.DescendantTrivia().Any(trivia => trivia.IsDirective && node.Span.Contains(trivia.Span));

    /// <summary>The changes before the loop: the command's place is the batch's, and its statements go to the start of the body.</summary>
    private void MoveIntoLoop(string usingBatch, string declaration)
    {
        _edit.Replace(_declaration.Span, usingBatch);
        List<string> steps = [declaration];
        foreach (TextSpan moved in _hint.Moved.Skip(1).Where(moved => !_hint.Dropped.Contains(moved)))
        {
            TextSpan lines = LoopLayout.LinesWithComments(_edit.Root, Text, _edit.Find<StatementSyntax>(moved)!);
            string from = LoopLayout.IndentationAt(Text, moved.Start);
            steps.Add(LoopLayout.Reindent(_edit.Slice(lines).Trim(), from, IndentationOf(_body.Statements[0])));
            _edit.Replace(lines, "");
        }

        TextChange insertion = LoopLayout.Insertion(_edit.Root, Text, _body.Statements[0].SpanStart, steps);
        _edit.InsertOnce(insertion.Span.Start, insertion.NewText!);
    }

    /// <summary>The changes in the loop, where it makes the command.</summary>
    private void MakeInLoop(string usingBatch, string creation)
    {
        _edit.InsertBefore(_loop, [usingBatch]);
        if (_declaration is UsingStatementSyntax { Statement: BlockSyntax block } scope)
        {
            Unwrap(scope, block, $"var {CommandName} = {creation};");
            return;
        }

        _edit.Replace(TextSpan.FromBounds(_declaration.SpanStart, _variable.Type.Span.End), "var");
        _edit.Replace(_hint.Creation, creation);
    }

    /// <summary>A command of a batch needs no release: the lines of the block take the place of the <c>using</c>.</summary>
    private void Unwrap(UsingStatementSyntax scope, BlockSyntax block, string declaration)
    {
        _edit.Replace(TextSpan.FromBounds(scope.SpanStart, block.OpenBraceToken.Span.End), declaration);
        int shift = IndentationOf(block.Statements[0]).Length - IndentationOf(scope).Length;
        TextLine close = Text.Lines.GetLineFromPosition(block.CloseBraceToken.SpanStart);
        for (int number = Text.Lines.GetLineFromPosition(block.OpenBraceToken.SpanStart).LineNumber + 1; number < close.LineNumber; number++)
        {
            TextLine line = Text.Lines[number];
            var indentation = new TextSpan(line.Start, shift);
            if (line.Span.Length >= shift && string.IsNullOrWhiteSpace(_edit.Slice(indentation)) && _edit.IsFree(indentation) && !IsInText(line.Start))
                _edit.Replace(indentation, "");
        }

        _edit.Replace(TextSpan.FromBounds(Text.Lines[close.LineNumber - 1].End, block.CloseBraceToken.Span.End), "");
    }

    /// <summary>Whether white space at a position is part of a string. That of a raw string may shift with its quotes.</summary>
    private bool IsInText(int position)
    {
        SyntaxToken token = _edit.Root.FindToken(position);
        return token.SpanStart < position && position < token.Span.End && !token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken);
    }

    private bool IsOneStatementALine()
    {
        if (_hint.Connection.Start > _declaration.Span.End && !_hint.Moved.IsEmpty)
            return false;
        if (DocumentEdit.HasComment(_variable) || !HasLinesAlone(_sending.Span) || _body.Statements.Count == 0 || !StartsLine(_body.Statements[0].SpanStart))
            return false;
        if (_declaration is UsingStatementSyntax scope)
        {
            if (scope.Statement is not BlockSyntax { Statements.Count: > 0 } block
                || scope.Parent is not BlockSyntax
                || !StartsLine(scope.SpanStart)
                || !StartsLine(block.CloseBraceToken.SpanStart)
                || !StartsLine(block.Statements[0].SpanStart)
                || !EndsLine(block.CloseBraceToken.Span.End)
                || !EndsLine(block.OpenBraceToken.Span.End)
                || Clashes(scope))
            {
                return false;
            }
        }
        else if (!HasLinesAlone(_declaration.Span))
        {
            return false;
        }

        return _hint.Dropped.Concat(_hint.Moved).All(HasLinesAlone);
    }

    /// <summary>Whether nothing but a comment behind it shares the lines of a statement.</summary>
    private bool HasLinesAlone(TextSpan statement) => _edit.Find<StatementSyntax>(statement) is not null && StartsLine(statement.Start) && EndsLine(statement.End);

    private bool StartsLine(int position) => LoopLayout.StartsLine(Text, position);

    private bool EndsLine(int position) => LoopLayout.EndsLine(Text, position);

    /// <summary>Whether something else in the loop has a name that stands in the <c>using</c> now and would stand beside it then.</summary>
    private bool Clashes(UsingStatementSyntax scope)
    {
        HashSet<string> inside = [.. scope.DescendantNodes().Select(DeclaredName).OfType<string>()];
        return _body.DescendantNodes(node => node != scope).Any(node => DeclaredName(node) is { } name && inside.Contains(name));
    }

    private static string? DeclaredName(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        ForEachStatementSyntax each => each.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        _ => null,
    };

    private TextSpan LinesOf(TextSpan statement) =>
        TextSpan.FromBounds(Text.Lines.GetLineFromPosition(statement.Start).Start, Text.Lines.GetLineFromPosition(statement.End).EndIncludingLineBreak);

    private string IndentationOf(SyntaxNode node) => LoopLayout.IndentationAt(Text, node.SpanStart);

    private string Initializer() => _edit.Find<BaseObjectCreationExpressionSyntax>(_hint.Creation) is { Initializer: { } initializer } creation
        ? Text.ToString(TextSpan.FromBounds(creation.ArgumentList?.Span.End ?? initializer.SpanStart, creation.Span.End)) is var text && text[0] == '{' ? " " + text : text
        : "";

    private string? TypeName(string metadataName) =>
        _edit.Model.Compilation.GetTypesByMetadataName(metadataName).FirstOrDefault()?.ToMinimalDisplayString(_edit.Model, _loop.SpanStart);
}
