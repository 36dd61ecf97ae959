using System.Globalization;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Reads the query by key of one method body.</summary>
/// <param name="body">The body.</param>
/// <param name="method">The method.</param>
/// <param name="key">Its parameter that holds the key or the keys.</param>
/// <param name="isMany">Whether the parameter holds a list.</param>
internal sealed class KeyedReader(BodyFacts body, IMethodSymbol method, IParameterSymbol key, bool isMany)
{
    /// <summary>Operators that only gather what they are given.</summary>
    private static readonly string[] Collecting = ["ToList", "ToArray", "ToHashSet", "Distinct", "AsEnumerable"];

    private string? _member;

    /// <summary>The query whose rows a body returns; null when it does more than that, or when it is not understood.</summary>
    /// <param name="result">The value that the body returns.</param>
    public KeyedRead? Read(IOperation result)
    {
        DbCall[] calls = [.. body.Calls.Where(static call => call.IsRoundTrip || call.MayWrite || call.Model?.Has(DbEffect.Stages) == true)];
        if (calls is not [{ Model: not null, Invocation: { } terminal } call] || !call.Reads || result is not IInvocationOperation outer)
            return null;
        if (call.Query is { } shape && body.OwnCalls.Any(own => !Operations.IsInside(own.Operation, shape.Root)))
            return null;
        return isMany ? Many(call, terminal, outer) : One(call, terminal, outer);
    }

    private KeyedRead? One(DbCall call, IInvocationOperation terminal, IInvocationOperation outer)
    {
        if (outer != terminal)
            return null;
        string name = WithoutAsync(call.Name);
        if (call.Argument(ParameterRole.Key) is { } keyValues)
        {
            ITypeSymbol? row = call.Query?.Entity ?? (terminal.TargetMethod.TypeArguments is [var entity] ? entity : null);
            return row is not null && call.Query is null or { Steps.IsEmpty: true } && KeyLookups.OnlyValue(keyValues) is { } value && IsKey(value) && RootOf(call, row) is { } root
                ? new KeyedRead(KeyLookupShape.One, root, null, name, null, IsTracked(call))
                : null;
        }

        KeyLookupShape? shape = name switch
        {
            "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" => KeyLookupShape.One,
            "ToList" or "ToArray" => KeyLookupShape.Many,
            "Any" => KeyLookupShape.Any,
            _ => null,
        };
        return shape is { } known && SelectionOf(call, known) is { } selection && _member is not null ? new KeyedRead(known, selection, _member, name, null, IsTracked(call)) : null;
    }

    private KeyedRead? Many(DbCall call, IInvocationOperation terminal, IInvocationOperation outer)
    {
        BatchResult batch = BatchResult.Rows;
        IOperation current = outer;
        while (true)
        {
            if (body.Origins.Resolve(current) is not IInvocationOperation step)
                return null;
            string name = WithoutAsync(step.TargetMethod.Name);
            BatchResult? kind = name switch
            {
                "ToDictionary" => BatchResult.Dictionary,
                "ToLookup" => BatchResult.Lookup,
                "ToHashSet" => BatchResult.Set,
                "ToList" or "ToArray" => BatchResult.Rows,
                _ => null,
            };
            if (kind is not { } known || !HasOnlySelector(step, known) || (known != BatchResult.Rows && current != outer))
                return null;
            if (current == outer)
                batch = known;
            if (step == terminal)
                break;
            current = Operations.Receiver(step)!;
        }

        KeyLookupShape shape = batch switch { BatchResult.Set => KeyLookupShape.Any, BatchResult.Lookup => KeyLookupShape.Many, _ => KeyLookupShape.One };
        if (SelectionOf(call, shape) is not { } selection || _member is not { } member)
            return null;
        if (batch is BatchResult.Dictionary or BatchResult.Lookup && SelectedMember(Selector(outer)) != member)
            return null;
        return new KeyedRead(shape, selection, member, WithoutAsync(call.Name), batch, IsTracked(call));
    }

    /// <summary>Whether a collecting call takes its source, a key selector where it needs one, and at most a token besides.</summary>
    private static bool HasOnlySelector(IInvocationOperation step, BatchResult kind)
    {
        bool takesSelector = kind is BatchResult.Dictionary or BatchResult.Lookup;
        return step.Arguments.All(argument => argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value == Operations.Receiver(step)
            || argument.Parameter?.Type.Name == "CancellationToken" || (takesSelector && argument.Value == Selector(step)));
    }

