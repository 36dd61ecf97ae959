using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Transactions;

/// <summary>
/// A transaction begins before the first statement and is committed behind the last, and before each jump in between:
/// <c>await using var transaction = await db.Database.BeginTransactionAsync(token);</c>, <c>await transaction.CommitAsync(token);</c>.
/// </summary>
internal sealed class TransactionPlan
{
    private readonly WriteRegionHint _hint;
    private readonly DocumentEdit _edit;
    private readonly StatementSyntax _first;
    private readonly StatementSyntax _last;
    private readonly List<StatementSyntax> _exits;

    private TransactionPlan(WriteRegionHint hint, DocumentEdit edit, StatementSyntax first, StatementSyntax last, List<StatementSyntax> exits)
    {
        _hint = hint;
        _edit = edit;
        _first = first;
        _last = last;
        _exits = exits;
    }

    private SourceText Text => _edit.Text;

    /// <summary>The plan; null where the code has another layout than one statement a line, or a language version without <c>using</c> declarations.</summary>
    public static TransactionPlan? Of(WriteRegionHint hint, DocumentEdit edit)
    {
        if (edit.Find<StatementSyntax>(hint.First) is not { } first
            || edit.Find<StatementSyntax>(hint.Last) is not { } last
            || first.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 }
            || !edit.IsWellFormed(first))
        {
            return null;
        }

        List<StatementSyntax> exits = [.. hint.Exits.Select(edit.Find<StatementSyntax>).OfType<StatementSyntax>()];
        var plan = new TransactionPlan(hint, edit, first, last, exits);
        return exits.Count == hint.Exits.Length && plan.HasRoom() ? plan : null;
    }

    /// <summary>Adds the changes; false, and no change, where a command cannot be given the transaction or a jump has no place for the commit before it.</summary>
    public bool TryWrite() => _edit.TryAll(Write);

    private bool Write()
    {
        string name = _edit.NamesAround(_first).Local("transaction", "dbTransaction");
        string wait = _hint.IsAwaited ? "await " : "";
        string tail = $"({_hint.Token}){(_hint.IsAwaited ? Awaits.TailAround(_first) : "")};";
        string commit = $"{wait}{name}.{_hint.Commit}{tail}";
        string begin = $"{(_hint.IsReleasedAsync ? "await " : "")}using var {name} = {wait}{_hint.Begin}{tail}";
        if (_hint.StrategyOf is { } context)
            return new ExecutionStrategyWrap(_edit, context, _hint.Token) { Opening = [begin], Closing = [commit], IsAsync = _hint.IsAwaited }.TryWrap(_first, _last);
        string[] opening = _hint.Open is { } open ? [$"{wait}{open}{tail}", begin] : [begin];
        _edit.InsertBefore(_first, opening);
        if (!_hint.Passes.All(pass => TryPass(pass, name)) || !_exits.TrueForAll(exit => StatementPlace.Before(exit, [commit], _edit)))
            return false;
        if (_last is ReturnStatementSyntax exit)
            return ReturnedValue.TryKeepDuring(exit, commit, _edit);
        string newLine = LoopLayout.NewLine(Text);
        _edit.InsertOnce(Text.Lines.GetLineFromPosition(_last.Span.End).End, newLine + (IsBlockSetApart() ? newLine : "") + LoopLayout.IndentationAt(Text, _last.SpanStart) + commit);
        return true;
    }

    /// <summary>Whether the last statement is a block, and no code stands directly behind it, so that the code around keeps blocks apart.</summary>
    private bool IsBlockSetApart()
    {
        SyntaxToken end = _last.GetLastToken();
        if (!end.IsKind(SyntaxKind.CloseBraceToken) || !LoopLayout.StartsLine(Text, end.SpanStart))
            return false;
        SyntaxToken next = end.GetNextToken();
        return next.IsKind(SyntaxKind.CloseBraceToken) || string.IsNullOrWhiteSpace(Text.Lines.GetLineFromPosition(next.FullSpan.Start).ToString());
    }

    private bool HasRoom() =>
        _edit.IsFree(TextSpan.FromBounds(_first.SpanStart, _last.Span.End))
        && LoopLayout.StartsLine(Text, _first.SpanStart)
        && LoopLayout.EndsLine(Text, _last.Span.End)
        && (_last is not ReturnStatementSyntax || LoopLayout.StartsLine(Text, _last.SpanStart))
        && _exits.TrueForAll(exit => exit.Parent is BlockSyntax or SwitchSectionSyntax or IfStatementSyntax or ElseClauseSyntax && LoopLayout.EndsLine(Text, exit.Span.End));

    private bool TryPass(TransactionArgument pass, string transaction) =>
        _edit.Find<ExpressionSyntax>(pass.Target) is { } target
        && TransactionWriter.TryGive(target, pass.Parameter, pass.Position, begin: null, transaction, _edit);
}
