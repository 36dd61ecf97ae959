namespace DbRules.Sql;

/// <summary>What the readers of one statement share: its tokens, what they could not read, where its holes stand, and its tables.</summary>
internal sealed class Reading(TokenWindow window)
{
    private SqlHolePlace[]? _places;
    private HashSet<string>? _commonNames;
    private int _depth;

    public TokenWindow Window { get; } = window;

    /// <summary>The first token that was not read; the window's end when all were.</summary>
    public int FirstUnread { get; private set; } = window.Count;

    public List<SqlTableUse> Tables { get; } = [];

    /// <summary>Every condition, each before those inside it.</summary>
    public List<SqlExpression> Conditions { get; } = [];

    /// <summary>Every query, each behind those inside it.</summary>
    public List<SqlQuery> Queries { get; } = [];

    /// <summary>Names of common table expressions, which are no tables of the database.</summary>
    public HashSet<string> CommonNames => _commonNames ??= new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether something was missing behind the last token.</summary>
    public bool IsCutShort { get; private set; }

    public void MarkUnread(int index)
    {
        IsCutShort |= index >= Window.Count;
        FirstUnread = Math.Min(FirstUnread, index);
    }

    /// <summary>Marks what lies between where a reader stopped and where its text ends.</summary>
    public void Expect(int end, int limit)
    {
        if (end < limit)
            MarkUnread(end);
    }

    public bool IsReadBetween(int start, int end) => FirstUnread < start || (FirstUnread >= end && !(IsCutShort && end == Window.Count));

    /// <summary>What the holes stand for, one for each token; empty without holes.</summary>
    public SqlHolePlace[] Places => _places ?? [];

    /// <summary>Whether a token that is a hole by itself is in the range.</summary>
    public bool HasHole(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (Window.IsHole(i))
                return true;
        }

        return false;
    }

    /// <summary>Says what the holes among the tokens stand for. A hole that stands for more than a value or a name is not understood.</summary>
    public void Place(int start, int end, SqlHolePlace place)
    {
        for (int i = start; i < end; i++)
        {
            if (!Window.IsHole(i) && !Window[i].Has(SqlTokenMarks.HasHole))
                continue;
            (_places ??= new SqlHolePlace[Window.Count])[i] = place;
            if (place is SqlHolePlace.Keyword or SqlHolePlace.Unknown)
                MarkUnread(i);
        }
    }

    /// <summary>One level deeper; false, and nothing entered, at the limit.</summary>
    public bool Enter()
    {
        if (_depth >= SqlExpression.MostNesting)
            return false;
        _depth++;
        return true;
    }

    public void Leave() => _depth--;

    public void AddTable(SqlTable table, SqlTableRole role)
    {
        if (table.Kind == SqlTableKind.Named && role == SqlTableRole.Read && table.Qualifiers.Count == 0 && _commonNames?.Contains(table.Name) == true)
            return;
        if (table.Kind is SqlTableKind.Named or SqlTableKind.Variable or SqlTableKind.Other)
            Tables.Add(new SqlTableUse(table, role));
    }
}
