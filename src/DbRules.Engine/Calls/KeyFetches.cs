using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A read of keys that serve one purpose: they filter the next query of the same session, which could contain the first as a subquery.</summary>
public sealed class KeyFetch
{
    /// <summary>The read that fetches the keys.</summary>
    public required DbCall Fetch { get; init; }

    /// <summary>The query that they filter.</summary>
    public required DbCall Next { get; init; }

    /// <summary>The local that holds the keys.</summary>
    public required ILocalSymbol Holder { get; init; }

    /// <summary>The call or the <c>await</c> of it that gives the local its value.</summary>
    public required IOperation Result { get; init; }

    /// <summary>The query that the call runs, as an expression; null when the call is not written behind it.</summary>
    public SyntaxNode? Query { get; init; }
}

/// <summary>Finds key lists that are fetched for the next query alone.</summary>
internal sealed class KeyFetches(CompilationContext context)
{
    /// <summary>How a call fetches keys for one later query; null when they serve anything else, or when composing could change the result.</summary>
    /// <param name="fetch">The call.</param>
    /// <param name="mayWrite">Whether an operation may write to a store, callees included.</param>
    public KeyFetch? Of(DbCall fetch, Func<IOperation, bool> mayWrite)
    {
        if (fetch is not { IsRoundTrip: true, Reads: true, Rows: RowCount.Many, Invocation: { } terminal, Query: { Kind: QueryRootKind.Store, Session: { } session } query }
            || Operations.ResultOf(fetch.Operation) is not { } result
            || ElementOf(result.Type) is not { } key
            || !IsKeyType(key)
            || !AreComposable(query)
            || HolderOf(result) is not { } holder
            || fetch.Body.Origins.Of(holder).Count != 1
            || OnlyUseOf(holder, fetch.Operation) is not { } use
            || FilterAround(use, key) is not { } filter
            || NextWith(filter, fetch) is not { } next
            || next.Query is not { Session: { } nextSession } nextQuery
            || !SameExpressions.AreSame(session, nextSession, static _ => false)
            || nextQuery.Has(QueryStep.Other)
            || Interlude.Between(fetch, next, context.Models) is not { } interlude
            || !interlude.KeepsValuesOf(fetch.Operation)
            || !query.Steps.All(step => Operations.IsInside(step.Call, fetch.Operation) || interlude.KeepsValuesOf(step.Call))
            || interlude.MayChangeStore(mayWrite))
        {
            return null;
        }

        return new KeyFetch
        {
            Fetch = fetch,
            Next = next,
            Holder = holder,
            Result = result,
            Query = terminal.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } receiver } } ? receiver : null,
        };
    }

    /// <summary>A list, set or array of keys: what <c>Contains</c> can be asked on.</summary>
    private static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType: var element } => element,
        INamedTypeSymbol { Name: "List" or "HashSet", TypeArguments: [var only] } => only,
        _ => null,
    };

    private static bool IsKeyType(ITypeSymbol type) => type.TypeKind == TypeKind.Enum
        || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String
        || type is { Name: "Guid" or "DateTimeOffset" or "DateOnly", ContainingNamespace.Name: "System" };

    /// <summary>
    /// A query that a database can contain in another: steps that every provider allows in a subquery, and at its end one mapped column.
    /// </summary>
    private static bool AreComposable(QueryShape query)
    {
        if (query.Root is IInvocationOperation { Arguments.Length: > 0 } || query.Steps.IsEmpty || query.Steps[query.Steps.Length - 1] is not { Step: QueryStep.Select, IsConditional: false } last)
            return false;
        return query.Steps.All(use => use.Step is QueryStep.Where or QueryStep.Select or QueryStep.SelectMany or QueryStep.Include or QueryStep.Tracking or QueryStep.Options)
            && last.Call.Arguments is [.., { Value: var selector }]
            && SelectedMember(selector) is { } column
            && MappedMembers.IsColumnPath(column);
    }

    /// <summary>The value that a lambda of one expression returns; null for any other selector.</summary>
    public static IOperation? SelectedMember(IOperation selector)
    {
        IOperation lambda = selector;
        while (lambda is IConversionOperation conversion)
            lambda = conversion.Operand;
        return lambda is IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] } ? value : null;
    }

    /// <summary>The local that an expression is the declared value of, alone in its declaration; null when it has none.</summary>
    public static ILocalSymbol? HolderOf(IOperation result)
    {
        IOperation current = result;
        while (current.Parent is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
            current = current.Parent;
        return current.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local, Parent: IVariableDeclarationOperation { Declarators.Length: 1 } } } ? local : null;
    }

    /// <summary>The only place of the whole member that names a local; null when there are several or none.</summary>
    public static IOperation? OnlyUseOf(ILocalSymbol local, IOperation inside)
    {
        IOperation? only = null;
        bool several = Operations.Any(Operations.RootOf(inside), operation =>
        {
            if (operation is not ILocalReferenceOperation { Local: var named } || !SymbolEqualityComparer.Default.Equals(named, local))
                return false;
            bool isSecond = only is not null;
            only = operation;
            return isSecond;
        }, insideExpressionTrees: true);
        return several ? null : only;
    }

    /// <summary>The call <c>keys.Contains(row.Column)</c> that a reference to the keys is part of; null for any other use.</summary>
    private static IInvocationOperation? FilterAround(IOperation use, ITypeSymbol key)
    {
        IOperation current = use;
        while (current.Parent is IConversionOperation or IArgumentOperation { IsImplicit: true })
            current = current.Parent;
        IOperation? parent = current.Parent is IArgumentOperation argument ? argument.Parent : current.Parent;
        if (parent is not IInvocationOperation { TargetMethod.Name: "Contains" } call || !(call.Instance == current || (call.Instance is null && call.Arguments is [{ Value: var first }, ..] && Operations.IsInside(use, first))))
            return null;
        IArgumentOperation[] items = [.. call.Arguments.Where(argument => !Operations.IsInside(use, argument) && argument.ArgumentKind != ArgumentKind.DefaultValue)];
        return items is [{ Value: { } item }] && SymbolEqualityComparer.Default.Equals(item.Type, key) && Operations.RootSymbol(item) is IParameterSymbol ? call : null;
    }

    /// <summary>The only call that runs a query with the filter in one of its predicates.</summary>
    private static DbCall? NextWith(IInvocationOperation filter, DbCall fetch)
    {
        DbCall? next = null;
        foreach (DbCall call in fetch.Body.Calls)
        {
            if (call == fetch || call.Query is not { Kind: QueryRootKind.Store } query || !(query.Steps.Any(use => use.Step == QueryStep.Where && IsIn(use.Call)) || (call.Invocation is { } terminal && IsIn(terminal))))
                continue;
            if (next is not null || !call.IsRoundTrip || !call.Reads)
                return null;
            next = call;
        }

        return next;

        // Below the arguments but not in the query that the call continues.
        bool IsIn(IInvocationOperation call) => Operations.Receiver(call) is { } receiver && Operations.IsInside(filter, call) && !Operations.IsInside(filter, receiver);
    }
}
