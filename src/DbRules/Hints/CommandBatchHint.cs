using System.Collections.Immutable;
using DbRules.Engine.Effects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A command of a loop that can go into one batch. Spans are positions in the file of the finding.</summary>
public sealed record CommandBatchHint : Hint
{
    private const string Prefix = "Batched.";

    /// <summary>The loop statement.</summary>
    public TextSpan Loop { get; init; }

    /// <summary>The statement that sends the command.</summary>
    public TextSpan Statement { get; init; }

    /// <summary>The command's name in <see cref="Statement"/>.</summary>
    public TextSpan Command { get; init; }

    /// <summary>The expression that makes the command.</summary>
    public TextSpan Creation { get; init; }

    /// <summary>The connection.</summary>
    public TextSpan Connection { get; init; }

    /// <summary>The transaction; null where there is none.</summary>
    public TextSpan? Transaction { get; init; }

    /// <summary>The SQL text inside <see cref="Creation"/>; null where that takes none.</summary>
    public TextSpan? Text { get; init; }

    /// <summary>The metadata name of the batch's type.</summary>
    public string BatchType { get; init; } = "";

    /// <summary>The metadata name of the type of the commands in it.</summary>
    public string CommandType { get; init; } = "";

    /// <summary>Statements that go.</summary>
    public ImmutableArray<TextSpan> Dropped { get; init; } = [];

    /// <summary>Statements before the loop that move into it, the declaration of the command first; empty where the loop makes the command.</summary>
    public ImmutableArray<TextSpan> Moved { get; init; } = [];

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static CommandBatchHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(Prefix + nameof(Loop)) is { } loop
            && reader.Span(Prefix + nameof(Statement)) is { } statement
            && reader.Span(Prefix + nameof(Command)) is { } command
            && reader.Span(Prefix + nameof(Creation)) is { } creation
            && reader.Span(Prefix + nameof(Connection)) is { } connection
            && reader.Text(Prefix + nameof(BatchType)) is { } batchType
            && reader.Text(Prefix + nameof(CommandType)) is { } commandType
            ? new CommandBatchHint
            {
                Loop = loop,
                Statement = statement,
                Command = command,
                Creation = creation,
                Connection = connection,
                Transaction = reader.Span(Prefix + nameof(Transaction)),
                Text = reader.Span(Prefix + nameof(Text)),
                BatchType = batchType,
                CommandType = commandType,
                Dropped = reader.Spans(Prefix + nameof(Dropped)),
                Moved = reader.Spans(Prefix + nameof(Moved)),
            }
            : null;
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(Prefix + nameof(Loop), Loop);
        writer.Add(Prefix + nameof(Statement), Statement);
        writer.Add(Prefix + nameof(Command), Command);
        writer.Add(Prefix + nameof(Creation), Creation);
        writer.Add(Prefix + nameof(Connection), Connection);
        writer.Add(Prefix + nameof(Transaction), Transaction);
        writer.Add(Prefix + nameof(Text), Text);
        writer.Add(Prefix + nameof(BatchType), BatchType);
        writer.Add(Prefix + nameof(CommandType), CommandType);
        writer.Add(Prefix + nameof(Dropped), Dropped);
        writer.Add(Prefix + nameof(Moved), Moved);
        return writer.ToProperties();
    }

    /// <summary>The hint of a batch that the engine has proven; null for null.</summary>
    internal static CommandBatchHint? Of(CommandBatch? batch) => batch is null ? null : new CommandBatchHint
    {
        Loop = batch.Loop.Syntax.Span,
        Statement = batch.Statement.Syntax.Span,
        Command = batch.Command.Syntax.Span,
        Creation = batch.Creation.Syntax.Span,
        Connection = batch.Connection.Syntax.Span,
        Transaction = batch.Transaction?.Syntax.Span,
        Text = batch.Text?.Syntax.Span,
        BatchType = NameOf(batch.BatchType),
        CommandType = NameOf(batch.CommandType),
        Dropped = [.. batch.Dropped.Select(static statement => statement.Syntax.Span)],
        Moved = [.. batch.Moved.Select(static statement => statement.Syntax.Span)],
    };

    private static string NameOf(INamedTypeSymbol type) => type.ContainingNamespace + "." + type.MetadataName;
}