    private static IOperation? Selector(IInvocationOperation step) => Operations.Argument(step, "keySelector");

    /// <summary>What decides which rows a query returns, the key aside; null when that is not understood. Finds the member that equals the key on the way.</summary>
    private string? SelectionOf(DbCall call, KeyLookupShape shape)
    {
        if (call.Query is not { Kind: QueryRootKind.Store, Entity: { } entity } query || RootOf(call, entity) is not { } root)
            return null;
        bool isPlain = isMany || KeyLookups.HasOnlyKnownArguments(call);
        var parts = new List<string>();
        foreach (QueryStepUse use in query.Steps)
        {
            if (use.IsConditional || !isPlain || !Add(use, shape, parts))
                return null;
        }

        if (!isPlain || (call.Argument(ParameterRole.Predicate) is { } predicate && !AddConditions(predicate, parts)))
            return null;
        // The order of filters and includes among each other changes nothing; that of the rows stays where it counts.
        return string.Join(" | ", parts.OrderBy(static part => part, StringComparer.Ordinal).Prepend(root));
    }

    private bool Add(QueryStepUse use, KeyLookupShape shape, List<string> parts)
    {
        switch (use.Step)
        {
            case QueryStep.Where:
                return use.Call.Arguments.Where(argument => argument.Value != Operations.Receiver(use.Call)).All(argument => AddConditions(argument.Value, parts));
            case QueryStep.Select when isMany && shape == KeyLookupShape.Any:
                return Operations.Argument(use.Call, "selector") is { } selector && SelectedMember(selector) is { } selected && (_member is null || _member == selected);
            case QueryStep.Distinct when isMany && shape == KeyLookupShape.Any:
                return true;
            case QueryStep.Order when shape != KeyLookupShape.Any:
                int orders = parts.Count(static part => part.StartsWith("order ", StringComparison.Ordinal));
                parts.Add("order " + orders.ToString(CultureInfo.InvariantCulture) + " " + StepText(use.Call));
                return HasOnlyOwnArguments(use.Call);
            case QueryStep.Include or QueryStep.Tracking or QueryStep.Options:
                parts.Add(StepText(use.Call));
                return HasOnlyOwnArguments(use.Call);
            default:
                return false;
        }
    }

    private bool AddConditions(IOperation filter, List<string> parts)
    {
        if (KeyPredicate.LambdaOf(filter) is not { Symbol.Parameters: [{ } row], Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] })
            return false;
        foreach (IOperation conjunct in KeyPredicate.Conjuncts(condition))
        {
            if (KeyMember(conjunct, row) is { } member)
            {
                if (_member is not null)
                    return false;
                _member = member;
            }
            else if (IsOfMethodAlone(conjunct))
            {
                parts.Add("where " + Text(conjunct.Syntax, row.Name));
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The member of the row that a condition compares with the key, or looks for in the keys.</summary>
    private string? KeyMember(IOperation condition, IParameterSymbol row)
    {
        if (!isMany)
        {
            return condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality
                ? (IsKey(equality.RightOperand) ? MemberOf(equality.LeftOperand, row) : null) ?? (IsKey(equality.LeftOperand) ? MemberOf(equality.RightOperand, row) : null)
                : condition is IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } instance, Arguments: [{ Value: var other }] } && IsKey(other) ? MemberOf(instance, row) : null;
        }

        if (condition is not IInvocationOperation { TargetMethod.Name: "Contains" } contains)
            return null;
        IOperation[] operands = [.. contains.Arguments.Select(static argument => argument.Value)];
        return (contains.Instance, operands) switch
        {
            ({ } list, [var item]) when IsKey(list) => MemberOf(item, row),
            (null, [var list, var item]) when IsKey(list) => MemberOf(item, row),
            _ => null,
        };
    }

    private static string? MemberOf(IOperation value, IParameterSymbol row) =>
        WithoutConversions(value) is IPropertyReferenceOperation { Arguments.IsEmpty: true, Instance: { } instance, Property: var property }
            && WithoutConversions(instance) is IParameterReferenceOperation { Parameter: var parameter } && SymbolEqualityComparer.Default.Equals(parameter, row)
            ? property.Name
            : null;

