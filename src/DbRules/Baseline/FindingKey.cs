using System.Globalization;
using System.Text;

namespace DbRules.Baseline;

/// <summary>
/// What a finding is known by while lines move: its rule, its file and the text of the line that it starts on. Findings with one key are told apart by their
/// number alone. The analyzers and the tool compile this same file.
/// </summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Path">The file, relative to the folder of the baseline, with forward slashes.</param>
/// <param name="Line">The line as <see cref="Squeeze"/> writes it.</param>
internal sealed record FindingKey(string Rule, string Path, string Line)
{
    /// <summary>The name of the property of a diagnostic, and of its entry in an error log, that holds <see cref="Line"/>.</summary>
    public const string LineProperty = "dbrulesLine";

    /// <summary>In characters. A longer line is cut: what counts is that people and merges can read the file.</summary>
    private const int MaxLineLength = 200;

    private const string Separator = " | ";

    /// <summary>Reads what <see cref="ToString"/> wrote; null when the text is no such line.</summary>
    public static FindingKey? Parse(string text)
    {
        int first = text.IndexOf(Separator, StringComparison.Ordinal);
        int second = first < 0 ? -1 : text.IndexOf(Separator, first + Separator.Length, StringComparison.Ordinal);
        if (second < 0)
            return null;
        string rule = text.Substring(0, first);
        string path = text.Substring(first + Separator.Length, second - first - Separator.Length);
        string line = text.Substring(second + Separator.Length);
        return IsRule(rule) && path.Length > 0 && line.Length > 0 ? new FindingKey(rule, Unescape(path), line) : null;
    }

    /// <summary>A line of code without what formatting changes: outer white space is gone, and inner is one space.</summary>
    public static string Squeeze(string line)
    {
        var text = new StringBuilder(Math.Min(line.Length, MaxLineLength));
        foreach (char c in line)
        {
            if (text.Length == MaxLineLength)
                break;
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                text.Append(c);
            else if (text.Length > 0 && text[text.Length - 1] != ' ')
                text.Append(' ');
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The path of a file as seen from the folder of another one, with forward slashes; the path itself when they have no folder in common.</summary>
    public static string RelativePath(string fromFile, string toFile)
    {
        List<string> from = PartsOf(fromFile);
        List<string> to = PartsOf(toFile);
        int common = 0;
        // Drive letters and folders differ in case between the tools of a machine that does not tell them apart.
        while (common < from.Count - 1 && common < to.Count - 1 && string.Equals(from[common], to[common], StringComparison.OrdinalIgnoreCase))
            common++;
        return common == 0 ? string.Join("/", to) : string.Join("/", Enumerable.Repeat("..", from.Count - 1 - common).Concat(to.Skip(common)));
    }

    /// <summary>The folders of a path and its file. The compiler keeps <c>..</c> in the path of a file that is linked from elsewhere, and error logs do not.</summary>
    private static List<string> PartsOf(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] is not ("" or ".."))
                parts.RemoveAt(parts.Count - 1);
            else if (part != ".")
                parts.Add(part);
        }

        return parts;
    }

    /// <summary>The key as a line of a baseline.</summary>
    public override string ToString() => Rule + Separator + Escape(Path) + Separator + Line;

    private static bool IsRule(string text) => text.Length == 6 && text.StartsWith("DBR", StringComparison.Ordinal) && text.Skip(3).All(static c => c is >= '0' and <= '9');

    private static string Escape(string path)
    {
        if (!path.Any(IsEscaped))
            return path;
        var text = new StringBuilder();
        foreach (char c in path)
        {
            if (IsEscaped(c))
                text.Append('%').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }

        return text.ToString();
    }

    private static bool IsEscaped(char c) => c is '|' or '%' or < ' ' or '\u007f';

    private static string Unescape(string path)
    {
        if (path.IndexOf('%') < 0)
            return path;
        var text = new StringBuilder();
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length && int.TryParse(path.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
            {
                text.Append((char)code);
                i += 2;
            }
            else
            {
                text.Append(path[i]);
            }
        }

        return text.ToString();
    }
}
