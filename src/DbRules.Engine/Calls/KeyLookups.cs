using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds the reads of a loop that one query before it can replace.</summary>
internal sealed class KeyLookups(CompilationContext context, EntityKeys keys, RowBounds bounds)
{
    private readonly KeyLookupSql _sql = new(context);

    /// <summary>The lookup that a call is; null when it is none, or when one query for all keys could give other results.</summary>
    public KeyLookup? Of(DbCall call, Iteration iteration)
    {
        if (Operations.ResultOf(call.Operation) is not { } result || KeyLookupLoop.Of(call, iteration, context.Types) is not { } loop || IsRepeatedAround(call, loop.Loop) || StreamsUnlimitedRows(call, loop))
            return null;
        KeyLookup? lookup = call.Argument(ParameterRole.Sql) is not null ? _sql.Of(call, loop, result)
            : call.Model?.ParametersOf(ParameterRole.Keys).IsEmpty == false ? KeyListLookups.Of(call, loop, result)
            : call.Argument(ParameterRole.Key) is { } key ? OfPrimaryKey(call, loop, result, key)
            : OfQuery(call, loop, result);
        return lookup is not null && !SharesChangedRows(lookup) ? lookup : null;
    }

    /// <summary>The cancellation token that a call could pass and does not.</summary>
    public static string? UnusedToken(DbCall call) =>
        call.Argument(ParameterRole.Cancel) is null && Operations.ResultOf(call.Operation) is IAwaitOperation ? LoopEntry.TokenAround(call.Operation) : null;

    /// <summary>Before the loop the query would still run once per element of a loop around it.</summary>
    private bool IsRepeatedAround(DbCall call, IOperation loop) =>
        call.Body.IterationsAround(loop).Any(around => around.Nature == Exemption.None);

    /// <summary>The loop walks rows one by one that nobody limits: a list of them, which the keys would need, can be any size.</summary>
    private bool StreamsUnlimitedRows(DbCall call, KeyLookupLoop loop) =>
        loop.Source == SequenceUse.Queried
        && call.Body.Calls.Any(other => other is { Model: null, Query: { } rows } && Operations.IsInside(other.Operation, loop.Loop.Collection) && bounds.OfRows(rows) != RowBound.Limited);

    private KeyLookup? OfPrimaryKey(DbCall call, KeyLookupLoop loop, IOperation result, IOperation keyValues)
    {
        // What is staged but not saved is found by key, and by no other query.
        if (call.Body.Calls.Any(other => other.Model?.Has(DbEffect.Stages) == true))
            return null;
        if (OnlyValue(keyValues) is not { } key || loop.KeyOfElement(key) is not { } keyOfElement)
            return null;
        ITypeSymbol? row = call.Query?.Entity ?? (call.Invocation?.TargetMethod.TypeArguments is [var entity] ? entity : null);
        IOperation? session = call.Query?.Root ?? call.Session;
        if (row is null || keys.PrimaryKeyOf(row) is not { } member || !KeyLookupLoop.SameType(member.Type, keyOfElement.Type))
            return null;
        if (call.Query is { Steps.IsEmpty: false } || session is null || !loop.HasBefore(session))
            return null;
        return new KeyLookup
        {
            Call = call,
            Shape = KeyLookupShape.One,
            Loop = loop.Loop,
            Element = loop.Element,
            Source = loop.Source,
            Result = result,
            Key = key,
            KeyOfElement = keyOfElement,
            Member = member.Name,
            IsUnique = true,
            Row = row,
            UnusedToken = UnusedToken(call),
        };
    }

    /// <summary>The one value of a list of key values.</summary>
    public static IOperation? OnlyValue(IOperation keyValues)
    {
        IOperation values = keyValues;
        while (values is IConversionOperation { IsImplicit: true } conversion)
            values = conversion.Operand;
        IOperation? only = values switch
        {
            IArrayCreationOperation { Initializer.ElementValues: [var value] } => value,
            ICollectionExpressionOperation { Elements: [var value and not ISpreadOperation] } => value,
            _ => null,
        };
        while (only is IConversionOperation { IsImplicit: true } boxing)
            only = boxing.Operand;
        return only;
    }

