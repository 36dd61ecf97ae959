using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>Finds writes of one function that belong together and are durable one by one.</summary>
internal sealed class SplitWriteSearch(Commits commits, WriteGaps gaps, OuterTransactions outer)
{
    /// <summary>Writes that stand in the body itself: one group for each function and session.</summary>
    public IEnumerable<UncoveredWrites> Direct(BodyFacts body)
    {
        // Most bodies write at most once: nothing else is asked about them.
        DbCall[] writes = [.. body.Calls.Where(Commits.WritesRows)];
        Commit[] contracts = [.. body.OwnCalls.Select(commits.OfContract).OfType<Commit>()];
        if (writes.Length + contracts.Length < 2)
            yield break;
        Commit[] found = [.. writes.Select(commits.Of).OfType<Commit>().Concat(contracts).OrderBy(static commit => commit.Operation.Syntax.Span.End)];
        foreach (IGrouping<(IOperation?, Session), Commit> group in found.GroupBy(static commit => (Operations.EnclosingFunction(commit.Operation), commit.Session)))
        {
            if (FirstSplit([.. group], body, static (_, _) => true) is { } split)
                yield return split;
        }
    }

    /// <summary>Writes of which at least one is made by a call.</summary>
    public IEnumerable<UncoveredWrites> ThroughCalls(BodyFacts body)
    {
        if (CandidatesIn(body) < 2)
            yield break;
        Commit[] called = [.. body.OwnCalls.Select(call => commits.OfContract(call) is null ? commits.Of(call) : null).OfType<Commit>()];
        if (called.Length == 0)
            yield break;
        Commit[] all = [.. called.Concat(body.Calls.Select(commits.Of).OfType<Commit>()).Concat(body.OwnCalls.Select(commits.OfContract).OfType<Commit>()).OrderBy(static commit => commit.Operation.Syntax.Span.End)];
        if (all.Length < 2)
            yield break;
        foreach (IGrouping<IOperation?, Commit> group in all.GroupBy(static commit => Operations.EnclosingFunction(commit.Operation)))
        {
            if (FirstSplit([.. group], body, static (first, second) => (IsCall(first) || IsCall(second)) && GoThroughOne(first.Session, second.Session)) is { } split)
                yield return split;
        }
    }

    /// <summary>How many places of a body may write, as far as can be told without looking at what they call; two are enough to know.</summary>
    private int CandidatesIn(BodyFacts body)
    {
        int calls = 0;
        foreach (OwnCall call in body.OwnCalls)
        {
            if (commits.MayWrite(call) && ++calls == 2)
                return calls;
        }

        return calls == 0 ? 0 : calls + body.Calls.Count(Commits.WritesRows);
    }

    private static bool IsCall(Commit commit) => commit is { Call: not null, IsSave: false };

    /// <summary>The same object, or what a container hands to each class of one request: sessions of the same type that classes are given.</summary>
    private static bool GoThroughOne(Session one, Session other) =>
        one.Equals(other) || (IsInjected(one) && IsInjected(other) && SymbolEqualityComparer.Default.Equals(one.Type, other.Type));

    private static bool IsInjected(Session session) =>
        session.Path is [IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false }] or [IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }];

    private UncoveredWrites? FirstSplit(Commit[] group, BodyFacts body, Func<Commit, Commit, bool> belongTogether)
    {
        for (int second = 1; second < group.Length; second++)
        {
            for (int first = second - 1; first >= 0; first--)
            {
                if (belongTogether(group[first], group[second])
                    && gaps.RunTogether(group[first], group[second], body)
                    && !gaps.IsMeant(group[first], group[second], body)
                    && !outer.MayBeOpenAt(group[first].Operation, body))
                {
                    return new UncoveredWrites(group[first], group[second]) { All = AllFrom(group, first, second, body) };
                }
            }
        }

        return null;
    }

    /// <summary>The two and those behind them that go on with the same work.</summary>
    private List<Commit> AllFrom(Commit[] group, int first, int second, BodyFacts body)
    {
        List<Commit> all = [group[first], group[second]];
        for (int next = second + 1; next < group.Length; next++)
        {
            Commit last = all[all.Count - 1];
            if (gaps.RunTogether(group[first], group[next], body) && !gaps.IsMeant(last, group[next], body))
                all.Add(group[next]);
        }

        return all;
    }
}
