using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A call that is to be awaited, or to be given a token. Spans are positions in the file of the finding.</summary>
public sealed record AsyncCallHint : Hint
{
    /// <summary>The call, or the query that a loop enumerates.</summary>
    public TextSpan Call { get; init; }

    /// <summary>The name of the member to call; null when the name stays.</summary>
    public string? Name { get; init; }

    /// <summary>The namespace that the file has to import; null when there is none.</summary>
    public string? Import { get; init; }

    /// <summary>Whether the call gives a loop a sequence to enumerate with <c>await foreach</c>.</summary>
    public bool IsEnumeration { get; init; }

    /// <summary>Whether that sequence is a list, which is awaited before the loop walks it.</summary>
    public bool IsList { get; init; }

    /// <summary>The token to pass; null when none is at hand.</summary>
    public string? Token { get; init; }

    /// <summary>The <c>using</c> to await; null when there is none.</summary>
    public TextSpan? Using { get; init; }

    /// <summary>Changes inside the arguments.</summary>
    public ImmutableArray<TextChange> Changes { get; init; } = [];

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static AsyncCallHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        if (reader.Span(nameof(Call)) is not { } call)
            return null;
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        for (int i = 0; reader.Span(nameof(Changes) + i) is { } span; i++)
            changes.Add(new TextChange(span, reader.Text(nameof(Changes) + i + "Text") ?? ""));
        return new AsyncCallHint
        {
            Call = call,
            Name = reader.Text(nameof(Name)),
            Import = reader.Text(nameof(Import)),
            IsEnumeration = reader.Text(nameof(IsEnumeration)) is not null,
            IsList = reader.Text(nameof(IsList)) is not null,
            Token = reader.Text(nameof(Token)),
            Using = reader.Span(nameof(Using)),
            Changes = changes.ToImmutable(),
        };
    }

    /// <summary>The hint of a call that has a twin.</summary>
    internal static AsyncCallHint Of(DbCall call, AsyncTwin twin) => new()
    {
        Call = call.Operation.Syntax.Span,
        Name = twin.Name,
        Import = twin.Import,
        IsEnumeration = twin.IsEnumeration,
        IsList = twin.IsList,
        Token = twin.Token?.Token,
        Using = twin.Using?.Syntax.Span,
        Changes = twin.Token?.Changes ?? [],
    };

    /// <summary>The hint of a call that lacks a token.</summary>
    internal static AsyncCallHint Of(DbCall call, TokenPass token) => new() { Call = call.Operation.Syntax.Span, Token = token.Token, Changes = token.Changes };

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Call), Call);
        writer.Add(nameof(Name), Name);
        writer.Add(nameof(Import), Import);
        writer.Add(nameof(IsEnumeration), IsEnumeration ? "yes" : null);
        writer.Add(nameof(IsList), IsList ? "yes" : null);
        writer.Add(nameof(Token), Token);
        writer.Add(nameof(Using), Using);
        for (int i = 0; i < Changes.Length; i++)
        {
            writer.Add(nameof(Changes) + i, Changes[i].Span);
            writer.Add(nameof(Changes) + i + "Text", Changes[i].NewText);
        }

        return writer.ToProperties();
    }
}
