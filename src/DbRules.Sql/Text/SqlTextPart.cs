namespace DbRules.Sql;

/// <summary>One part of a <see cref="SqlText"/>: literal text, or a hole that is filled at run time.</summary>
public readonly struct SqlTextPart
{
    private readonly string? _text;

    private SqlTextPart(string? text, int holeOrdinal)
    {
        _text = text;
        HoleOrdinal = holeOrdinal;
    }

    /// <summary>The literal text; empty for a hole.</summary>
    public string Text => _text ?? string.Empty;

    /// <summary>The caller's number for the hole, or -1 for literal text.</summary>
    public int HoleOrdinal { get; }

    public bool IsHole => HoleOrdinal >= 0;

    /// <summary>Characters that the part takes in <see cref="SqlText.Joined"/>: one for a hole.</summary>
    public int Length => IsHole ? 1 : Text.Length;

    /// <summary>Literal text; null counts as empty.</summary>
    public static SqlTextPart Literal(string? text) => new(text, -1);

    /// <summary>A hole; a negative <paramref name="ordinal"/> counts as 0.</summary>
    public static SqlTextPart Hole(int ordinal) => new(null, ordinal < 0 ? 0 : ordinal);
}
