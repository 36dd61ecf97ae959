using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>Finds writes of one function that belong together and are durable one by one.</summary>
internal sealed class SplitWriteSearch(Commits commits, WriteGaps gaps, OuterTransactions outer, GivenSessions given)
{
    /// <summary>Writes that stand in the body itself: one group for each function and session.</summary>
    public IEnumerable<UncoveredWrites> Direct(BodyFacts body)
    {
        // Most bodies write at most once: nothing else is asked about them.
        Commit[] found = commits.In(body);
        return found.Length < 2 ? [] : DirectAmong(found, body);
    }

    private IEnumerable<UncoveredWrites> DirectAmong(Commit[] found, BodyFacts body)
    {
        foreach (IGrouping<(IOperation?, Session), Commit> group in found.GroupBy(static commit => (Operations.EnclosingFunction(commit.Operation), commit.Session)))
        {
            if (FirstSplit([.. group], body, static (_, _) => true) is { } split)
                yield return split;
        }
    }

    /// <summary>Writes of which at least one is made by a call.</summary>
    public IEnumerable<UncoveredWrites> ThroughCalls(BodyFacts body) => MayHaveTwo(body) && CalledIn(body) is { Count: > 0 } called ? WithCalls(called, body) : [];

    private IEnumerable<UncoveredWrites> WithCalls(List<Commit> called, BodyFacts body)
    {
        Commit[] all = [.. called.Concat(commits.In(body)).OrderBy(static commit => commit.Operation.Syntax.Span.End)];
        if (all.Length < 2)
            yield break;
        foreach (IGrouping<IOperation?, Commit> group in all.GroupBy(static commit => Operations.EnclosingFunction(commit.Operation)))
        {
            if (FirstSplit([.. group], body, (first, second) => (IsCall(first) || IsCall(second)) && given.AreOne(first.Session, second.Session)) is { } split)
                yield return split;
        }
    }

    /// <summary>The calls of a body that lead to a write, but for those that are a save themselves; null when there is none, or nothing beside it.</summary>
    private List<Commit>? CalledIn(BodyFacts body)
    {
        Commit[] own = commits.In(body);
        List<(OwnCall Call, Trip? Way)>? leading = null;
        foreach (OwnCall call in body.OwnCalls)
        {
            if (!IsAmong(own, call) && commits.MayLeadToWrite(call, out Trip? way))
                (leading ??= []).Add((call, way));
        }

        // Through which session a write works is known by the code that it stands in, which may have to be bound.
        if (leading is null || own.Length + leading.Count < 2)
            return null;
        List<Commit>? called = null;
        foreach ((OwnCall call, Trip? way) in leading)
        {
            if (commits.Of(call, way) is { } commit)
                (called ??= []).Add(commit);
        }

        return called;
    }

    private static bool IsAmong(Commit[] commits, OwnCall call)
    {
        foreach (Commit commit in commits)
        {
            if (commit.Call == call)
                return true;
        }

        return false;
    }

    /// <summary>Whether at least two places of a body may write and one of them is a call, as far as can be told without looking at what the body calls.</summary>
    private bool MayHaveTwo(BodyFacts body)
    {
        int calls = 0;
        foreach (OwnCall call in body.OwnCalls)
        {
            if (commits.MayWrite(call) && ++calls == 2)
                return true;
        }

        return calls == 1 && Array.Exists(commits.In(body), static commit => commit.Call is null);
    }

    private static bool IsCall(Commit commit) => commit is { Call: not null, IsSave: false };

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
