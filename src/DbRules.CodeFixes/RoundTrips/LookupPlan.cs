using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>
/// One finding on its way to a fix: the nodes that the hint names, the loop's source and the keys collected from it. Nothing changes until
/// <see cref="Commit"/>.
/// </summary>
internal sealed class LookupPlan
{
    private readonly List<string> _statements = [];
    private (TextSpan Span, string Name)? _storedSource;

    private LookupPlan(DocumentEdit edit, KeyLookupHint hint, ForEachStatementSyntax loop, ExpressionSyntax result, InvocationExpressionSyntax? call, ExpressionSyntax query, ExpressionSyntax key, ExpressionSyntax keyOfElement)
    {
        Edit = edit;
        Hint = hint;
        Loop = loop;
        Result = result;
        Call = call;
        Query = query;
        Key = key;
        KeyOfElement = keyOfElement;
        Names = edit.NamesAround(loop);
    }

    public DocumentEdit Edit { get; }

    public KeyLookupHint Hint { get; }

    public Names Names { get; }

    public ForEachStatementSyntax Loop { get; }

    /// <summary>What is replaced in the loop: the call or the <c>await</c> of it.</summary>
    public ExpressionSyntax Result { get; }

    /// <summary>The call; null when the loop enumerates the query itself.</summary>
    public InvocationExpressionSyntax? Call { get; }

    /// <summary>The call, or the enumerated query.</summary>
    public ExpressionSyntax Query { get; }

    public ExpressionSyntax Key { get; }

    public ExpressionSyntax KeyOfElement { get; }

    public bool IsAwaited => Result is AwaitExpressionSyntax;

    public bool IsElementKey => KeyOfElement is IdentifierNameSyntax name && name.Identifier.ValueText == Loop.Identifier.ValueText;

    /// <summary>What stands between the awaited call and the end of the <c>await</c>: <c>.ConfigureAwait(false)</c> or nothing.</summary>
    public string AwaitSuffix => IsAwaited ? Edit.Slice(TextSpan.FromBounds(Query.Span.End, Result.Span.End)) : "";

    /// <summary>The nodes of a hint; null when the file does not have them as the hint says, or when a comment or an earlier plan is in the way.</summary>
    public static LookupPlan? Of(DocumentEdit edit, KeyLookupHint hint)
    {
        if (edit.Find<ForEachStatementSyntax>(hint.Loop) is not { } loop
            || edit.Find<ExpressionSyntax>(hint.Result) is not { } result
            || edit.Find<ExpressionSyntax>(hint.Call) is not { } query
            || edit.Find<ExpressionSyntax>(hint.Key) is not { } key
            || edit.Find<ExpressionSyntax>(hint.KeyOfElement) is not { } keyOfElement)
        {
            return null;
        }

        while (result.Parent is ParenthesizedExpressionSyntax parentheses)
            result = parentheses;
        if (!edit.IsWellFormed(loop) || DocumentEdit.HasComment(result) || DocumentEdit.HasComment(loop.Expression) || !edit.IsFree(result.Span))
            return null;
        ExpressionSyntax inner = edit.Find<ExpressionSyntax>(hint.Result)!;
        return new LookupPlan(edit, hint, loop, WithoutParentheses(inner), hint.IsEnumerated ? null : query as InvocationExpressionSyntax, query, key, keyOfElement) { Replaced = result.Span };
    }

    /// <summary>The span that is replaced in the loop: the result with the parentheses around it.</summary>
    public TextSpan Replaced { get; private init; }

    /// <summary>The name that stands for the elements: of the loop variable, or of their type where the variable is a mere letter.</summary>
    public string ElementName => Loop.Identifier.ValueText is { Length: > 2 } name
        ? name
        : Edit.Model.GetForEachStatementInfo(Loop).ElementType is { Name.Length: > 0, SpecialType: SpecialType.None } type ? Names.Camel(type.Name) : Loop.Identifier.ValueText;

    /// <summary>The name of the local that holds the keys. Adds the statements that make it, unless an earlier plan has.</summary>
    public string Keys()
    {
        string selector = KeyOfElement.WithoutTrivia().ToString();
        if (Edit.Shared(Loop, "keys " + selector) is { } shared)
            return shared;
        string source = Source();
        if (IsElementKey)
        {
            string elements = IsUsableAsKeys() ? source : AddLocal([ElementName + "List"], source + ".ToList()");
            Edit.Share(Loop, "keys " + selector, elements);
            return elements;
        }

        string parameter = Lambda(ElementName);
        string projected = KeyOf(parameter);
        string value = $"{source}.Select({parameter} => {projected}).Distinct().ToList()";
        string keys = DocumentEdit.LocalBefore(Loop, value) ?? AddLocal([Names.Plural(KeyName())], value);
        Edit.Share(Loop, "keys " + selector, keys);
        return keys;
    }

    /// <summary>
    /// The name of a local that holds the keys, each once, in the collection that an operator makes. Adds the statements that make it, unless an
    /// earlier plan has.
    /// </summary>
    public string DistinctKeys(string collect)
    {
        string purpose = $"{collect} keys {KeyOfElement.WithoutTrivia()}";
        if (Edit.Shared(Loop, purpose) is { } shared)
            return shared;
        string source = Source();
        string parameter = Lambda(ElementName);
        string value = (IsElementKey ? source : $"{source}.Select({parameter} => {KeyOf(parameter)})") + $".Distinct().{collect}()";
        string plural = Names.Plural(KeyName());
        string keys = DocumentEdit.LocalBefore(Loop, value) ?? AddLocal([plural, "distinct" + Names.Pascal(plural)], value);
        Edit.Share(Loop, purpose, keys);
        return keys;
    }

