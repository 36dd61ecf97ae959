namespace DbRules.Sql;

/// <summary>
/// SQL as the code writes it: literal text with holes. All positions of this assembly are offsets in <see cref="Joined"/>,
/// where each hole takes one character, <see cref="HoleCharacter"/>. The same character inside literal text is no hole.
/// </summary>
public sealed class SqlText
{
    /// <summary>What stands for a hole in <see cref="Joined"/>: U+E000, the first private-use character.</summary>
    public const char HoleCharacter = '\uE000';

    private static readonly string Hole = HoleCharacter.ToString();

    private static readonly string[] Signs = [.. Enumerable.Range(0, 128).Select(static character => ((char)character).ToString())];

    private static readonly SqlText Empty = new([]);

    private readonly SqlTextPart[] _parts;
    private readonly int[] _partStarts;

    private SqlText(SqlTextPart[] parts)
    {
        _parts = parts;
        _partStarts = new int[parts.Length];
        if (parts is [{ IsHole: false, Text: var whole }])
        {
            Joined = whole;
            return;
        }

        var pieces = new string[parts.Length];
        int length = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            _partStarts[i] = length;
            pieces[i] = parts[i].IsHole ? Hole : parts[i].Text;
            length += pieces[i].Length;
        }

        Joined = string.Concat(pieces);
    }

    /// <summary>The parts in order, empty literals left out.</summary>
    public IReadOnlyList<SqlTextPart> Parts => _parts;

    /// <summary>The whole text with one <see cref="HoleCharacter"/> per hole.</summary>
    public string Joined { get; }

    public int Length => Joined.Length;

    /// <summary>Whether there is any hole.</summary>
    public bool HasHole
    {
        get
        {
            foreach (SqlTextPart part in _parts)
            {
                if (part.IsHole)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Text without holes; null counts as empty.</summary>
    public static SqlText From(string? text) => string.IsNullOrEmpty(text) ? Empty : new([SqlTextPart.Literal(text)]);

    /// <summary>Text from parts in order; null counts as no parts.</summary>
    public static SqlText From(IEnumerable<SqlTextPart>? parts)
    {
        SqlTextPart[] all = parts is null ? [] : [.. parts];
        return new SqlText(Array.Exists(all, static part => part.Length == 0) ? Array.FindAll(all, static part => part.Length > 0) : all);
    }

    /// <summary>Whether the character at <paramref name="position"/> stands for a hole; false outside the text.</summary>
    public bool IsHole(int position) => HoleOrdinal(position) >= 0;

    /// <summary>The ordinal of the hole at <paramref name="position"/>, or -1 when none is there.</summary>
    public int HoleOrdinal(int position) =>
        position >= 0 && position < Length && Joined[position] == HoleCharacter ? _parts[PartIndex(position)].HoleOrdinal : -1;

    /// <summary>
    /// The part that holds the character at <paramref name="position"/>. The end of the text is the end of the last part.
    /// Null when the position is outside the text or the text has no parts.
    /// </summary>
    public SqlTextPosition? Locate(int position)
    {
        if (position < 0 || position > Length || _parts.Length == 0)
            return null;
        int part = PartIndex(position);
        return new SqlTextPosition(part, position - _partStarts[part]);
    }

    /// <summary>The characters of a span, holes as <see cref="HoleCharacter"/>; what lies outside the text is left out.</summary>
    public string Slice(SqlSpan span)
    {
        int start = Math.Min(Math.Max(span.Start, 0), Length);
        int end = Math.Min(Math.Max(span.End, start), Length);
        // Rules compare signs, one character each: these strings are made once.
        return end - start == 1 && Joined[start] < Signs.Length ? Signs[Joined[start]] : Joined.Substring(start, end - start);
    }

    public override string ToString() => Joined;

    private int PartIndex(int position)
    {
        int found = Array.BinarySearch(_partStarts, position);
        return found >= 0 ? found : ~found - 1;
    }
}
