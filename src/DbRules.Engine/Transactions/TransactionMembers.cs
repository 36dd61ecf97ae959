using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>How code begins and commits a transaction on a session.</summary>
/// <param name="Lender">The property of the session that begins it, as <c>Database</c> of a context does; null when the session does so itself.</param>
/// <param name="Begin">The member that begins it.</param>
/// <param name="Commit">The member that commits it.</param>
/// <param name="IsAwaited">Whether both give tasks.</param>
/// <param name="Transaction">The type of the transaction.</param>
internal sealed record BeginAndCommit(string? Lender, IMethodSymbol Begin, IMethodSymbol Commit, bool IsAwaited, ITypeSymbol Transaction)
{
    /// <summary>Whether the transaction can be released with <c>await using</c>.</summary>
    public bool IsReleasedAsync => IsAwaited && (Transaction.Name == "IAsyncDisposable" || Transaction.AllInterfaces.Any(static one => one.Name == "IAsyncDisposable"));

    /// <summary>Whether both members take a cancellation token.</summary>
    public bool TakesToken => TakesOne(Begin) && TakesOne(Commit);

    private static bool TakesOne(IMethodSymbol method) => method.Parameters.Any(static parameter => parameter.Type.Name == nameof(CancellationToken));
}

/// <summary>Finds the members of a session that begin a transaction without further arguments.</summary>
internal sealed class TransactionMembers(CompilationContext context)
{
    /// <summary>The members; null when the session has none.</summary>
    /// <param name="session">The session's type.</param>
    /// <param name="awaits">Whether the code around may await.</param>
    public BeginAndCommit? Of(ITypeSymbol session, bool awaits)
    {
        if (On(session, null, awaits) is { } direct)
            return direct;
        foreach (IPropertySymbol property in MembersOf(session).OfType<IPropertySymbol>())
        {
            if (context.Models.Of(property)?.Plays("this", ParameterRole.Connection) == true && On(property.Type, property.Name, awaits) is { } lent)
                return lent;
        }

        return null;
    }

    private BeginAndCommit? On(ITypeSymbol type, string? lender, bool awaits)
    {
        foreach (bool isAwaited in awaits ? new[] { true, false } : [false])
        {
            if (Find(type, DbEffect.Begins, isAwaited) is { } begin
                && ResultOf(begin) is { } transaction
                && Find(transaction, DbEffect.Commits, isAwaited) is { } commit)
            {
                return new BeginAndCommit(lender, begin, commit, isAwaited, transaction);
            }
        }

        return null;
    }

    private IMethodSymbol? Find(ITypeSymbol type, DbEffect effect, bool isAwaited) => MembersOf(type).OfType<IMethodSymbol>().FirstOrDefault(method =>
        method is { MethodKind: MethodKind.Ordinary, IsStatic: false, DeclaredAccessibility: Accessibility.Public }
        && method.Parameters.All(static parameter => parameter.IsOptional)
        && Tasks.IsTask(method.ReturnType) == isAwaited
        && context.Models.Of(method)?.Has(effect) == true);

    private static IEnumerable<ISymbol> MembersOf(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers())
                yield return member;
        }

        foreach (ISymbol member in type.AllInterfaces.SelectMany(static one => one.GetMembers()))
            yield return member;
    }


    private static ITypeSymbol? ResultOf(IMethodSymbol begin) =>
        Tasks.IsTask(begin.ReturnType) ? Tasks.YieldOf(begin.ReturnType) : begin.ReturnType;
}
