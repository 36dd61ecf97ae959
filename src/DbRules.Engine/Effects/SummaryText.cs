using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DbRules.Engine.Calls;

namespace DbRules.Engine.Effects;

/// <summary>A summary in words: for tests, and for what an assembly tells those that reference it. What is written can be read, but for locations.</summary>
internal static class SummaryText
{
    private const string Separator = "; ";
    private const string Arrow = " → ";
    private const string NothingWord = "nothing";
    private const string MayWriteWord = "may write";
    private const string OnMissWord = "reads on miss";
    private const string LazyWord = "lazy";
    private const string WorksOutsideWord = "works outside";
    private const string MayWorkOutsideWord = "may work outside";
    private const string ReturnsAcquiredWord = "returns acquired";
    private const string ForEachOf = "for each of ";
    private const string Releases = "releases ";
    private const string Bounds = "bounds ";
    private const string Invokes = "invokes ";
    private const string OnMissMark = " on miss";
    private const string PerElementMark = " for each";
    private const string SourceMark = " of ";

    /// <summary>What each way does; the first three of the code itself, the others of what it repeats.</summary>
    private static readonly string[] Ways = ["reads ", "saves ", "writes ", "repeats ", "repeats-save ", "repeats-write "];

    private static readonly (TransactionUse Use, string Word)[] Transactions =
        [(TransactionUse.Begins, "begins"), (TransactionUse.Commits, "commits"), (TransactionUse.RollsBack, "rolls back")];

    public static string Write(MethodSummary summary)
    {
        var parts = new List<string>();
        AddTrip(summary.Read, 0);
        AddTrip(summary.Save, 0);
        AddTrip(summary.Write, 0);
        AddTrip(summary.Repeated, 3);
        AddOrdinals(ForEachOf, summary.RepeatedFor);
        if (summary.ReadsOnMiss)
            parts.Add(OnMissWord);
        if (summary.IsLazy)
            parts.Add(LazyWord);
        foreach ((TransactionUse use, string word) in Transactions)
        {
            if ((summary.Transaction & use) != 0)
                parts.Add(word);
        }

        if (summary.Outside != WorkOutside.None)
            parts.Add(summary.Outside == WorkOutside.Certain ? WorksOutsideWord : MayWorkOutsideWord);
        if (summary.ReturnsAcquired)
            parts.Add(ReturnsAcquiredWord);
        AddOrdinals(Releases, summary.Releases);
        AddOrdinals(Bounds, summary.Bounds);
        foreach (DelegateUse use in summary.Invokes)
            parts.Add(Invokes + Number(use.Parameter) + (use.IsOnMiss ? OnMissMark : "") + (use.IsPerElement ? PerElementMark + (use.Source is { } source ? SourceMark + Number(source) : "") : ""));
        if (summary.MayWrite && summary.Save is null && summary.Write is null)
            parts.Add(MayWriteWord);
        return parts.Count == 0 ? NothingWord : string.Join(Separator, parts);

        void AddTrip(Trip? trip, int offset)
        {
            if (trip is not null)
                parts.Add(Ways[(int)trip.Kind + offset] + string.Join(Arrow, trip.Calls.Select(static call => Escape(call.Name))));
        }

        void AddOrdinals(string words, ImmutableArray<int> ordinals)
        {
            if (!ordinals.IsEmpty)
                parts.Add(words + string.Join(",", ordinals.Select(Number)));
        }
    }

    /// <summary>The summary that a text states; null when it is none, such as one of a later version.</summary>
    public static MethodSummary? Read(string text)
    {
        MethodSummary summary = MethodSummary.Nothing;
        if (text == NothingWord)
            return summary;
        foreach (string part in Split(text, Separator))
        {
            if (Add(summary, part) is not { } next)
                return null;
            summary = next;
        }

        return summary.Save is null && summary.Write is null ? summary : summary with { MayWrite = true };
    }

