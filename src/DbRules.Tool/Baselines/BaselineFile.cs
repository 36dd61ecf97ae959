using System.Collections.Immutable;
using System.Text;
using DbRules.Baseline;

namespace DbRules.Tool.Baselines;

/// <summary>A baseline as it is on disk: its findings and the comments above them.</summary>
internal sealed class BaselineFile
{
    /// <summary>What every baseline starts with: nothing that changes from one writing to the next, so that branches merge.</summary>
    private static readonly ImmutableArray<string> Header =
    [
        "# Known findings of DbRules: they are silent, and all others are reported. Written by 'dbrules baseline':",
        "# https://github.com/dbrules/dbrules/blob/main/docs/baseline.md",
        "# One finding a line: rule | file | line of code. A comment belongs to the line below it.",
    ];

    private readonly List<(IReadOnlyList<string> Comments, FindingKey Key)> _entries = [];
    private readonly List<string> _lastComments = [];
    private readonly string _original;

    private BaselineFile(string path, string text, bool exists)
    {
        Path = path;
        Exists = exists;
        _original = text;
        List<string> comments = [];
        foreach (string line in text.Split('\n').Select(static line => line.TrimEnd('\r')))
        {
            if (BaselineText.IsComment(line))
            {
                if (line.Length > 0 && !Header.Contains(line))
                    comments.Add(line);
            }
            else if (FindingKey.Parse(line) is { } key)
            {
                _entries.Add((comments, key));
                comments = [];
            }
            else
            {
                UnreadableLines++;
            }
        }

        _lastComments = comments;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    public bool Exists { get; }

    /// <summary>How many lines are neither findings nor comments. Writing leaves them out.</summary>
    public int UnreadableLines { get; }

    /// <summary>How often each finding is listed.</summary>
    public ImmutableDictionary<FindingKey, int> Counts => BaselineText.Count(_entries.Select(static entry => entry.Key));

    /// <summary>Reads a baseline; one without lines when there is no file.</summary>
    public static BaselineFile Read(string path) => File.Exists(path) ? Parse(path, File.ReadAllText(path)) : new BaselineFile(path, "", exists: false);

    /// <summary>A baseline with a text.</summary>
    public static BaselineFile Parse(string path, string text) => new(path, text, exists: true);

    /// <summary>The text of a baseline that lists findings so and so often. Comments stay above the findings that stay.</summary>
    public string With(IReadOnlyDictionary<FindingKey, int> counts)
    {
        var lines = new List<string>(Header);
        ILookup<FindingKey, IReadOnlyList<string>> comments = _entries.ToLookup(static entry => entry.Key, static entry => entry.Comments);
        foreach ((FindingKey key, int count) in counts.Where(static pair => pair.Value > 0).OrderBy(static pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            // The commented ones among equal lines stay.
            IReadOnlyList<string>[] above = [.. comments[key].OrderByDescending(static lines => lines.Count)];
            for (int i = 0; i < count; i++)
            {
                if (i < above.Length)
                    lines.AddRange(above[i]);
                lines.Add(key.ToString());
            }
        }

        lines.AddRange(_lastComments);
        string end = _original.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return string.Concat(lines.Select(line => line + end));
    }

    /// <summary>Writes a text of <see cref="With"/> unless the file has it already.</summary>
    public void Write(string text)
    {
        if (!Exists || text != _original)
            File.WriteAllText(Path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
