using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>Steps that can run in front of the call behind which they stand. Spans are positions in the file of the finding.</summary>
public sealed record LateStepsHint : Hint
{
    /// <summary>The call that fetches the rows, or behind which they leave the store.</summary>
    public TextSpan Boundary { get; init; }

    /// <summary>The steps, each with all that it stands on, in their order.</summary>
    public ImmutableArray<TextSpan> Steps { get; init; }

    /// <summary>The only use of the local that holds the rows; null when the steps stand behind the boundary itself.</summary>
    public TextSpan? Use { get; init; }

    /// <summary>Whether the last step returns one row or value.</summary>
    public bool EndsInAnswer { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static LateStepsHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Boundary)) is { } boundary && reader.Spans(nameof(Steps)) is { IsEmpty: false } steps
            ? new LateStepsHint { Boundary = boundary, Steps = steps, Use = reader.Span(nameof(Use)), EndsInAnswer = reader.Text(nameof(EndsInAnswer)) is not null }
            : null;
    }

    /// <summary>The hint of what the engine found; null where no fix is known.</summary>
    internal static LateStepsHint? Of(LateSteps found) => !found.CanMove ? null : new LateStepsHint
    {
        Boundary = found.Boundary.Syntax.Span,
        Steps = [.. found.Steps.Select(step => step.Syntax.Span)],
        Use = found.Use?.Syntax.Span,
        EndsInAnswer = found.EndsInAnswer,
    };

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Boundary), Boundary);
        writer.Add(nameof(Steps), Steps);
        writer.Add(nameof(Use), Use);
        writer.Add(nameof(EndsInAnswer), EndsInAnswer ? "" : null);
        return writer.ToProperties();
    }
}
