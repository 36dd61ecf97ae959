using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A read that repeats an earlier one of the same body: the same query with the same values, and nothing in between that may change its answer.</summary>
public sealed class SameQuery
{
    /// <summary>The read that already has the answer.</summary>
    public required DbCall Earlier { get; init; }

    /// <summary>
    /// How the earlier answer can take the place of the later call; null when the code does not hold it or could tell the difference.
    /// </summary>
    public KeptResult? Kept { get; init; }
}

/// <summary>A local that holds the answer of an earlier query.</summary>
/// <param name="Holder">The local; it is in scope at the later call and never assigned again.</param>
/// <param name="Result">The expression that the local can replace: the later call, or the <c>await</c> of it.</param>
public readonly record struct KeptResult(ILocalSymbol Holder, IOperation Result);

/// <summary>Finds reads that repeat an earlier one.</summary>
internal sealed class SameQueries(CompilationContext context)
{
    /// <summary>Earlier reads that one question compares with, so that the work stays linear in the code.</summary>
    private const int MostCompared = 32;

    /// <summary>Words of SQL whose answer changes by itself, or that lock what they read.</summary>
    private static readonly HashSet<string> VolatileWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "now", "getdate", "getutcdate", "sysdate", "sysdatetime", "sysutcdatetime", "current_timestamp", "current_date", "current_time", "localtimestamp", "clock_timestamp", "curdate", "curtime",
        "random", "rand", "newid", "newsequentialid", "uuid", "gen_random_uuid", "nextval", "currval", "lastval", "last_insert_rowid", "last_insert_id", "scope_identity", "changes", "rowcount",
        "row_count", "found_rows", "sleep", "pg_sleep", "pg_try_advisory_lock", "for", "exec", "execute", "call", "updlock",
    };

    /// <summary>The earlier read that a call repeats; null when there is none, or when that is not known.</summary>
    /// <param name="later">The call.</param>
    /// <param name="mayWrite">Whether an operation may write to a store, callees included.</param>
    public SameQuery? Of(DbCall later, Func<IOperation, bool> mayWrite)
    {
        int compared = 0;
        SameQuery? found = null;
        for (int i = later.Body.Calls.IndexOf(later) - 1; i >= 0 && compared < MostCompared; i--)
        {
            DbCall earlier = later.Body.Calls[i];
            if (earlier.Model != later.Model || (earlier.Name != later.Name && earlier.Model is not null))
                continue;
            compared++;
            if (!SameExpressions.AreSame(earlier.Operation, later.Operation, IsToken) || !IsComparable(earlier) || !IsComparable(later) || Operations.ResultOf(earlier.Operation) is null)
                continue;
            if (Interlude.Between(earlier, later, context.Models) is not { } interlude || !interlude.KeepsValuesOf(later.Operation) || !KeepsQuery(interlude, later) || interlude.MayChangeStore(mayWrite))
                continue;
            // Of several, the one whose result can be kept serves best.
            SameQuery? same = Judge(earlier, later, interlude);
            if (same?.Kept is not null)
                return same;
            found ??= same;
        }

        return found;
    }

    private bool IsToken(IArgumentOperation argument) => WellKnownTypes.IsCancellationToken(argument.Parameter?.Type);

    /// <summary>A read whose answer the query and its values decide. Keys are looked up in memory first, and a reader or stream is read as it comes.</summary>
    private static bool IsComparable(DbCall call)
    {
        if (!call.IsRoundTrip || !call.Reads || (call.Model is { } model && (model.Has(DbEffect.Lazy) || model.Parameters.ContainsKey(ParameterRole.Key) || model.Parameters.ContainsKey(ParameterRole.Acquires))))
            return false;
        if (call.Query is { } query)
            return query.Kind == QueryRootKind.Store && query.Root is not IInvocationOperation { Arguments.Length: > 1 };
        return call.Argument(ParameterRole.Sql) is not null && call.Command is { Reads: true, Script: { } script } && !script.Tokens.Any(token => IsVolatile(script, token));
    }

    private static bool IsVolatile(SqlScript script, SqlToken token) => VolatileWords.Contains(script.Text.Slice(token.Span));

    /// <summary>A query that a local holds takes the values of its parts when it runs.</summary>
    private static bool KeepsQuery(Interlude interlude, DbCall later) =>
        later.Query is not { } query || query.Steps.All(use => Operations.IsInside(use.Call, later.Operation) || interlude.KeepsValuesOf(use.Call));

    private static SameQuery? Judge(DbCall earlier, DbCall later, Interlude interlude)
    {
        ILocalSymbol? holder = Operations.ResultOf(earlier.Operation) is { } result ? HolderOf(result) : null;
        if (holder is null)
            return new SameQuery { Earlier = earlier };
        // Rows that were changed meanwhile are read anew on purpose.
        bool isTracked = earlier.Rows == RowCount.One && earlier.Query is { } query && !query.Has(QueryStep.Tracking) && !query.Has(QueryStep.Select);
        if (earlier.Rows != RowCount.Scalar && !isTracked && interlude.MayChange(holder))
            return null;
        return new SameQuery { Earlier = earlier, Kept = KeptIn(holder, earlier, later, isTracked) };
    }

    private static KeptResult? KeptIn(ILocalSymbol holder, DbCall earlier, DbCall later, bool isTracked)
    {
        Origins origins = earlier.Body.Origins;
        if (later.Model is null
            || Operations.ResultOf(later.Operation) is not { } result
            || origins.Of(holder).Count != 1
            || !SymbolEqualityComparer.IncludeNullability.Equals(holder.Type.WithNullableAnnotation(NullableAnnotation.None), result.Type?.WithNullableAnnotation(NullableAnnotation.None))
            || !IsInScope(holder, later.Operation))
        {
            return null;
        }

        if (earlier.Rows != RowCount.Scalar && !isTracked && !IsValue(holder.Type) && !(origins.IsOnlyRead(holder) && IsOnlyRead(result, origins)))
            return null;
        return new KeptResult(holder, result);
    }

    private static bool IsValue(ITypeSymbol type) => type.IsValueType || type.SpecialType == SpecialType.System_String;

    /// <summary>The later answer is returned, or held by a local that the body only reads.</summary>
    private static bool IsOnlyRead(IOperation result, Origins origins) =>
        HolderOf(result) is { } holder ? origins.IsOnlyRead(holder) : Outermost(result).Parent is IReturnOperation or IForEachLoopOperation or IMemberReferenceOperation;

    private static ILocalSymbol? HolderOf(IOperation result) =>
        Outermost(result).Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } ? local : null;

    private static IOperation Outermost(IOperation result)
    {
        IOperation current = result;
        while (current.Parent is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
            current = current.Parent;
        return current;
    }

    /// <summary>The block that declares a local stands around the place.</summary>
    private static bool IsInScope(ILocalSymbol local, IOperation place)
    {
        for (IOperation? parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IBlockOperation block && block.Locals.Contains(local, SymbolEqualityComparer.Default))
                return true;
        }

        return false;
    }
}
