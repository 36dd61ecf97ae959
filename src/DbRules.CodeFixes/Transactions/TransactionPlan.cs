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

    /// <summary>Adds the changes.</summary>
    public bool TryWrite()
    {
        string name = _edit.NamesAround(_first).Local("transaction", "dbTransaction");
        string wait = _hint.IsAwaited ? "await " : "";
        string commit = $"{wait}{name}.{_hint.Commit}({_hint.Token});";
        string begin = $"{(_hint.IsReleasedAsync ? "await " : "")}using var {name} = {wait}{_hint.Begin}({_hint.Token});";
        if (_hint.StrategyOf is { } context)
            return new ExecutionStrategyWrap(_edit, context, _hint.Token) { Opening = [begin], Closing = [commit], IsAsync = _hint.IsAwaited }.TryWrap(_first, _last);
        _edit.InsertBefore(_first, [begin]);
        foreach (StatementSyntax exit in _exits)
            CommitBefore(exit, commit);
        if (_last is ReturnStatementSyntax && _hint.Returned is { } returned)
            CommitBeforeReturn(returned, commit);
        else
            _edit.InsertOnce(Text.Lines.GetLineFromPosition(_last.Span.End).End, NewLine + LoopLayout.IndentationAt(Text, _last.SpanStart) + commit);
        return true;
    }

    private string NewLine => LoopLayout.NewLine(Text);

    private bool HasRoom() =>
        _edit.IsFree(TextSpan.FromBounds(_first.SpanStart, _last.Span.End))
        && LoopLayout.StartsLine(Text, _first.SpanStart)
        && LoopLayout.EndsLine(Text, _last.Span.End)
        && (_last is not ReturnStatementSyntax || LoopLayout.StartsLine(Text, _last.SpanStart))
        && _exits.TrueForAll(exit => IsInBlock(exit) ? LoopLayout.StartsLine(Text, exit.SpanStart) : CanBeBlock(exit));

    private static bool IsInBlock(StatementSyntax statement) => statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax;

    /// <summary>A jump that is the whole branch of a condition, with no comment that a block would tear from it.</summary>
    private bool CanBeBlock(StatementSyntax exit) =>
        exit.Parent is IfStatementSyntax or ElseClauseSyntax && !DocumentEdit.HasComment(exit.Parent, TextSpan.FromBounds(exit.GetFirstToken().GetPreviousToken().Span.End, exit.SpanStart)) && LoopLayout.EndsLine(Text, exit.Span.End);

    private void CommitBefore(StatementSyntax exit, string commit)
    {
        if (IsInBlock(exit))
        {
            _edit.InsertBefore(exit, [commit]);
            return;
        }

        string outer = LoopLayout.IndentationAt(Text, exit.Parent!.SpanStart);
        string inner = outer + LoopLayout.Step(outer);
        TextSpan gap = TextSpan.FromBounds(exit.GetFirstToken().GetPreviousToken().Span.End, exit.SpanStart);
        _edit.Replace(gap, $"{NewLine}{outer}{{{NewLine}{inner}{commit}{NewLine}{inner}");
        _edit.Replace(new TextSpan(Text.Lines.GetLineFromPosition(exit.Span.End).End, 0), $"{NewLine}{outer}}}");
    }

    /// <summary><c>return await SaveAsync();</c> becomes <c>var result = await SaveAsync();</c>, the commit, and <c>return result;</c>.</summary>
    private void CommitBeforeReturn(TextSpan returned, string commit)
    {
        string indentation = LoopLayout.IndentationAt(Text, _last.SpanStart);
        string result = _edit.NamesAround(_last).Local("result", "written");
        _edit.Replace(TextSpan.FromBounds(_last.SpanStart, returned.Start), $"var {result} = ");
        _edit.InsertOnce(Text.Lines.GetLineFromPosition(_last.Span.End).End, $"{NewLine}{indentation}{commit}{NewLine}{indentation}return {result};");
    }
}
