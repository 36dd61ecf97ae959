using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>The query that an entity in memory comes from.</summary>
/// <param name="Call">The call that reads it.</param>
/// <param name="Path">The navigations that lead from the query's row to the entity; empty for the row itself.</param>
/// <param name="Scopes">The bodies that the entity passes through, the innermost callee first.</param>
internal sealed record RowOrigin(DbCall Call, ImmutableArray<IPropertySymbol> Path, ImmutableArray<BodyScope> Scopes)
{
    public RowOrigin Through(IPropertySymbol navigation) => this with { Path = Path.Add(navigation) };
}

/// <summary>Follows entities back to the query in view that reads them: through locals, loops, operators in memory and methods of the same class.</summary>
internal sealed class RowOrigins(CompilationContext context, MemberBodies bodies)
{
    private const int MaxDepth = 24;
    private static readonly string[] Shaping = ["selector", "resultSelector", "elementSelector", "collectionSelector", "func", "accumulator"];

    private readonly SmallTable<IMethodSymbol, BodyScope?> _helpers = new(SymbolEqualityComparer.Default);

    /// <summary>The query that a value is a row of; null when the code does not show it.</summary>
    public RowOrigin? OfRow(IOperation value, BodyScope scope) => OfRow(value, scope, 0);

    private RowOrigin? OfRow(IOperation value, BodyScope scope, int depth)
    {
        if (depth > MaxDepth)
            return null;
        value = Operations.Unwrap(value);
        switch (value)
        {
            case IConditionalAccessInstanceOperation instance:
                return Operations.ConditionalReceiver(instance) is { } receiver ? OfRow(receiver, scope, depth + 1) : null;
            case IConditionalAccessOperation access:
                return OfRow(access.WhenNotNull, scope, depth + 1);
            case ICoalesceOperation { WhenNull: var otherwise } coalesce when Operations.Unwrap(otherwise) is IThrowOperation:
                return OfRow(coalesce.Value, scope, depth + 1);
            case ILocalReferenceOperation { Local: var local }:
                return scope.Origins.Of(local) switch
                {
                    [{ Value: { } assigned }] => OfRow(assigned, scope, depth + 1),
                    [{ Value: null, Site.Parent: IForEachLoopOperation loop }] => OfElements(loop.Collection, scope, depth + 1),
                    _ => null,
                };
            case IParameterReferenceOperation parameter:
                return SourceOf(parameter) is { } sequence ? OfElements(sequence, scope, depth + 1) : null;
            case IPropertyReferenceOperation { Instance: { } list, Arguments.Length: > 0 } indexer:
                return IsElement(indexer.Type, list.Type) ? OfElements(list, scope, depth + 1) : null;
            case IArrayElementReferenceOperation element:
                return OfElements(element.ArrayReference, scope, depth + 1);
            case IPropertyReferenceOperation { Instance: { } owner } property when !Sequences.IsSequence(property.Type):
                return OfRow(owner, scope, depth + 1)?.Through(property.Property);
            case IInvocationOperation call:
                return OfCall(call, scope, RowCount.One, depth);
            default:
                return null;
        }
    }

    /// <summary>The query that all elements of a sequence are rows of; null when the code does not show it.</summary>
    private RowOrigin? OfElements(IOperation sequence, BodyScope scope, int depth)
    {
        if (depth > MaxDepth)
            return null;
        sequence = Operations.Unwrap(sequence);
        if (scope.CallAt(sequence) is { Model: null } enumerated)
            return IsRowOf(enumerated, FetchedRows.ElementOf(sequence.Type)) && KeepsRows(sequence, enumerated) ? Start(enumerated, scope) : null;
        if (context.Types.IsQueryable(sequence.Type))
            return scope.Facts.Calls.FirstOrDefault(call => call.Source is { } source && Operations.Unwrap(source).Syntax == sequence.Syntax) is { } runs && IsRowOf(runs, FetchedRows.ElementOf(sequence.Type)) ? Start(runs, scope) : null;
        switch (sequence)
        {
            case IConditionalAccessOperation access:
                return OfElements(access.WhenNotNull, scope, depth + 1);
            case ILocalReferenceOperation { Local: var local }:
                return scope.Origins.SingleValue(local) is { } value && !IsExtended(local, scope) ? OfElements(value, scope, depth + 1) : null;
            case IPropertyReferenceOperation { Instance: { } owner, Arguments.IsEmpty: true } property:
                return OfRow(owner, scope, depth + 1)?.Through(property.Property);
            case IInvocationOperation call:
                return OfCall(call, scope, RowCount.Many, depth);
            default:
                return null;
        }
    }

    private RowOrigin? OfCall(IInvocationOperation call, BodyScope scope, RowCount rows, int depth)
    {
        ITypeSymbol? row = rows == RowCount.One ? Operations.Unwrap(call).Type is { } type ? Tasks.ResultOf(type) : null : FetchedRows.ElementOf(call.Type);
        if (scope.CallAt(call) is { } read)
            return read.Rows == rows && IsRowOf(read, row) && KeepsRows(call, read) ? Start(read, scope) : null;
        if (context.Models.Of(call.TargetMethod) is { } model)
        {
            bool passesOn = rows == RowCount.One ? model.Has(DbEffect.Enumerates) && model.Rows == RowCount.One : (model.Effect & (DbEffect.Lazy | DbEffect.Enumerates | DbEffect.LeavesStore)) != 0;
            return passesOn && Keeps(call, row) && Operations.Receiver(call) is { } source ? OfElements(source, scope, depth + 1) : null;
        }

        return OfHelper(call, scope, rows, depth);
    }

