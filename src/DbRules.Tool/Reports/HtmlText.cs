using System.Globalization;
using System.Net;
using System.Text;

namespace DbRules.Tool.Reports;

/// <summary>Writes HTML. Text is always encoded; what is not text is a constant of the caller.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    /// <summary>Text as it may stand between tags and in quoted attributes. Characters that are invisible, or change the direction of what follows, are shown as �.</summary>
    public static string Encode(string text)
    {
        if (text.Any(IsHarmful))
            text = string.Concat(text.Select(static c => IsHarmful(c) ? '\uFFFD' : c));
        return WebUtility.HtmlEncode(text);
    }

    /// <summary>Adds markup as it is.</summary>
    public HtmlText Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>Adds text.</summary>
    public HtmlText Text(string text) => Raw(Encode(text));

    /// <summary>Adds an element that holds text alone.</summary>
    /// <param name="tag">Its name, with attributes that are constants of the caller.</param>
    public HtmlText Element(string tag, string text) => Raw($"<{tag}>").Text(text).Raw($"</{tag.Split(' ')[0]}>");

    /// <summary>Adds an element that holds a path, which may break behind each folder.</summary>
    /// <param name="tag">Its name, with attributes that are constants of the caller.</param>
    public HtmlText Path(string tag, string path) => Raw($"<{tag}>{Encode(path).Replace("/", "/<wbr>", StringComparison.Ordinal)}</{tag.Split(' ')[0]}>");

    /// <summary>Adds a link; its text alone when the address is none of the web.</summary>
    public HtmlText Link(string? address, string text) =>
        address is not null && Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http"
            ? Raw($"<a href=\"{Encode(uri.AbsoluteUri)}\">").Text(text).Raw("</a>") : Text(text);

    public override string ToString() => _html.ToString();

    /// <summary>Whether a character is invisible, or changes the direction of what follows.</summary>
    public static bool IsHarmful(char c) => c != '\t' && (char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
