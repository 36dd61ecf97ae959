using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Writes the call of the method that takes all keys, and what the loop reads instead.</summary>
internal sealed class BatchCall
{
    private readonly LookupPlan _plan;
    private readonly BatchLookupHint _hint;
    private readonly string _method;

    private BatchCall(LookupPlan plan, BatchLookupHint hint, string method)
    {
        _plan = plan;
        _hint = hint;
        _method = method;
    }

    /// <summary>Plans and records the change. False, and no change, when there is no plan.</summary>
    public static bool TryWrite(LookupPlan plan, BatchLookupHint hint)
    {
        string? method = plan.Call?.Expression switch
        {
            MemberAccessExpressionSyntax access => plan.Edit.Slice(TextSpan.FromBounds(access.SpanStart, access.Name.SpanStart)) + hint.Method,
            IdentifierNameSyntax => hint.Method,
            _ => null,
        };
        return method is not null && HasOperators(plan, hint) && new BatchCall(plan, hint, method).Write();
    }

    private static bool HasOperators(LookupPlan plan, BatchLookupHint hint)
    {
        Imports imports = plan.Edit.Imports;
        int position = plan.Loop.SpanStart;
        bool needsDefault = hint.Lookup.Kind == LookupKind.One && hint.Finish is null;
        bool needsAsyncList = hint.Lookup.Source == LoopSource.Queried && plan.IsAwaited;
        return imports.HasEnumerable(hint.Collect, position)
            && (!needsDefault || imports.HasGetValueOrDefault(position))
            && (!needsAsyncList || imports.HasAsyncTerminal("ToListAsync", position));
    }

    private bool Write()
    {
        string keys = _plan.DistinctKeys(_hint.Collect);
        string finish = _hint.Finish is { } method && !IsEnumeratedList() ? $".{method}()" : "";
        string replacement = _hint.Lookup.Kind switch
        {
            LookupKind.Any => $"{Local("existing" + Names.Pascal(keys), keys)}.Contains({_plan.Key})",
            LookupKind.One when _hint.Finish is null => $"{Local(RowsByMember(), keys)}.GetValueOrDefault({_plan.Key})",
            _ => $"{Local(RowsByMember(), keys)}[{_plan.Key}]{finish}",
        };
        _plan.Commit(replacement);
        return true;
    }

    /// <summary>The local that holds what the method returned for all keys. Two calls of the loop with the same arguments share one.</summary>
    private string Local(string name, string keys)
    {
        string call = $"{_method}({_hint.Arguments.Replace("{keys}", keys)})";
        string value = _plan.IsAwaited ? $"await {call}{_plan.AwaitSuffix}" : call;
        if (_hint.Batch == BatchKind.Rows)
            value = (_plan.IsAwaited ? $"({value})" : value) + Collection();
        string purpose = "batch " + value;
        if (_plan.Edit.Shared(_plan.Loop, purpose) is { } shared)
            return shared;
        string local = _plan.AddLocal([name], value);
        _plan.Edit.Share(_plan.Loop, purpose, local);
        return local;
    }

    private string Collection()
    {
        string row = _plan.Lambda(_hint.Lookup.Row ?? "row");
        string collect = _hint.Lookup.Kind == LookupKind.One && _hint.Finish is null ? "ToDictionary" : "ToLookup";
        return $".{collect}({row} => {row}.{_hint.Lookup.Member})";
    }

    private string RowsByMember() => $"{Names.Camel(Names.Plural(_hint.Lookup.Row ?? "row"))}By{Names.Pascal(_hint.Lookup.Member)}";

    /// <summary>Whether a loop walks the rows where the call stands, so that no list is needed.</summary>
    private bool IsEnumeratedList() => _hint.Lookup.Kind == LookupKind.Many
        && _plan.Edit.Find<ExpressionSyntax>(_plan.Replaced)?.Parent is ForEachStatementSyntax each && each.Expression.Span == _plan.Replaced;
}
