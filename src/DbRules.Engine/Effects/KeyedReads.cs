using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Whether a method for one key and a method for many select alike, as their code shows; through methods that only hand on.</summary>
internal sealed class KeyedReads(Callees callees, MemberBodies bodies)
{
    private const int MaxDepth = 8;

    /// <summary>What both read; null when that differs in anything but the number of keys, or when the code does not show it.</summary>
    public KeyedReadPair? SameFor(IInvocationOperation call, IParameterSymbol key, BatchSignature sibling)
    {
        ITypeSymbol? receiver = call.Instance?.Type;
        KeyedReadPair? pair = Of(
            Callees.Member(call.TargetMethod, call.IsVirtual, receiver), key.Ordinal, Callees.Member(sibling.Method, sibling.Method.IsAbstract || sibling.Method.IsVirtual || sibling.Method.IsOverride, receiver),
            sibling.Keys.Ordinal, [], 0, out _);
        return pair is not null && pair.One.Shape == sibling.Shape && pair.Many.Batch == sibling.Batch ? pair : null;
    }

    private KeyedReadPair? Of(FunctionNode one, int key, FunctionNode many, int keys, HashSet<(FunctionNode One, FunctionNode Many)> seen, int depth, out bool isOpen)
    {
        // A decorator that leads back to the member does what the others do.
        isOpen = !seen.Add((one, many));
        if (isOpen || depth > MaxDepth)
            return null;
        List<IMethodSymbol> ones = MembersOf(one);
        List<IMethodSymbol> manies = MembersOf(many);
        if (ones.Count == 0 || ones.Count != manies.Count)
            return null;
        KeyedReadPair? found = null;
        foreach (IMethodSymbol member in ones)
        {
            IMethodSymbol? other = manies.Find(candidate => SymbolEqualityComparer.Default.Equals(candidate.ContainingType, member.ContainingType));
            bool leadsBack = false;
            KeyedReadPair? pair = other is null ? null : OfBodies(member, key, other, keys, seen, depth, out leadsBack);
            if (leadsBack)
                continue;
            if (pair is null || (found is not null && !IsAlike(found, pair)))
                return null;
            found = pair;
        }

        return found;
    }

    private static bool IsAlike(KeyedReadPair left, KeyedReadPair right) =>
        left.One with { Selection = "" } == right.One with { Selection = "" } && left.Many with { Selection = "" } == right.Many with { Selection = "" };

    private List<IMethodSymbol> MembersOf(FunctionNode node) => node.Receiver is null ? [node.Symbol] : [.. callees.AlternativesOf(node).Select(static alternative => alternative.Symbol)];

    private KeyedReadPair? OfBodies(IMethodSymbol one, int key, IMethodSymbol many, int keys, HashSet<(FunctionNode One, FunctionNode Many)> seen, int depth, out bool leadsBack)
    {
        leadsBack = false;
        if (bodies.Of(one) is not { } oneBody || bodies.Of(many) is not { } manyBody || ResultOf(oneBody, null) is not { } oneResult || ResultOf(manyBody, many.Parameters[keys]) is not { } manyResult)
            return null;
        if (ForwardOf(oneBody, oneResult) is { } forward)
        {
            if (ForwardOf(manyBody, manyResult) is not { } manyForward
                || HandedOn(forward, one.Parameters[key]) is not { } nextKey
                || HandedOn(manyForward, many.Parameters[keys]) is not { } nextKeys
                || !GivesTheSame((IInvocationOperation)forward.Operation, nextKey, (IInvocationOperation)manyForward.Operation, nextKeys)
                || callees.TargetOf(forward) is not { } oneTarget
                || callees.TargetOf(manyForward) is not { } manyTarget)
            {
                return null;
            }

            return Of(oneTarget, nextKey.Ordinal, manyTarget, nextKeys.Ordinal, seen, depth + 1, out leadsBack);
        }

        return new KeyedReader(oneBody, one, one.Parameters[key], isMany: false).Read(oneResult) is { } oneRead
            && new KeyedReader(manyBody, many, many.Parameters[keys], isMany: true).Read(manyResult) is { } manyRead
            && oneRead.Selection == manyRead.Selection
            ? new KeyedReadPair(oneRead, manyRead with { Shape = oneRead.Shape })
            : null;
    }

