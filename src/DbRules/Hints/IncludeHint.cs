using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A navigation that a query can load along with its rows. Spans are positions in the file of the finding.</summary>
public sealed record IncludeHint : Hint
{
    /// <summary>The expression that the new call is chained to.</summary>
    public TextSpan Behind { get; init; }

    /// <summary>The navigations to name, first to last.</summary>
    public ImmutableArray<string> Path { get; init; } = [];

    /// <summary>The names of the types that the navigations belong to, as many.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Whether the new call continues the include before it.</summary>
    public bool Continues { get; init; }

    /// <summary>The statement that is not needed any more; null when there is none.</summary>
    public TextSpan? Obsolete { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static IncludeHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        if (reader.Span(nameof(Behind)) is not { } behind || reader.Text(nameof(Path)) is not { Length: > 0 } path || reader.Text(nameof(Types)) is not { } types)
            return null;
        var hint = new IncludeHint
        {
            Behind = behind,
            Path = [.. path.Split('.')],
            Types = [.. types.Split('.')],
            Continues = reader.Text(nameof(Continues)) is not null,
            Obsolete = reader.Span(nameof(Obsolete)),
        };
        return hint.Path.Length == hint.Types.Length ? hint : null;
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Behind), Behind);
        writer.Add(nameof(Path), string.Join(".", Path));
        writer.Add(nameof(Types), string.Join(".", Types));
        writer.Add(nameof(Continues), Continues ? "yes" : null);
        writer.Add(nameof(Obsolete), Obsolete);
        return writer.ToProperties();
    }
}
