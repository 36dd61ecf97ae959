using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Writes the query for all keys that replaces a LINQ query for one, and what the loop reads instead.</summary>
internal sealed class LinqLookup
{
    private readonly LookupPlan _plan;
    private readonly KeyLookupHint _hint;
    private readonly int _position;
    private readonly string _row;
    private string _separator;
    private bool _breaksLines;
    private readonly MemberAccessExpressionSyntax? _terminal;

    private LinqLookup(LookupPlan plan, MemberAccessExpressionSyntax? terminal)
    {
        _plan = plan;
        _hint = plan.Hint;
        _position = plan.Loop.SpanStart;
        _terminal = terminal;
        _row = RowParameter();
        _separator = terminal is null ? "" : plan.Edit.Slice(TextSpan.FromBounds(terminal.Expression.Span.End, terminal.OperatorToken.SpanStart));
    }

    /// <summary>Plans and records the change. False, and no change, when there is no plan.</summary>
    public static bool TryWrite(LookupPlan plan)
    {
        MemberAccessExpressionSyntax? terminal = null;
        if (plan.Call is { } call)
        {
            if (call.Expression is not MemberAccessExpressionSyntax access || plan.Edit.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol { IsStatic: false } and not IMethodSymbol { ReducedFrom: not null })
                return false;
            terminal = access;
        }

        return new LinqLookup(plan, terminal).TryWrite();
    }

    private bool TryWrite()
    {
        bool asDictionary = _hint.IsUnique && !Throws() && _plan.Edit.Imports.HasGetValueOrDefault(_position);
        if (!_plan.Edit.Imports.HasEnumerable("ToList", _position) || !HasTerminals(asDictionary))
            return false;
        string keys = _plan.Keys();
        string replacement = _hint.Kind switch
        {
            LookupKind.One when asDictionary => OneByKey(keys),
            LookupKind.One => OneOfMany(keys),
            LookupKind.Many => Many(keys),
            LookupKind.Any => Any(keys),
            _ => Count(keys),
        };
        _plan.Commit(replacement);
        return true;
    }

    private bool HasTerminals(bool asDictionary)
    {
        bool needsDictionary = _hint.Kind == LookupKind.Count || (_hint.Kind == LookupKind.One && asDictionary);
        if (_hint.Kind == LookupKind.Count && !_plan.Edit.Imports.HasGetValueOrDefault(_position))
            return false;
        if (_hint.Kind == LookupKind.Any && !_plan.Edit.Imports.HasEnumerable("ToHashSet", _position))
            return false;
        return !_plan.IsAwaited || (HasOwnDictionary() && _plan.Edit.Imports.HasAsyncTerminal(needsDictionary ? "ToDictionaryAsync" : "ToListAsync", _position));
    }

    /// <summary>Other providers have asynchronous terminals of their own, in classes that may lack the one that is needed here.</summary>
    private bool HasOwnDictionary() =>
        _plan.Call is null
        || _plan.Edit.Model.GetSymbolInfo(_plan.Call).Symbol is not IMethodSymbol { ReducedFrom: { } terminal }
        || !terminal.ContainingType.GetMembers("ToDictionaryAsync").IsEmpty;

    private string OneByKey(string keys)
    {
        string map = Local($"{Rows()}By{Names.Pascal(_hint.Member)}", () => Awaited(Query(keys, $".ToDictionary{Suffix}({Arguments(Selector())})")));
        return $"{map}.GetValueOrDefault({Key()})";
    }