    /// <summary>The one value that a body returns; null when it does more than declare locals and return. With keys, it may return early where there are none.</summary>
    private static IOperation? ResultOf(BodyFacts body, IParameterSymbol? keys)
    {
        if (body.Roots is not [IBlockOperation block])
            return null;
        while (block.Operations is [.. var before, IUsingOperation { Body: IBlockOperation inner }] && before.IsEmpty)
            block = inner;
        for (int i = 0; i < block.Operations.Length - 1; i++)
        {
            bool isAllowed = block.Operations[i] is IVariableDeclarationGroupOperation or IUsingDeclarationOperation || (keys is not null && IsGuard(block.Operations[i], keys));
            if (!isAllowed)
                return null;
        }

        return block.Operations.LastOrDefault() is IReturnOperation { ReturnedValue: { } value } ? body.Origins.Resolve(value) : null;
    }

    /// <summary>Whether a statement returns something empty where there are no keys.</summary>
    private static bool IsGuard(IOperation statement, IParameterSymbol keys)
    {
        if (statement is not IConditionalOperation { WhenFalse: null, Condition: { } condition, WhenTrue: var then } || !Operations.Any(condition, part => SymbolEqualityComparer.Default.Equals(Operations.Referenced(part), keys)))
            return false;
        if (then is IBlockOperation { Operations: [var only] })
            then = only;
        return then is IReturnOperation { ReturnedValue: { } value } && Operations.Unwrap(value) switch
        {
            IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null } => true,
            ICollectionExpressionOperation { Elements.IsEmpty: true } => true,
            IInvocationOperation { TargetMethod.Name: "Empty", Arguments.IsEmpty: true } => true,
            _ => false,
        };
    }

    /// <summary>The call whose result a body returns, where it calls nothing else; null when it runs the query itself.</summary>
    private static OwnCall? ForwardOf(BodyFacts body, IOperation result) =>
        body.Calls.IsEmpty && body.OwnCalls is [{ Operation: IInvocationOperation } only] && only.Operation == result ? only : null;

    /// <summary>The called method's parameter that gets a parameter of the caller as it is.</summary>
    private static IParameterSymbol? HandedOn(OwnCall call, IParameterSymbol parameter) =>
        call.Arguments.Where(argument => SymbolEqualityComparer.Default.Equals(Operations.Referenced(argument.Value), parameter)).ToList() is [{ Parameter: { } only }] ? only : null;

    /// <summary>Whether two calls go through the same object and give the same values, keys aside.</summary>
    private static bool GivesTheSame(IInvocationOperation one, IParameterSymbol key, IInvocationOperation many, IParameterSymbol keys)
    {
        if (ReceiverText(one) != ReceiverText(many))
            return false;
        Dictionary<string, string> values = Values(one, key);
        Dictionary<string, string> others = Values(many, keys);
        return values.Count == others.Count && values.All(value => others.TryGetValue(value.Key, out string? other) && other == value.Value);
    }

    private static string ReceiverText(IInvocationOperation call) => call.Instance is { } instance and not IInstanceReferenceOperation ? KeyedReader.Text(instance.Syntax, null) : "this";

    private static Dictionary<string, string> Values(IInvocationOperation call, IParameterSymbol key) => call.Arguments
        .Where(argument => argument is { ArgumentKind: not ArgumentKind.DefaultValue, Parameter: { } parameter } && !SymbolEqualityComparer.Default.Equals(parameter, key) && parameter.Type.Name != "CancellationToken")
        .ToDictionary(argument => argument.Parameter!.Name, argument => KeyedReader.Text(argument.Value.Syntax, null));
}
