using System.Collections.Immutable;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>The commit that a transaction lacks. Spans are positions in the file of the finding.</summary>
public sealed record CommitHint : Hint
{
    /// <summary>The name of the local that holds the transaction.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Whether the transaction was opened asynchronously, so that the commit is awaited.</summary>
    public bool IsAsync { get; init; }

    /// <summary>The token that the commit is given, as code; null where it is given none.</summary>
    public string? Token { get; init; }

    /// <summary>The block at whose end the commit stands; null where it stands before a return.</summary>
    public TextSpan? Block { get; init; }

    /// <summary>The return statement that the commit stands before; null where it stands at the end of a block.</summary>
    public TextSpan? Return { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static CommitHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Text(nameof(Holder)) is { } holder
            ? new CommitHint
            {
                Holder = holder,
                IsAsync = reader.Text(nameof(IsAsync)) is not null,
                Token = reader.Text(nameof(Token)),
                Block = reader.Span(nameof(Block)),
                Return = reader.Span(nameof(Return)),
            }
            : null;
    }

    /// <summary>The hint of what the engine found; null when it knows no place, so that no fix is offered.</summary>
    internal static CommitHint? Of(LostTransaction lost) => lost is { Place: { } place, Transaction: { Holder: { } holder, Begin: IInvocationOperation begin } }
        ? new CommitHint
        {
            Holder = holder.Name,
            IsAsync = begin.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal),
            Token = place.Token?.Syntax.ToString(),
            Block = place.Block?.Syntax.Span,
            Return = place.Return?.Syntax.Span,
        }
        : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Holder), Holder);
        writer.Add(nameof(IsAsync), IsAsync ? "true" : null);
        writer.Add(nameof(Token), Token);
        writer.Add(nameof(Block), Block);
        writer.Add(nameof(Return), Return);
        return writer.ToProperties();
    }
}
