using System.Collections.Immutable;
using System.Globalization;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A transaction that a command lacks. Spans are positions in the file of the finding.</summary>
public sealed record TransactionPassHint : Hint
{
    /// <summary>The call or object creation that gets one more argument; the creation of the command whose property is set.</summary>
    public TextSpan Target { get; init; }

    /// <summary>The name of the local, parameter, field or property that holds the transaction.</summary>
    public string Holder { get; init; } = "";

    /// <summary>The parameter that takes the transaction; null where the property <c>Transaction</c> is set.</summary>
    public string? Parameter { get; init; }

    /// <summary>The place of that parameter among the arguments as written.</summary>
    public int Position { get; init; }

    /// <summary>The call behind which the property can be set; null when it can be set at once.</summary>
    public TextSpan? Begin { get; init; }

    /// <summary>Whether the holder wraps the transaction that is passed.</summary>
    public bool NeedsInner { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static TransactionPassHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Target)) is { } target && reader.Text(nameof(Holder)) is { } holder
            ? new TransactionPassHint
            {
                Target = target,
                Holder = holder,
                Parameter = reader.Text(nameof(Parameter)),
                Position = reader.Number(nameof(Position)) ?? -1,
                Begin = reader.Span(nameof(Begin)),
                NeedsInner = reader.Text(nameof(NeedsInner)) is not null,
            }
            : null;
    }

    /// <summary>The hint of what the engine found; null when it knows no way, so that no fix is offered.</summary>
    internal static TransactionPassHint? Of(StrayCommand stray) => stray is { Pass: { } pass, Transaction: { } holder }
        ? new TransactionPassHint
        {
            Target = pass.Target.Syntax.Span,
            Holder = holder.Name,
            Parameter = pass.Parameter,
            Position = pass.Position,
            Begin = pass.Begin?.Syntax.Span,
            NeedsInner = pass.NeedsInner,
        }
        : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Target), Target);
        writer.Add(nameof(Holder), Holder);
        writer.Add(nameof(Parameter), Parameter);
        writer.Add(nameof(Position), Position < 0 ? null : Position.ToString(CultureInfo.InvariantCulture));
        writer.Add(nameof(Begin), Begin);
        writer.Add(nameof(NeedsInner), NeedsInner ? "true" : null);
        return writer.ToProperties();
    }
}