    /// <summary>A method of the same class hands out what it has read.</summary>
    private RowOrigin? OfHelper(IInvocationOperation call, BodyScope scope, RowCount rows, int depth)
    {
        IMethodSymbol method = call.TargetMethod.OriginalDefinition;
        if (method.MethodKind != MethodKind.Ordinary || !SymbolEqualityComparer.Default.Equals(method.ContainingType, scope.Owner.ContainingType?.OriginalDefinition))
            return null;
        if (_helpers.GetOrAdd(method, ReadHelper) is not { } helper || SymbolEqualityComparer.Default.Equals(method, scope.Owner.OriginalDefinition))
            return null;
        IOperation[] returned = [.. helper.Roots.SelectMany(CalleeBodies.ReturnedValues).Where(value => !IsNull(value))];
        if (returned is not [{ Parent.Kind: OperationKind.Return } only])
            return null;
        RowOrigin? origin = rows == RowCount.One ? OfRow(only, helper, depth + 4) : OfElements(only, helper, depth + 4);
        return origin is null ? null : origin with { Scopes = origin.Scopes.Add(scope) };
    }

    private BodyScope? ReadHelper(IMethodSymbol method) =>
        !CalleeBodies.MayRunOverride(method) && bodies.Of(method) is { } facts && facts != BodyFacts.Empty ? new BodyScope(method, facts.Roots, facts) : null;

    /// <summary>The sequence whose elements a lambda's first parameter stands for; null when the lambda does not run once per element.</summary>
    private IOperation? SourceOf(IParameterReferenceOperation reference)
    {
        IOperation? function = reference.Parent;
        while (function is not null && !(function is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, reference.Parameter.ContainingSymbol)))
            function = function.Parent;
        if (function is not IAnonymousFunctionOperation owner
            || reference.Parameter.Ordinal != 0
            || Operations.ArgumentOf(owner) is not { Parameter: { } parameter, Parent: IInvocationOperation call }
            || !context.Vocabulary.RunsPerElement(parameter.OriginalDefinition))
        {
            return null;
        }

        IOperation[] sources = [.. call.Arguments.Where(argument => argument.Parameter is { } given && context.Vocabulary.IsSource(given.OriginalDefinition)).Select(argument => argument.Value)];
        IOperation? source = sources is [var only] ? only : sources.Length == 0 ? call.Instance : null;
        return source is not null && IsElement(reference.Type, Operations.Unwrap(source).Type) ? source : null;
    }

    /// <summary>Whether everything between a terminal and the query it runs hands on the rows as they are.</summary>
    private bool KeepsRows(IOperation operation, DbCall call)
    {
        ITypeSymbol? row = call.Query?.Entity;
        for (IOperation current = operation; call.Source is null || current.Syntax != Operations.Unwrap(call.Source).Syntax;)
        {
            if (current is not IInvocationOperation step || !Keeps(step, row) || Operations.Receiver(step) is not { } receiver)
                return call.Source is null;
            current = Operations.Unwrap(receiver);
        }

        return true;
    }

    /// <summary>Whether a call makes nothing new of the elements and adds none.</summary>
    private static bool Keeps(IInvocationOperation call, ITypeSymbol? row)
    {
        IOperation? receiver = Operations.Receiver(call);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Value == receiver || argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;
            if (Shaping.Contains(argument.Parameter?.Name) || IsSame(argument.Value.Type, row) || IsSame(FetchedRows.ElementOf(Operations.Unwrap(argument.Value).Type), row))
                return false;
        }

        return true;
    }

    private bool IsExtended(ILocalSymbol list, BodyScope scope) => scope.Any(operation =>
        operation is IInvocationOperation { Arguments.Length: > 0 } call
        && SymbolEqualityComparer.Default.Equals(Operations.Referenced(call.Instance), list)
        && context.Models.Of(call.TargetMethod) is null
        && !Mutations.OnlyReads(call.TargetMethod)
        && !call.TargetMethod.Name.StartsWith("Remove", StringComparison.Ordinal));

    private static RowOrigin Start(DbCall call, BodyScope scope) => new(call, [], [scope]);

    private static bool IsRowOf(DbCall call, ITypeSymbol? row) => call.Query is { Kind: QueryRootKind.Store, Entity: { } entity } && IsSame(entity, row);

    private static bool IsElement(ITypeSymbol? element, ITypeSymbol? sequence) => IsSame(element, FetchedRows.ElementOf(sequence));

    private static bool IsSame(ITypeSymbol? first, ITypeSymbol? second) => first is not null && SymbolEqualityComparer.Default.Equals(first, second);

    private static bool IsNull(IOperation value) => Operations.Unwrap(value) is { ConstantValue: { HasValue: true, Value: null } };
}
