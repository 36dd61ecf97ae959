using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Writes the Dapper call with a list of keys that replaces a call with one key, and what the loop reads instead.</summary>
internal sealed class SqlLookup
{
    /// <summary>SQL, values and transaction stand at the same places in every method; what follows them does not.</summary>
    private const int MaxPositionalArguments = 3;

    private readonly LookupPlan _plan;
    private readonly KeyLookupHint _hint;
    private readonly SqlHint _sql;
    private readonly MemberAccessExpressionSyntax _terminal;
    private readonly GenericNameSyntax _method;
    private readonly int _position;

    private SqlLookup(LookupPlan plan, SqlHint sql, MemberAccessExpressionSyntax terminal, GenericNameSyntax method)
    {
        _plan = plan;
        _hint = plan.Hint;
        _sql = sql;
        _terminal = terminal;
        _method = method;
        _position = plan.Loop.SpanStart;
    }

    /// <summary>Plans and records the change. False, and no change, when there is no plan.</summary>
    public static bool TryWrite(LookupPlan plan)
    {
        if (plan.Hint.Sql is not { } sql
            || plan.Call is not { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax method } terminal } call
            || plan.Edit.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol { ReducedFrom: not null })
        {
            return false;
        }

        bool isQuery = WithoutAsync(method.Identifier.ValueText) == "Query";
        bool argumentsFit = isQuery || call.ArgumentList.Arguments.Count(argument => argument.NameColon is null) <= MaxPositionalArguments;
        return argumentsFit && new SqlLookup(plan, sql, terminal, method).TryWrite();
    }

    private bool TryWrite()
    {
        // The text is tried with any name first: a plan that fails must leave nothing behind.
        if (SqlArgument("keys") is null || !_plan.Edit.Imports.HasEnumerable("ToList", _position))
            return false;
        bool asDictionary = _hint.IsUnique && !Throws() && _plan.Edit.Imports.HasGetValueOrDefault(_position);
        if (_hint.Kind == LookupKind.Count && !_plan.Edit.Imports.HasGetValueOrDefault(_position))
            return false;
        if (_hint.Kind == LookupKind.Any && !_plan.Edit.Imports.HasEnumerable("ToHashSet", _position))
            return false;
        string keys = _plan.Keys();
        string replacement = _hint.Kind switch
        {
            LookupKind.One when asDictionary => $"{Local($"{Rows()}By{_hint.Member}", keys, RowType, $".ToDictionary({Selector()})")}.GetValueOrDefault({_plan.Key})",
            LookupKind.One => $"{Local($"{Rows()}By{_hint.Member}", keys, RowType, $".ToLookup({Selector()})")}[{_plan.Key}].{WithoutAsync(_method.Identifier.ValueText).Substring("Query".Length)}()",
            LookupKind.Many => $"{Local($"{Rows()}By{_hint.Member}", keys, RowType, $".ToLookup({Selector()})")}[{_plan.Key}]",
            LookupKind.Any => $"{Local($"{Names.Plural(Names.Camel(Column))}With{Words(_sql.Table)}", keys, KeyType, ".ToHashSet()")}.Contains({_plan.Key})",
            _ => $"{Local(Names.Camel(Singular(Words(_sql.Table))) + "Counts", keys, $"({KeyType} {Column}, {RowType} Count)", Counts())}.GetValueOrDefault({_plan.Key})",
        };
        _plan.Commit(replacement);
        return true;
    }

    private string RowType => _method.TypeArgumentList.Arguments[0].ToString();

    private string KeyType => _plan.Edit.Model.GetTypeInfo(_plan.KeyOfElement).Type!.ToMinimalDisplayString(_plan.Edit.Model, _position);

    private string Column => Words(_hint.Member);

    private string Counts()
    {
        string row = _plan.Lambda("row");
        return $".ToDictionary({row} => {row}.{Column}, {row} => {row}.Count)";
    }

    private string Selector()
    {
        string row = _plan.Lambda(_hint.Row ?? "row");
        return $"{row} => {row}.{_hint.Member}";
    }

    private string Rows() => Names.Camel(Names.Plural(_hint.Row ?? "row"));

    private bool Throws() => WithoutAsync(_method.Identifier.ValueText) is "QueryFirst" or "QuerySingle";

    private string Local(string name, string keys, string type, string collect)
    {
        string suffix = _plan.IsAwaited ? "Async" : "";
        string receiver = _plan.Edit.Slice(TextSpan.FromBounds(_plan.Query.SpanStart, _terminal.Name.SpanStart));
        string query = $"{receiver}Query{suffix}<{type}>{Arguments(keys)}";
        string rows = _plan.IsAwaited ? $"(await {query}{_plan.AwaitSuffix})" : query;
        string indentation = LoopLayout.IndentationAt(_plan.Edit.Text, _position);
        bool isLong = rows.IndexOf('\n') < 0 && LoopLayout.IsLong(indentation + name + rows + collect);
        if (isLong)
            return _plan.AddLocal([name], rows + LoopLayout.NewLine(_plan.Edit.Text) + indentation + LoopLayout.Step(indentation) + collect);
        SyntaxNode statement = _plan.Result.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)_plan.Result;
        return _plan.AddLocal([name], LoopLayout.Reindent(rows + collect, LoopLayout.IndentationAt(_plan.Edit.Text, statement.SpanStart), indentation));
    }

    /// <summary>The arguments with the SQL for all keys, and the keys in place of the key.</summary>
    private string Arguments(string keys)
    {
        ArgumentListSyntax list = _plan.Call!.ArgumentList;
        var changes = new List<TextChange>(SqlArgument(keys)!) { new(_sql.ValueMember, keys) };
        return _plan.Edit.Text.GetSubText(list.Span)
            .WithChanges(changes.Select(change => new TextChange(new TextSpan(change.Span.Start - list.SpanStart, change.Span.Length), change.NewText ?? "")).OrderBy(change => change.Span.Start))
            .ToString();
    }

    /// <summary>The changes to the SQL argument; null when it cannot be edited where it stands.</summary>
    private IReadOnlyList<TextChange>? SqlArgument(string keys)
    {
        if (_plan.Edit.Find<ExpressionSyntax>(_sql.Argument) is not { } argument)
            return null;
        IEnumerable<TextChange> changes = _sql.Edits.Select(edit => new TextChange(edit.Span, edit.NewText?.Replace("{keys}", keys) ?? ""));
        if (argument is not (IdentifierNameSyntax or MemberAccessExpressionSyntax))
            return SqlLiteral.Map(argument, changes);
        string text = _sql.Text;
        foreach (TextChange change in changes)
            text = text.Remove(change.Span.Start, change.Span.Length).Insert(change.Span.Start, change.NewText ?? "");
        return SqlLiteral.Write(text) is { } literal ? [new TextChange(_sql.Argument, literal)] : null;
    }

    /// <summary>A database name as C# writes names: 'order_lines' gives 'OrderLines'.</summary>
    private static string Words(string name)
    {
        string[] words = [.. name.Split(['_', ' ', '-'], StringSplitOptions.RemoveEmptyEntries).Select(word => Names.Pascal(new string([.. word.Where(char.IsLetterOrDigit)])))];
        return words.Length == 0 || !char.IsLetter(words[0][0]) ? "Rows" : string.Concat(words);
    }

    private static string Singular(string name) =>
        name.EndsWith("ies", StringComparison.Ordinal) ? name.Substring(0, name.Length - 3) + "y"
        : name.EndsWith("s", StringComparison.Ordinal) && !name.EndsWith("ss", StringComparison.Ordinal) ? name.Substring(0, name.Length - 1)
        : name;

    private static string WithoutAsync(string name) => name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Async".Length) : name;
}
