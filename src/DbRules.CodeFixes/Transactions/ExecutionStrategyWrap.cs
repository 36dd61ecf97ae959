using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Transactions;

/// <summary>Has the execution strategy of an EF Core context run statements as one unit, which it may run again.</summary>
/// <param name="edit">The changes of the document.</param>
/// <param name="session">The context as the code names it; empty for the object that the code belongs to.</param>
/// <param name="token">The cancellation token that the strategy is given; null for none.</param>
internal sealed class ExecutionStrategyWrap(DocumentEdit edit, string session, string? token)
{
    private const string Tracker = "Microsoft.EntityFrameworkCore.ChangeTracking.ChangeTracker";

    /// <summary>The statements that open a transaction, put before the unit; empty where it has its own.</summary>
    public IReadOnlyList<string> Opening { get; init; } = [];

    /// <summary>The statements that commit it, put behind the unit; empty where it has its own.</summary>
    public IReadOnlyList<string> Closing { get; init; } = [];

    /// <summary>Whether the opening and closing statements await, so that the strategy must.</summary>
    public bool IsAsync { get; init; }

    /// <summary>Wraps the statements from one to another of the same block.</summary>
    /// <returns>False, and no change, when a lambda cannot hold them or when their lines hold something else.</returns>
    public bool TryWrap(StatementSyntax first, StatementSyntax last)
    {
        SourceText text = edit.Text;
        TextSpan lines = TextSpan.FromBounds(LoopLayout.LinesWithComments(edit.Root, text, first).Start, text.Lines.GetLineFromPosition(last.Span.End).End);
        if (first.Parent is not (BlockSyntax or GlobalStatementSyntax)
            || !edit.IsWellFormed(first)
            || !edit.IsFree(lines)
            || !LoopLayout.StartsLine(text, first.SpanStart)
            || !LoopLayout.EndsLine(text, last.Span.End)
            || UnitFlow.Statements(first, last).Any(static statement => statement.DescendantTrivia(descendIntoTrivia: false).Any(static trivia => trivia.IsDirective))
            || edit.Model.Compilation.GetTypeByMetadataName(Tracker)?.GetMembers("Clear").IsEmpty != false
            || UnitFlow.Of(first, last, edit.Model) is not { } flow
            || (flow.Returns != UnitFlow.ReturnKind.None && Closing.Count > 0)
            || InnerNames.Of(flow.Results, first, last, edit) is not { } inner)
        {
            return false;
        }

        bool awaits = IsAsync || flow.Awaits;
        if (!edit.Imports.HasStrategyExtensions(awaits ? "ExecuteAsync" : "Execute", first.SpanStart))
            return false;
        edit.Replace(lines, Write(first, last, lines, flow, inner, awaits));
        return true;
    }

    private string Write(StatementSyntax first, StatementSyntax last, TextSpan lines, UnitFlow flow, InnerNames renamed, bool awaits)
    {
        string outer = LoopLayout.IndentationAt(edit.Text, first.SpanStart);
        string inner = outer + LoopLayout.Step(outer);
        string newLine = LoopLayout.NewLine(edit.Text);
        Names names = edit.NamesAround(first);
        string strategy = names.Local("strategy", "executionStrategy");
        string owner = session.Length == 0 ? "" : session + ".";
        string results = List(flow.Results.Select(static result => result.Name));
        string receives = flow.Returns == UnitFlow.ReturnKind.Value ? "return " : flow.Results.IsEmpty ? "" : $"var {results} = ";
        string call = awaits ? "ExecuteAsync" : "Execute";
        string parameter = token is null || !awaits ? "()" : names.IsFree("_") ? "_" : names.Local("cancellation", "attempt");
        string head = $"{receives}{(awaits ? "await " : "")}{strategy}.{call}{(flow.ReturnType is { } type ? $"<{type}>" : "")}({(awaits ? "async " : "")}{parameter} =>";
        bool opensOwnLine = first.Parent is not BlockSyntax block || LoopLayout.StartsLine(edit.Text, block.OpenBraceToken.SpanStart);
        string tail = (token is null || !awaits ? "})" : "}, " + token + ")") + (awaits ? Awaits.TailAround(first) : "") + ";";

        var code = new List<string> { outer + $"var {strategy} = {owner}Database.CreateExecutionStrategy();" };
        if (opensOwnLine)
            code.AddRange([outer + head, outer + "{"]);
        else
            code.Add(outer + head + " {");
        code.Add(inner + $"{owner}ChangeTracker.Clear();");
        code.AddRange(Opening.Select(statement => inner + statement));
        code.Add(MovedLines.Indent(edit.Text, lines, renamed.Changes, UnitFlow.Statements(first, last), outer, inner));
        code.AddRange(Closing.Select(statement => inner + statement));
        if (!flow.Results.IsEmpty)
            code.Add(inner + $"return {List(renamed.Names)};");
        code.Add(outer + tail);
        if (flow.Returns == UnitFlow.ReturnKind.Leaves)
            code.Add(outer + "return;");
        return string.Join(newLine, code);
    }

    private static string List(IEnumerable<string> names) => names.ToList() is [var only] ? only : "(" + string.Join(", ", names) + ")";
}
