using System.Collections.Immutable;

namespace DbRules.Hints;

/// <summary>How a method returns what belongs to many keys.</summary>
public enum BatchKind
{
    Dictionary,
    Lookup,
    Set,
    Rows,
}

/// <summary>A call with one key of the element, and how a call with all keys before the loop can replace it.</summary>
public sealed record BatchLookupHint : Hint
{
    /// <summary>What is looked up, in which loop, by which key.</summary>
    public KeyLookupHint Lookup { get; init; } = new();

    /// <summary>The name of the method that takes all keys.</summary>
    public string Method { get; init; } = "";

    public BatchKind Batch { get; init; }

    /// <summary>The arguments of the new call; <c>{keys}</c> stands for the keys.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>The operator that makes the collection of keys: <c>ToList</c>, <c>ToArray</c> or <c>ToHashSet</c>.</summary>
    public string Collect { get; init; } = "";

    /// <summary>The operator that makes of a key's rows what the call returned; null when there is none.</summary>
    public string? Finish { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static BatchLookupHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        if (KeyLookupHint.From(properties) is not { } lookup
            || reader.Text("Batch.Method") is not { } method
            || reader.Enum<BatchKind>("Batch.Kind") is not { } kind
            || reader.Text("Batch.Arguments") is not { } arguments
            || reader.Text("Batch.Collect") is not { } collect)
        {
            return null;
        }

        return new BatchLookupHint { Lookup = lookup, Method = method, Batch = kind, Arguments = arguments, Collect = collect, Finish = reader.Text("Batch.Finish") };
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add("Batch.Method", Method);
        writer.Add("Batch.Kind", Batch.ToString());
        writer.Add("Batch.Arguments", Arguments);
        writer.Add("Batch.Collect", Collect);
        writer.Add("Batch.Finish", Finish);
        return Lookup.ToProperties().AddRange(writer.ToProperties());
    }
}
