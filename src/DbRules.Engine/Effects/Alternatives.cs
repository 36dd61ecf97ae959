using System.Collections.Immutable;
using DbRules.Engine.Calls;

namespace DbRules.Engine.Effects;

/// <summary>Joins the summaries of functions of which one runs, or of which all run.</summary>
internal static class Alternatives
{
    /// <summary>
    /// One of the functions runs, and nobody here knows which: only what each of them does is sure. Those that are still open call this one
    /// themselves (a decorator), so they do what the others do.
    /// </summary>
    /// <param name="known">What functions do that do not call this one.</param>
    /// <param name="open">What the others do.</param>
    /// <param name="mayWrite">Whether any function that could run may write; it need not be among the two.</param>
    public static MethodSummary One(IReadOnlyList<MethodSummary> known, IReadOnlyList<MethodSummary> open, bool mayWrite)
    {
        IReadOnlyList<MethodSummary> sure = known.Count > 0 ? known : open;
        if (sure is [var only] && only.MayWrite == mayWrite && IsOfCaller(only))
            return only;
        return new MethodSummary
        {
            Read = Common(sure, static one => one.Read),
            Save = Common(sure, static one => one.Save),
            Write = Common(sure, static one => one.Write),
            Repeated = sure.Select(static one => one.Repeated).Aggregate(Trip.Shorter),
            ReadsOnMiss = sure.Any(static one => one.ReadsOnMiss),
            IsLazy = sure.All(static one => one.IsLazy),
            MayWrite = mayWrite,
            Transaction = sure.Select(static one => one.Transaction).Aggregate(static (left, right) => left & right),
            Outside = sure.Max(static one => one.Outside),
            ReturnsAcquired = sure.All(static one => one.ReturnsAcquired),
            Releases = CommonOrdinals(sure, static one => one.Releases),
            Bounds = CommonOrdinals(sure, static one => one.Bounds),
            Invokes = [.. sure[0].Invokes.Where(use => sure.All(one => one.Invokes.Any(other => other.Parameter == use.Parameter)))
                .Select(use => sure.Any(one => one.Invokes.Any(other => other.Parameter == use.Parameter && other.IsOnMiss)) ? new DelegateUse(use.Parameter, IsOnMiss: true) : use)],
        };
    }

    /// <summary>Whether what one function does is, word by word, what a call does that can run no other one: nothing in it depends on which one runs.</summary>
    private static bool IsOfCaller(MethodSummary only)
    {
        if (!only.RepeatedFor.IsEmpty)
            return false;
        foreach (DelegateUse use in only.Invokes)
        {
            if (use.IsOnMiss)
                return false;
        }

        return true;
    }

    /// <summary>All of the functions run.</summary>
    public static MethodSummary All(IEnumerable<MethodSummary> summaries)
    {
        MethodSummary result = MethodSummary.Nothing;
        foreach (MethodSummary one in summaries)
        {
            result = new MethodSummary
            {
                Read = Trip.Shorter(result.Read, one.Read),
                Save = Trip.Shorter(result.Save, one.Save),
                Write = Trip.Shorter(result.Write, one.Write),
                Repeated = Trip.Shorter(result.Repeated, one.Repeated),
                ReadsOnMiss = result.ReadsOnMiss || one.ReadsOnMiss,
                IsLazy = one.IsLazy,
                MayWrite = result.MayWrite || one.MayWrite,
                Transaction = result.Transaction | one.Transaction,
                Outside = result.Outside.And(one.Outside),
            };
        }

        return result;
    }

    private static ImmutableArray<int> CommonOrdinals(IReadOnlyList<MethodSummary> summaries, Func<MethodSummary, ImmutableArray<int>> ordinalsOf) =>
        [.. ordinalsOf(summaries[0]).Where(ordinal => summaries.All(one => ordinalsOf(one).Contains(ordinal)))];

    private static Trip? Common(IReadOnlyList<MethodSummary> summaries, Func<MethodSummary, Trip?> tripOf) =>
        summaries.All(one => tripOf(one) is not null) ? summaries.Select(tripOf).Aggregate(Trip.Shorter) : null;
}
