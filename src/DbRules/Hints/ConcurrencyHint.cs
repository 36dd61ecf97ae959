using System.Collections.Immutable;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>Operations that start while another one of the same context runs. Spans are positions in the file of the finding.</summary>
/// <param name="Calls">The calls, the first included, in source order.</param>
public sealed record ConcurrencyHint(ImmutableArray<TextSpan> Calls) : Hint
{
    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static ConcurrencyHint? From(ImmutableDictionary<string, string?> properties) =>
        new HintReader(properties).Spans(nameof(Calls)) is { IsEmpty: false } calls ? new ConcurrencyHint(calls) : null;

    /// <summary>The hint of a finding; null where one call meets itself, so that there is no turn to take.</summary>
    internal static ConcurrencyHint? Of(ConcurrentUse use) => use.Runner is not null || use.First == use.Second
        ? null
        : new ConcurrencyHint([.. new[] { use.First, use.Second }.Concat(use.More).Select(static one => one.Operation.Syntax.Span).OrderBy(static span => span.Start)]);

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Calls), Calls);
        return writer.ToProperties();
    }
}
