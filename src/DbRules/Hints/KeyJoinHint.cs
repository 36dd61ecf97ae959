using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A key that is read through a navigation. Spans are positions in the file of the finding.</summary>
public sealed record KeyJoinHint : Hint
{
    /// <summary>The whole expression.</summary>
    public TextSpan Read { get; init; }

    /// <summary>What has the navigation.</summary>
    public TextSpan Owner { get; init; }

    /// <summary>The property of the owner that has the same value.</summary>
    public string ForeignKey { get; init; } = "";

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static KeyJoinHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Read)) is { } read && reader.Span(nameof(Owner)) is { } owner && reader.Text(nameof(ForeignKey)) is { } foreignKey
            ? new KeyJoinHint { Read = read, Owner = owner, ForeignKey = foreignKey }
            : null;
    }

    /// <summary>The hint of what the engine found.</summary>
    internal static KeyJoinHint Of(KeyJoin found) => new() { Read = found.Read.Syntax.Span, Owner = found.Owner.Syntax.Span, ForeignKey = found.ForeignKey.Name };

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Read), Read);
        writer.Add(nameof(Owner), Owner);
        writer.Add(nameof(ForeignKey), ForeignKey);
        return writer.ToProperties();
    }
}
