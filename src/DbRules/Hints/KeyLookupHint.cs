using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>What the code makes of the rows that a key selects.</summary>
public enum LookupKind
{
    One,
    Many,
    Any,
    Count,
}

/// <summary>How the loop's source can be walked a second time.</summary>
public enum LoopSource
{
    /// <summary>As it stands.</summary>
    Again,

    /// <summary>After a local holds it.</summary>
    Held,

    /// <summary>After a local holds a list of it.</summary>
    Listed,

    /// <summary>After a local holds the rows of the query that it is.</summary>
    Queried,
}

/// <summary>A read by one key of the element, and how one query before the loop can replace it. Spans are positions in the file of the finding.</summary>
public sealed record KeyLookupHint : Hint
{
    public LookupKind Kind { get; init; }

    /// <summary>Whether no two rows have the same key.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The <c>foreach</c> statement.</summary>
    public TextSpan Loop { get; init; }

    public LoopSource Source { get; init; }

    /// <summary>The expression to replace in the loop: the call, or the <c>await</c> of it.</summary>
    public TextSpan Result { get; init; }

    /// <summary>The call, or the query that an inner loop enumerates.</summary>
    public TextSpan Call { get; init; }

    /// <summary>Whether an inner loop enumerates the query itself, without a call that runs it.</summary>
    public bool IsEnumerated { get; init; }

    /// <summary>The key where the call uses it.</summary>
    public TextSpan Key { get; init; }

    /// <summary>The key as an expression of the loop variable.</summary>
    public TextSpan KeyOfElement { get; init; }

    /// <summary>The member of the row that equals the key.</summary>
    public string Member { get; init; } = "";

    /// <summary>The name of the row's type; null when the call returns no rows.</summary>
    public string? Row { get; init; }

    /// <summary>The equality inside a predicate; null for a lookup by primary key and for SQL.</summary>
    public TextSpan? Condition { get; init; }

    /// <summary>A cancellation token that the code around has and the call does not pass; null when there is none.</summary>
    public string? UnusedToken { get; init; }

    /// <summary>What becomes of the SQL; null for LINQ.</summary>
    public SqlHint? Sql { get; init; }

    /// <summary>The parameter of the overload that takes an array of keys and returns a value for each; null where the call has no such overload.</summary>
    public string? KeyListParameter { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static KeyLookupHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        if (reader.Enum<LookupKind>(nameof(Kind)) is not { } kind
            || reader.Enum<LoopSource>(nameof(Source)) is not { } source
            || reader.Span(nameof(Loop)) is not { } loop
            || reader.Span(nameof(Result)) is not { } result
            || reader.Span(nameof(Call)) is not { } call
            || reader.Span(nameof(Key)) is not { } key
            || reader.Span(nameof(KeyOfElement)) is not { } keyOfElement
            || reader.Text(nameof(Member)) is not { } member)
        {
            return null;
        }

        return new KeyLookupHint
        {
            Kind = kind,
            IsUnique = reader.Text(nameof(IsUnique)) is not null,
            Loop = loop,
            Source = source,
            Result = result,
            Call = call,
            IsEnumerated = reader.Text(nameof(IsEnumerated)) is not null,
            Key = key,
            KeyOfElement = keyOfElement,
            Member = member,
            Row = reader.Text(nameof(Row)),
            Condition = reader.Span(nameof(Condition)),
            UnusedToken = reader.Text(nameof(UnusedToken)),
            Sql = SqlHint.From(reader),
            KeyListParameter = reader.Text(nameof(KeyListParameter)),
        };
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Kind), Kind.ToString());
        writer.Add(nameof(IsUnique), IsUnique ? "yes" : null);
        writer.Add(nameof(Loop), Loop);
        writer.Add(nameof(Source), Source.ToString());
        writer.Add(nameof(Result), Result);
        writer.Add(nameof(Call), Call);
        writer.Add(nameof(IsEnumerated), IsEnumerated ? "yes" : null);
        writer.Add(nameof(Key), Key);
        writer.Add(nameof(KeyOfElement), KeyOfElement);
        writer.Add(nameof(Member), Member);
        writer.Add(nameof(Row), Row);
        writer.Add(nameof(Condition), Condition);
        writer.Add(nameof(UnusedToken), UnusedToken);
        Sql?.Write(writer);
        writer.Add(nameof(KeyListParameter), KeyListParameter);
        return writer.ToProperties();
    }
}

/// <summary>How the SQL of a lookup by one key becomes the SQL of a lookup by many.</summary>
public sealed record SqlHint
{
    private const char Separator = '\u001f';

    /// <summary>The SQL argument.</summary>
    public TextSpan Argument { get; init; }

    /// <summary>The text that the argument has.</summary>
    public string Text { get; init; } = "";

    /// <summary>Replacements in the text, last first; <c>{keys}</c> stands for the name of the parameter that holds the keys.</summary>
    public ImmutableArray<TextChange> Edits { get; init; }

    /// <summary>The values argument: an anonymous object.</summary>
    public TextSpan Values { get; init; }

    /// <summary>The member of the values that holds the key.</summary>
    public TextSpan ValueMember { get; init; }

    /// <summary>The table's name, for names made from it.</summary>
    public string Table { get; init; } = "";

    internal static SqlHint? From(HintReader reader)
    {
        if (reader.Span("Sql.Argument") is not { } argument
            || reader.Text("Sql.Text") is not { } text
            || reader.Text("Sql.Edits") is not { } edits
            || reader.Span("Sql.Values") is not { } values
            || reader.Span("Sql.ValueMember") is not { } member
            || reader.Text("Sql.Table") is not { } table)
        {
            return null;
        }

        string[] parts = edits.Split(Separator);
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        for (int i = 0; i + 1 < parts.Length; i += 2)
        {
            if (HintReader.ParseSpan(parts[i]) is not { } span)
                return null;
            changes.Add(new TextChange(span, parts[i + 1]));
        }

        return new SqlHint { Argument = argument, Text = text, Edits = changes.ToImmutable(), Values = values, ValueMember = member, Table = table };
    }

    internal void Write(HintWriter writer)
    {
        writer.Add("Sql.Argument", Argument);
        writer.Add("Sql.Text", Text);
        writer.Add("Sql.Edits", string.Join(Separator.ToString(CultureInfo.InvariantCulture), Edits.Select(edit => HintWriter.Format(edit.Span) + Separator + edit.NewText)));
        writer.Add("Sql.Values", Values);
        writer.Add("Sql.ValueMember", ValueMember);
        writer.Add("Sql.Table", Table);
    }
}
