using System.Collections.Immutable;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A scope that is to be completed at the end of its lifetime. Spans are positions in the file of the finding.</summary>
/// <param name="Creation">The expression that makes the scope.</param>
/// <param name="Local">The local that holds it; null when none does.</param>
/// <param name="Completion">The name of the member that completes it.</param>
public sealed record CompletionHint(TextSpan Creation, string? Local, string Completion) : Hint
{
    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static CompletionHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Creation)) is { } creation && reader.Text(nameof(Completion)) is { } completion
            ? new CompletionHint(creation, reader.Text(nameof(Local)), completion)
            : null;
    }

    /// <summary>The hint of a scope that nothing completes; null where some path does, so that somebody has to say which others should.</summary>
    internal static CompletionHint? Of(AmbientScope scope, LostWrites found) =>
        found.Exit is null ? new CompletionHint(scope.Creation.Syntax.Span, scope.Local?.Name, found.Completion) : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Creation), Creation);
        writer.Add(nameof(Local), Local);
        writer.Add(nameof(Completion), Completion);
        return writer.ToProperties();
    }
}
