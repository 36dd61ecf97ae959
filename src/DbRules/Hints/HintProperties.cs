using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>Writes the parts of a hint as properties of a diagnostic. A span is <c>start,length</c>.</summary>
internal sealed class HintWriter
{
    private readonly ImmutableDictionary<string, string?>.Builder _properties = ImmutableDictionary.CreateBuilder<string, string?>();

    public static string Format(TextSpan span) => span.Start.ToString(CultureInfo.InvariantCulture) + "," + span.Length.ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds a text; null is left out.</summary>
    public void Add(string name, string? value)
    {
        if (value is not null)
            _properties[name] = value;
    }

    /// <summary>Adds a span; null is left out.</summary>
    public void Add(string name, TextSpan? span) => Add(name, span is { } value ? Format(value) : null);

    /// <summary>Adds spans in their order; nothing when there is none.</summary>
    public void Add(string name, ImmutableArray<TextSpan> values) => Add(name, values.IsEmpty ? null : string.Join(";", values.Select(Format)));

    public ImmutableDictionary<string, string?> ToProperties() => _properties.ToImmutable();
}

/// <summary>Reads the parts of a hint. What is missing or malformed is null.</summary>
internal sealed class HintReader(ImmutableDictionary<string, string?> properties)
{
    public static TextSpan? ParseSpan(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int start)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? new TextSpan(start, length)
            : null;
    }

    public string? Text(string name) => properties.TryGetValue(name, out string? value) ? value : null;

    /// <summary>The spans of a name that can be read, in their order.</summary>
    public ImmutableArray<TextSpan> Spans(string name) => [.. (Text(name) ?? "").Split(';').Select(ParseSpan).OfType<TextSpan>()];

    public TextSpan? Span(string name) => Text(name) is { } text ? ParseSpan(text) : null;

    public int? Number(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    public T? Enum<T>(string name)
        where T : struct => System.Enum.TryParse(Text(name), out T value) ? value : null;
}