    /// <summary>Whether an expression is the key; for a list also a copy of it.</summary>
    private bool IsKey(IOperation value)
    {
        IOperation current = WithoutConversions(value);
        for (int depth = 0; isMany && depth < Collecting.Length; depth++)
        {
            current = WithoutConversions(body.Origins.Resolve(current));
            if (current is not IInvocationOperation copy || !Collecting.Contains(copy.TargetMethod.Name) || copy.Arguments.Any(argument => argument.Value != Operations.Receiver(copy)))
                break;
            current = WithoutConversions(Operations.Receiver(copy)!);
        }

        return current is IParameterReferenceOperation { Parameter: var parameter } && SymbolEqualityComparer.Default.Equals(parameter, key) && body.Origins.Of(key).Count == 0;
    }

    private static string? SelectedMember(IOperation? selector) =>
        selector is not null && KeyPredicate.LambdaOf(selector) is { Symbol.Parameters: [{ } row], Body.Operations: [IReturnOperation { ReturnedValue: { } value }] } ? MemberOf(value, row) : null;

    /// <summary>The context and the entity, or the expression that the query starts with.</summary>
    private string? RootOf(DbCall call, ITypeSymbol entity)
    {
        QueryShape? query = call.Query ?? (call.Session is { } session ? body.QueryOf(session) : null);
        IOperation? root = query?.Root;
        bool isSet = root is null or IMemberReferenceOperation || (root is IInvocationOperation set && set.Arguments.All(argument => argument.Value == Operations.Receiver(set)));
        IOperation? start = isSet ? query?.Session ?? call.Session ?? root : root;
        if (start is null)
            return null;
        IOperation origin = body.Origins.Resolve(start);
        return IsOfMethodAlone(origin) ? Text(origin.Syntax, null) + " of " + entity.ToDisplayString() : null;
    }

    private bool IsTracked(DbCall call) =>
        call.Query?.Has(QueryStep.Tracking) != true && call.Session is { } session && Operations.RootSymbol(session) is not (null or ILocalSymbol);

    /// <summary>Whether an expression uses nothing but members, own lambda parameters and parameters of the method other than the key.</summary>
    private bool IsOfMethodAlone(IOperation expression) => !Operations.Any(
        expression,
        part => part switch
        {
            ILocalReferenceOperation { Local: var local } => !Operations.IsDeclaredInside(local, expression),
            IParameterReferenceOperation { Parameter: var parameter } => !IsAlike(parameter, expression),
            IAssignmentOperation or IInvalidOperation => true,
            _ => false,
        },
        insideExpressionTrees: true);

    private bool HasOnlyOwnArguments(IInvocationOperation step) => step.Arguments.All(argument => argument.Value == Operations.Receiver(step) || IsOfMethodAlone(argument.Value));

    private bool IsAlike(IParameterSymbol parameter, IOperation expression) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction }
        || Operations.IsDeclaredInside(parameter, expression)
        || (!SymbolEqualityComparer.Default.Equals(parameter, key) && (SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method) || parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor }));

    private static IOperation WithoutConversions(IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation)
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        return operation;
    }

    /// <summary>A composing call without what it is called on.</summary>
    private static string StepText(IInvocationOperation step) => step.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
        ? access.Name + Text(call.ArgumentList, null)
        : Text(step.Syntax, null);

    /// <summary>The tokens of an expression, with names of lambda parameters that do not depend on what the code calls them.</summary>
    public static string Text(SyntaxNode node, string? row)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (row is not null)
            names[row] = "$row";
        foreach (ParameterSyntax parameter in node.DescendantNodes().OfType<ParameterSyntax>())
            names[parameter.Identifier.ValueText] = "$" + names.Count.ToString(CultureInfo.InvariantCulture);
        return string.Join(" ", node.DescendantTokens().Select(token =>
            token.IsKind(SyntaxKind.IdentifierToken)
                && token.Parent is ParameterSyntax or IdentifierNameSyntax { Parent: not (NameColonSyntax or NameEqualsSyntax) }
                && !(token.Parent.Parent is MemberAccessExpressionSyntax access && access.Name == token.Parent)
                && names.TryGetValue(token.ValueText, out string? name) ? name : token.Text));
    }

    private static string WithoutAsync(string name) => name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Async".Length) : name;
}