    private KeyLookup? OfQuery(DbCall call, KeyLookupLoop loop, IOperation result)
    {
        if (call.Query is not { Kind: QueryRootKind.Store, Entity: { } row } query || ShapeOf(call) is not { } shape || !HasOnlyKnownArguments(call))
            return null;
        if (!Operations.IsInside(query.Root, call.Operation) || !loop.HasBefore(query.Root) || !query.Steps.All(step => IsAllowed(step, shape, call)))
            return null;
        KeyPredicate? predicate = null;
        foreach (IOperation filter in Filters(call, query))
        {
            if (KeyPredicate.Find(filter, loop) is { } found)
            {
                if (predicate is not null)
                    return null;
                predicate = found;
            }
            else if (!loop.IsSame(filter))
            {
                return null;
            }
        }

        bool othersAreSame = query.Steps.Where(step => step.Step != QueryStep.Where).SelectMany(step => step.Call.Arguments.Where(argument => argument.Value != Operations.Receiver(step.Call)))
            .All(argument => loop.IsSame(argument.Value));
        if (predicate is not { } key || !othersAreSame || (call.Argument(ParameterRole.Cancel) is { } token && !loop.IsSame(token)))
            return null;
        return new KeyLookup
        {
            Call = call,
            Shape = shape,
            Loop = loop.Loop,
            Element = loop.Element,
            Source = loop.Source,
            Result = result,
            Key = key.Key,
            KeyOfElement = key.KeyOfElement,
            Member = key.Member.Name,
            IsUnique = keys.PrimaryKeyOf(row) is { } primary && primary.Name == key.Member.Name,
            Row = row,
            Condition = key.Condition,
            UnusedToken = UnusedToken(call),
        };
    }

    private static KeyLookupShape? ShapeOf(DbCall call)
    {
        if (call.Model is null)
            return call.Operation.Parent is IForEachLoopOperation { IsAsynchronous: false } or IConversionOperation { Parent: IForEachLoopOperation { IsAsynchronous: false } } ? KeyLookupShape.Many : null;
        string name = call.Name.EndsWith("Async", StringComparison.Ordinal) ? call.Name.Substring(0, call.Name.Length - "Async".Length) : call.Name;
        return name switch
        {
            "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" => KeyLookupShape.One,
            "ToList" or "ToArray" => KeyLookupShape.Many,
            "Any" => KeyLookupShape.Any,
            "Count" or "LongCount" => KeyLookupShape.Count,
            _ => null,
        };
    }

    /// <summary>A terminal takes its source, a predicate and a token; a default value or a comparer would be lost.</summary>
    public static bool HasOnlyKnownArguments(DbCall call) => call.Model is null || call.Invocation is not { } terminal || terminal.Arguments.All(argument =>
        argument.ArgumentKind == ArgumentKind.DefaultValue
        || argument.Value == Operations.Receiver(terminal)
        || argument.Value == call.Argument(ParameterRole.Predicate)
        || argument.Value == call.Argument(ParameterRole.Cancel));

    private static bool IsAllowed(QueryStepUse use, KeyLookupShape shape, DbCall call) => !use.IsConditional && Operations.IsInside(use.Call, call.Operation) && use.Step switch
    {
        QueryStep.Where or QueryStep.Include or QueryStep.Tracking or QueryStep.Options => true,
        QueryStep.Order => shape == KeyLookupShape.Many,
        _ => false,
    };

    private static IEnumerable<IOperation> Filters(DbCall call, QueryShape query)
    {
        foreach (QueryStepUse use in query.Steps)
        {
            if (use.Step != QueryStep.Where)
                continue;
            foreach (IArgumentOperation argument in use.Call.Arguments)
            {
                if (argument.Value != Operations.Receiver(use.Call))
                    yield return argument.Value;
            }
        }

        if (call.Argument(ParameterRole.Predicate) is { } predicate)
            yield return predicate;
    }

    /// <summary>
    /// Rows that the session does not track are made anew by each query. Where the loop changes them, two elements with the same key must not
    /// see each other's changes.
    /// </summary>
    private static bool SharesChangedRows(KeyLookup lookup)
    {
        bool isTracked = lookup.Sql is null && lookup.Call.Query?.Has(QueryStep.Tracking) != true;
        if (isTracked || lookup.Row is not { } row || lookup.Shape is KeyLookupShape.Any or KeyLookupShape.Count)
            return false;
        return RowChanges.AnyIn(lookup.Loop.Body, row);
    }
}
