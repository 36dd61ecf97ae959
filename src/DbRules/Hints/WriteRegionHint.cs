using System.Collections.Immutable;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>How one transaction goes around writes, or which save is needless. Spans are positions in the file of the finding.</summary>
public sealed record WriteRegionHint : Hint
{
    private const string Prefix = "Region.";

    /// <summary>The statement that saves needlessly; null where a transaction is needed.</summary>
    public TextSpan? NeedlessSave { get; init; }

    /// <summary>The context, as the code names it, whose execution strategy must run the statements as one unit; null where none need.</summary>
    public string? StrategyOf { get; init; }

    /// <summary>The statement that the transaction begins before.</summary>
    public TextSpan First { get; init; }

    /// <summary>The statement that it is committed behind.</summary>
    public TextSpan Last { get; init; }

    /// <summary>The jumps in between that it is committed before.</summary>
    public ImmutableArray<TextSpan> Exits { get; init; } = [];

    /// <summary>The call that begins it, without arguments.</summary>
    public string Begin { get; init; } = "";

    /// <summary>The call that opens the connection first, without arguments; null where it is open.</summary>
    public string? Open { get; init; }

    /// <summary>How each command in between is given the transaction; empty where the context hands it on.</summary>
    public ImmutableArray<TransactionArgument> Passes { get; init; } = [];

    /// <summary>The member that commits it.</summary>
    public string Commit { get; init; } = "";

    /// <summary>Whether both are awaited.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Whether it is released with <c>await using</c>.</summary>
    public bool IsReleasedAsync { get; init; }

    /// <summary>The cancellation token that both are given; null when there is none.</summary>
    public string? Token { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static WriteRegionHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        if (reader.Span(Prefix + nameof(NeedlessSave)) is { } needless)
            return new WriteRegionHint { NeedlessSave = needless };
        return reader.Span(Prefix + nameof(First)) is { } first
            && reader.Span(Prefix + nameof(Last)) is { } last
            && reader.Text(Prefix + nameof(Begin)) is { } begin
            && reader.Text(Prefix + nameof(Commit)) is { } commit
            ? new WriteRegionHint
            {
                StrategyOf = reader.Text(Prefix + nameof(StrategyOf)),
                First = first,
                Last = last,
                Exits = reader.Spans(Prefix + nameof(Exits)),
                Begin = begin,
                Commit = commit,
                Open = reader.Text(Prefix + nameof(Open)),
                Passes = TransactionArgument.ParseAll(reader.Text(Prefix + nameof(Passes))),
                IsAwaited = reader.Text(Prefix + nameof(IsAwaited)) is not null,
                IsReleasedAsync = reader.Text(Prefix + nameof(IsReleasedAsync)) is not null,
                Token = reader.Text(Prefix + nameof(Token)),
            }
            : null;
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(Prefix + nameof(NeedlessSave), NeedlessSave);
        if (NeedlessSave is null)
        {
            writer.Add(Prefix + nameof(StrategyOf), StrategyOf);
            writer.Add(Prefix + nameof(First), First);
            writer.Add(Prefix + nameof(Last), Last);
            writer.Add(Prefix + nameof(Exits), Exits);
            writer.Add(Prefix + nameof(Begin), Begin);
            writer.Add(Prefix + nameof(Commit), Commit);
            writer.Add(Prefix + nameof(Open), Open);
            writer.Add(Prefix + nameof(Passes), TransactionArgument.Format(Passes));
            writer.Add(Prefix + nameof(IsAwaited), IsAwaited ? "yes" : null);
            writer.Add(Prefix + nameof(IsReleasedAsync), IsReleasedAsync ? "yes" : null);
            writer.Add(Prefix + nameof(Token), Token);
        }

        return writer.ToProperties();
    }

    /// <summary>The hint of a region that the engine has found; null for null.</summary>
    internal static WriteRegionHint? Of(WriteRegion? region) => region switch
    {
        null => null,
        { NeedlessSave: { } needless } => new WriteRegionHint { NeedlessSave = needless.Syntax.Span },
        { First: { } first, Last: { } last } => new WriteRegionHint
        {
            StrategyOf = region.StrategyOf,
            First = first.Syntax.Span,
            Last = last.Syntax.Span,
            Exits = [.. region.Exits.Select(static exit => exit.Syntax.Span)],
            Begin = region.Begin,
            Commit = region.Commit,
            Open = region.Open,
            Passes = [.. region.Passes.Select(static pass => new TransactionArgument(pass.Target.Syntax.Span, pass.Parameter, pass.Position))],
            IsAwaited = region.IsAwaited,
            IsReleasedAsync = region.IsReleasedAsync,
            Token = region.Token,
        },
        _ => null,
    };
}
