using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Baseline;

/// <summary>The findings that one baseline lists, used up one by one: a third equal finding beside two listed ones is not known.</summary>
internal sealed class KnownFindings
{
    // In an IDE the same text is asked for at every keystroke.
    private static readonly ConditionalWeakTable<SourceText, ImmutableDictionary<FindingKey, int>> Read = new();

    private readonly string _path;
    private readonly Dictionary<FindingKey, int> _left;

    private KnownFindings(string path, IDictionary<FindingKey, int> counts)
    {
        _path = path;
        _left = new Dictionary<FindingKey, int>(counts);
    }

    /// <summary>The findings of all baselines among a project's additional files.</summary>
    public static ImmutableArray<KnownFindings> Of(ImmutableArray<AdditionalText> files, CancellationToken cancellation)
    {
        ImmutableArray<KnownFindings> all = [];
        foreach (AdditionalText file in files)
        {
            if (BaselineText.IsBaseline(file.Path) && !all.Any(known => known._path == file.Path) && file.GetText(cancellation) is { } text)
                all = all.Add(new KnownFindings(file.Path, Read.GetValue(text, static text => BaselineText.Count(KeysOf(text)))));
        }

        return all;
    }

    /// <summary>What the lines list. Those that cannot be read do not count.</summary>
    private static IEnumerable<FindingKey> KeysOf(SourceText text) =>
        text.Lines.Select(static line => line.ToString()).Where(static line => !BaselineText.IsComment(line)).Select(FindingKey.Parse).OfType<FindingKey>();

    /// <summary>Whether a finding is listed and not used up yet; uses it up.</summary>
    public bool Take(Diagnostic finding)
    {
        if (!finding.Properties.TryGetValue(FindingKey.LineProperty, out string? line) || line is null)
            return false;
        // Error logs have the place that #line directives say, so that is what the tool sees.
        var key = new FindingKey(finding.Id, FindingKey.RelativePath(_path, finding.Location.GetMappedLineSpan().Path), line);
        if (!_left.TryGetValue(key, out int left) || left == 0)
            return false;
        _left[key] = left - 1;
        return true;
    }
}
