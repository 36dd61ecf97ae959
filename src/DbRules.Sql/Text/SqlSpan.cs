namespace DbRules.Sql;

/// <summary>A stretch of a <see cref="SqlText"/>, in characters of <see cref="SqlText.Joined"/>.</summary>
public readonly record struct SqlSpan(int Start, int Length)
{
    /// <summary>The position behind the last character.</summary>
    public int End => Start + Length;

    /// <summary>The span from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public static SqlSpan Between(int start, int end) => new(start, end - start);

    public override string ToString() => $"[{Start}..{End})";
}