    private string OneOfMany(string keys)
    {
        string name = _plan.Call!.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var terminal } ? terminal : "";
        string method = name.StartsWith("Find", StringComparison.Ordinal) ? "FirstOrDefault" : WithoutAsync(name);
        return $"{Lookup(keys)}[{Key()}].{method}()";
    }

    private string Many(string keys)
    {
        string rows = $"{Lookup(keys)}[{Key()}]";
        bool isEnumerated = _plan.Replaced == EnumeratedBy(_plan.Result)?.Span;
        return _terminal is null || isEnumerated ? rows : $"{rows}.{WithoutAsync(_terminal.Name.Identifier.ValueText)}()";
    }

    private string Any(string keys)
    {
        string name = _hint.IsUnique ? "existing" + Names.Pascal(Names.Plural(MemberName())) : $"{Names.Plural(MemberName())}With{Names.Pascal(Rows())}";
        string set = Local(name, () => List(keys, $".Select({Selector()})" + (_hint.IsUnique ? "" : _separator + ".Distinct()")) + _separator + ".ToHashSet()");
        return $"{set}.Contains({Key()})";
    }

    private string Count(string keys)
    {
        string group = Fresh("group");
        string count = _plan.Call!.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "LongCount" or "LongCountAsync" } ? "LongCount" : "Count";
        string terminal = $".ToDictionary{Suffix}({Arguments($"{group} => {group}.Key, {group} => {group}.Count")})";
        string counts = Local(
            Names.Camel(Singular()) + "Counts",
            () => Awaited(Query(keys, $".GroupBy({Selector()}){_separator}.Select({group} => new {{ {group}.Key, Count = {group}.{count}() }}){_separator}{terminal}")));
        return $"{counts}.GetValueOrDefault({Key()})";
    }

    private string Lookup(string keys) => Local($"{Rows()}By{Names.Pascal(_hint.Member)}", () => $"{List(keys, "")}{_separator}.ToLookup({Selector()})");

    /// <summary>The rows of all keys as a sequence that operators in memory can follow.</summary>
    private string List(string keys, string steps)
    {
        if (!_plan.IsAwaited)
            return Query(keys, steps);
        string terminal = (steps.Length > 0 ? steps + _separator : "") + $".ToListAsync({Arguments(null)})";
        return $"({Awaited(Query(keys, terminal))})";
    }

    /// <summary>Adds a local before the loop. What would be a long line is broken before each step.</summary>
    private string Local(string name, Func<string> compose)
    {
        string indentation = LoopLayout.IndentationAt(_plan.Edit.Text, _position);
        string value = compose();
        bool isLong = value.IndexOf('\n') < 0 && LoopLayout.IsLong(indentation + name + value);
        if (!isLong)
            return _plan.AddLocal([name], LoopLayout.Reindent(value, LoopLayout.IndentationAt(_plan.Edit.Text, Statement().SpanStart), indentation));
        _separator = LoopLayout.NewLine(_plan.Edit.Text) + indentation + LoopLayout.Step(indentation);
        _breaksLines = true;
        return _plan.AddLocal([name], compose());
    }

    private SyntaxNode Statement() => _plan.Result.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)_plan.Result;

    /// <summary>The original query with the key condition turned into one for all keys, and other steps behind it.</summary>
    private string Query(string keys, string steps)
    {
        string behind = steps.Length > 0 ? _separator + steps : "";
        if (_terminal is null)
            return Rewritten(_plan.Query, keys) + behind;
        if (_hint.Condition is null)
            return $"{SetText()}{_separator}.Where({_row} => {keys}.Contains({_row}.{_hint.Member})){behind}";
        string query = Rewritten(_terminal.Expression, keys);
        ArgumentSyntax? predicate = _plan.Call!.ArgumentList.Arguments.FirstOrDefault(argument => argument.Expression is LambdaExpressionSyntax);
        return predicate is null ? query + behind : $"{query}{_separator}.Where({Rewritten(predicate.Expression, keys)}){behind}";
    }

    private string SetText() => _plan.Edit.Model.GetSymbolInfo(_plan.Call!).Symbol is IMethodSymbol { IsGenericMethod: true, TypeArguments: [var row] }
        ? $"{_plan.Edit.Slice(_terminal!.Expression.Span)}.Set<{row.ToMinimalDisplayString(_plan.Edit.Model, _position)}>()"
        : _plan.Edit.Slice(_terminal!.Expression.Span);

    private string Rewritten(ExpressionSyntax node, string keys)
    {
        if (_breaksLines && node == Chain)
            return Broken(node, keys);
        string code = _plan.Edit.Slice(node.Span);
        if (_hint.Condition is not { } span || !node.Span.Contains(span) || _plan.Edit.Find<BinaryExpressionSyntax>(span) is not { } condition)
            return code;
        ExpressionSyntax member = condition.Left.Span.Contains(_hint.Key) ? condition.Right : condition.Left;
        string contains = $"{keys}.Contains({LookupPlan.WithoutParentheses(member)})";
        return code.Remove(span.Start - node.SpanStart, span.Length).Insert(span.Start - node.SpanStart, contains);
    }

    /// <summary>The query without the terminal.</summary>
    private ExpressionSyntax Chain => _terminal?.Expression ?? _plan.Query;

    /// <summary>The query with each step on a line of its own.</summary>
    private string Broken(ExpressionSyntax chain, string keys)
    {
        if (chain is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } step } call || receiver is ThisExpressionSyntax)
            return _plan.Edit.Slice(chain.Span);
        bool isRoot = call.ArgumentList.Arguments.Count == 0 && receiver is not InvocationExpressionSyntax && step.Name is GenericNameSyntax;
        if (isRoot)
            return _plan.Edit.Slice(chain.Span);
        string arguments = string.Join(", ", call.ArgumentList.Arguments.Select(argument => (argument.NameColon?.ToString() is { } label ? label + " " : "") + Rewritten(argument.Expression, keys)));
        return $"{Broken(receiver, keys)}{_separator}.{step.Name}({arguments})";
    }

    private string Awaited(string query) => _plan.IsAwaited ? $"await {query}{_plan.AwaitSuffix}" : query;

    private string Suffix => _plan.IsAwaited ? "Async" : "";

    private string Arguments(string? first)
    {
        string token = _plan.IsAwaited ? _plan.TokenText() : "";
        return string.Join(", ", new[] { first, token }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private string Selector() => $"{_row} => {_row}.{_hint.Member}";

    private string Key() => _plan.Key.ToString();

    private bool Throws() => _plan.Call?.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "First" or "FirstAsync" or "Single" or "SingleAsync" };

    /// <summary>The name that the query's own predicate gives a row, or a new one.</summary>
    private string RowParameter()
    {
        if (_hint.Condition is { } span && _plan.Edit.Find<BinaryExpressionSyntax>(span)?.FirstAncestorOrSelf<LambdaExpressionSyntax>() is { } lambda)
        {
            return lambda switch
            {
                SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.Text,
                ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var only] } => only.Identifier.Text,
                _ => Fresh(Singular()),
            };
        }

        return Fresh(Singular());
    }

    private string Fresh(string standsFor) => _plan.Lambda(standsFor);

    /// <summary>'customers' for <c>db.Customers</c> and <c>db.Set&lt;Customer&gt;()</c>.</summary>
    private string Rows()
    {
        SyntaxNode node = _plan.Query;
        while (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } })
            node = receiver;
        string? set = node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && IsSet(node) ? name : null;
        return Names.Camel(set ?? Names.Plural(Singular()));
    }

    private bool IsSet(SyntaxNode node) =>
        _plan.Edit.Model.GetTypeInfo(node).Type is INamedTypeSymbol { TypeArguments: [var row] } && row.Name == _hint.Row;

    private string Singular() => _hint.Row ?? "row";

    /// <summary>'orderId' for the member <c>OrderId</c>, 'customerId' for the member <c>Id</c> of a customer.</summary>
    private string MemberName() => string.Equals(_hint.Member, "Id", StringComparison.OrdinalIgnoreCase) ? Names.Camel(Singular()) + "Id" : Names.Camel(_hint.Member);

    private static string WithoutAsync(string name) => name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Async".Length) : name;

    private static SyntaxNode? EnumeratedBy(ExpressionSyntax result)
    {
        SyntaxNode outer = result;
        while (outer.Parent is ParenthesizedExpressionSyntax)
            outer = outer.Parent;
        return outer.Parent is ForEachStatementSyntax loop && loop.Expression == outer ? outer : null;
    }
}