    private static MethodSummary? Add(MethodSummary summary, string part)
    {
        switch (part)
        {
            case MayWriteWord:
                return summary with { MayWrite = true };
            case OnMissWord:
                return summary with { ReadsOnMiss = true };
            case WorksOutsideWord:
                return summary with { Outside = WorkOutside.Certain };
            case MayWorkOutsideWord:
                return summary with { Outside = WorkOutside.Possible };
            case ReturnsAcquiredWord:
                return summary with { ReturnsAcquired = true };
            case LazyWord:
                return summary with { IsLazy = true };
        }

        foreach ((TransactionUse use, string word) in Transactions)
        {
            if (part == word)
                return summary with { Transaction = summary.Transaction | use };
        }

        for (int i = 0; i < Ways.Length; i++)
        {
            if (part.StartsWith(Ways[i], StringComparison.Ordinal))
                return AddTrip(summary, i, part.Substring(Ways[i].Length));
        }

        if (part.StartsWith(ForEachOf, StringComparison.Ordinal))
            return Ordinals(part.Substring(ForEachOf.Length)) is { } repeated ? summary with { RepeatedFor = repeated } : null;
        if (part.StartsWith(Releases, StringComparison.Ordinal))
            return Ordinals(part.Substring(Releases.Length)) is { } released ? summary with { Releases = released } : null;
        if (part.StartsWith(Bounds, StringComparison.Ordinal))
            return Ordinals(part.Substring(Bounds.Length)) is { } bound ? summary with { Bounds = bound } : null;
        return part.StartsWith(Invokes, StringComparison.Ordinal) ? AddDelegate(summary, part.Substring(Invokes.Length)) : null;
    }

    private static MethodSummary? AddTrip(MethodSummary summary, int way, string names)
    {
        var kind = (TripKind)(way % 3);
        Trip? trip = null;
        List<string> calls = Split(names, Arrow);
        for (int i = calls.Count - 1; i >= 0; i--)
        {
            if (Unescape(calls[i]) is not { } name)
                return null;
            trip = new Trip(kind, name, null, trip);
        }

        if (way >= 3)
            return summary with { Repeated = trip };
        return kind switch
        {
            TripKind.Read => summary with { Read = trip },
            TripKind.Save => summary with { Save = trip },
            _ => summary with { Write = trip },
        };
    }

    private static ImmutableArray<int>? Ordinals(string numbers)
    {
        ImmutableArray<int> ordinals = [];
        foreach (string number in numbers.Split(','))
        {
            if (Ordinal(number) is not { } ordinal)
                return null;
            ordinals = ordinals.Add(ordinal);
        }

        return ordinals;
    }

    private static MethodSummary? AddDelegate(MethodSummary summary, string use)
    {
        int? source = null;
        int mark = use.IndexOf(SourceMark, StringComparison.Ordinal);
        if (mark >= 0)
        {
            source = Ordinal(use.Substring(mark + SourceMark.Length));
            use = use.Substring(0, mark);
            if (source is null || !use.EndsWith(PerElementMark, StringComparison.Ordinal))
                return null;
        }

        bool isPerElement = Cut(ref use, PerElementMark);
        bool isOnMiss = Cut(ref use, OnMissMark);
        return Ordinal(use) is { } parameter ? summary with { Invokes = summary.Invokes.Add(new DelegateUse(parameter, isPerElement, source, isOnMiss)) } : null;
    }

    private static bool Cut(ref string text, string ending)
    {
        if (!text.EndsWith(ending, StringComparison.Ordinal))
            return false;
        text = text.Substring(0, text.Length - ending.Length);
        return true;
    }

    /// <summary>The parts of a text; a separator behind a backslash is none.</summary>
    private static List<string> Split(string text, string separator)
    {
        var parts = new List<string>();
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (string.CompareOrdinal(text, i, separator, 0, separator.Length) == 0)
            {
                parts.Add(text.Substring(start, i - start));
                start = i + separator.Length;
                i = start - 1;
            }
        }

        parts.Add(text.Substring(start));
        return parts;
    }

    private static string Escape(string name)
    {
        if (name == "on miss")
            return "\\" + name;
        if (name.IndexOfAny(['\\', ';', '→', '\n', '\r']) < 0)
            return name;
        var text = new StringBuilder();
        foreach (char character in name)
        {
            text.Append(character switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\\' or ';' or '→' => "\\" + character,
                _ => character.ToString(),
            });
        }

        return text.ToString();
    }

    /// <summary>The name as it was before it was escaped; null when no escaped name reads so.</summary>
    private static string? Unescape(string name)
    {
        if (name.IndexOfAny(['\\', ';', '→']) < 0)
            return name;
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] is ';' or '→' || (name[i] == '\\' && i + 1 == name.Length))
                return null;
            text.Append(name[i] != '\\' ? name[i] : name[++i] switch
            {
                'n' => '\n',
                'r' => '\r',
                var character => character,
            });
        }

        return text.ToString();
    }

    private static int? Ordinal(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal) ? ordinal : null;

    private static string Number(int ordinal) => ordinal.ToString(CultureInfo.InvariantCulture);
}
