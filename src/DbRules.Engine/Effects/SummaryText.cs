using System.Collections.Immutable;
using System.Globalization;

namespace DbRules.Engine.Effects;

/// <summary>A summary in words: for tests, and for what an assembly tells those that reference it.</summary>
internal static class SummaryText
{
    public static string Write(MethodSummary summary)
    {
        var parts = new List<string>();
        AddTrip("reads", summary.Read);
        AddTrip("saves", summary.Save);
        AddTrip("writes", summary.Write);
        AddTrip("repeats", summary.Repeated);
        AddOrdinals("for each of", summary.RepeatedFor);
        if (summary.ReadsOnMiss)
            parts.Add("reads on miss");
        if (summary.IsLazy)
            parts.Add("lazy");
        if ((summary.Transaction & TransactionUse.Begins) != 0)
            parts.Add("begins");
        if ((summary.Transaction & TransactionUse.Commits) != 0)
            parts.Add("commits");
        if ((summary.Transaction & TransactionUse.RollsBack) != 0)
            parts.Add("rolls back");
        if (summary.WorksOutside)
            parts.Add("works outside");
        if (summary.ReturnsAcquired)
            parts.Add("returns acquired");
        AddOrdinals("releases", summary.Releases);
        AddOrdinals("bounds", summary.Bounds);
        foreach (DelegateUse use in summary.Invokes)
            parts.Add("invokes " + Number(use.Parameter) + (use.IsOnMiss ? " on miss" : "") + (use.IsPerElement ? " for each" + (use.Source is { } source ? " of " + Number(source) : "") : ""));
        if (summary.MayWrite && summary.Save is null && summary.Write is null)
            parts.Add("may write");
        return parts.Count == 0 ? "nothing" : string.Join("; ", parts);

        void AddTrip(string word, Trip? trip)
        {
            if (trip is not null)
                parts.Add(word + " " + trip);
        }

        void AddOrdinals(string words, ImmutableArray<int> ordinals)
        {
            if (!ordinals.IsEmpty)
                parts.Add(words + " " + string.Join(",", ordinals.Select(Number)));
        }
    }

    private static string Number(int ordinal) => ordinal.ToString(CultureInfo.InvariantCulture);
}