    /// <summary>A name for a lambda parameter: the first letter of what it stands for, where no local of that name is in scope before the loop.</summary>
    public string Lambda(string standsFor)
    {
        IEnumerable<string> inScope = Edit.Model.LookupSymbols(Loop.SpanStart)
            .Where(symbol => symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol && !symbol.DeclaringSyntaxReferences.Any(reference => Loop.Span.Contains(reference.Span)))
            .Select(symbol => symbol.Name);
        return Names.Lambda(standsFor, [.. inScope]);
    }

    /// <summary>Adds a local before the loop.</summary>
    /// <returns>Its name.</returns>
    public string AddLocal(string[] names, string value)
    {
        string name = Names.Local(names);
        _statements.Add($"var {name} = {value};");
        return name;
    }

    /// <summary>The statements that go before the loop so far.</summary>
    public IReadOnlyList<string> Statements => _statements;

    /// <summary>Records everything: the statements before the loop, and the expression that replaces the result.</summary>
    public void Commit(string replacement)
    {
        Edit.InsertBefore(Loop, _statements);
        if (_storedSource is { } stored)
            Edit.Replace(stored.Span, stored.Name);
        Edit.Replace(Replaced, replacement);
    }

    public static ExpressionSyntax WithoutParentheses(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;
        return expression;
    }

    /// <summary>'customerId' for <c>order.CustomerId</c>, 'orderId' for <c>order.Id</c>.</summary>
    private string KeyName()
    {
        if (KeyOfElement is not MemberAccessExpressionSyntax access)
            return ElementName;
        string member = access.Name.Identifier.ValueText;
        string owner = access.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var between } ? Names.Camel(between) : ElementName;
        return string.Equals(member, "Id", StringComparison.OrdinalIgnoreCase) ? owner + "Id" : Names.Camel(member);
    }

    /// <summary>The key as an expression of a lambda's parameter.</summary>
    public string KeyOf(string parameter)
    {
        string code = Edit.Slice(KeyOfElement.Span);
        int offset = KeyOfElement.SpanStart;
        IEnumerable<SyntaxToken> tokens = KeyOfElement.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name))
            .Select(name => name.Identifier)
            .Reverse();
        foreach (SyntaxToken token in tokens)
        {
            if (token.ValueText == Loop.Identifier.ValueText)
                code = code.Remove(token.SpanStart - offset, token.Span.Length).Insert(token.SpanStart - offset, parameter);
        }

        return code;
    }

    /// <summary>The expression that stands for the loop's source, stored in a local first where it cannot be walked twice.</summary>
    public string Source()
    {
        string written = Edit.Slice(Loop.Expression.Span);
        if (Edit.Shared(Loop, "source") is { } shared)
            return shared;
        if (Hint.Source == LoopSource.Again)
            return written;
        string value = LoopLayout.Reindent(written, LoopLayout.IndentationAt(Edit.Text, Loop.SpanStart), LoopLayout.IndentationAt(Edit.Text, Loop.SpanStart));
        string plural = Names.Plural(ElementName);
        string[] names = [plural, ElementName + "List", plural + "List"];
        string stored = Hint.Source switch
        {
            LoopSource.Held when !IsElementKey || IsUsableAsKeys() => value,
            LoopSource.Queried when IsAwaited => $"await {Receiver(value)}.ToListAsync({TokenText()}){AwaitSuffixOfSource()}",
            _ => Receiver(value) + ".ToList()",
        };
        string name = AddLocal(names, stored);
        _storedSource = (Loop.Expression.Span, name);
        Edit.Share(Loop, "source", name);
        return name;
    }

    private string AwaitSuffixOfSource() => AwaitSuffix.Trim();

    private string Receiver(string value) => WithoutParentheses(Loop.Expression) == Loop.Expression && Loop.Expression is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax)
        ? $"({value})"
        : value;

    /// <summary>The token that the new query passes: that of the call, or the one that it could have passed; empty when there is none.</summary>
    public string TokenText()
    {
        if (Hint.UnusedToken is { } unused)
            return unused;
        foreach (ArgumentSyntax argument in Call?.ArgumentList.Arguments ?? default)
        {
            if (Edit.Model.GetTypeInfo(argument.Expression).Type is { Name: "CancellationToken" })
                return argument.Expression.ToString();
        }

        return "";
    }

    /// <summary>
    /// Whether queries can compare with the elements' own collection: every list and interface of lists. In an expression tree C# 14 binds
    /// <c>Contains</c> on an array to a span, which not every version of EF Core translates.
    /// </summary>
    private bool IsUsableAsKeys() => Hint.Source is LoopSource.Listed or LoopSource.Queried || Edit.Model.GetTypeInfo(Loop.Expression).Type is INamedTypeSymbol { Arity: 1 } type
        && (type.Name is "List" || (Hint.Sql is null && type.Name is "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "HashSet"))
        && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";
}
