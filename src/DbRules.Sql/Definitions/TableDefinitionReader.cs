namespace DbRules.Sql;

/// <summary>Reads what <c>CREATE TABLE</c> and <c>ALTER TABLE</c> say about columns.</summary>
internal sealed class TableDefinitionReader
{
    private readonly TokenWindow _window;
    private readonly List<SqlColumnDefinition> _columns = [];
    private readonly List<IReadOnlyList<string>> _keys = [];
    private readonly List<string> _dropped = [];
    private readonly List<string> _changed = [];
    private IReadOnlyList<string> _primaryKey = [];
    private bool _isComplete = true;

    private TableDefinitionReader(TokenWindow window) => _window = window;

    /// <summary>The definition that a statement is; null when it is none, or when it names no table.</summary>
    /// <param name="window">The statement.</param>
    /// <param name="verb">Its <c>CREATE</c> or <c>ALTER</c>.</param>
    /// <param name="table">The table that it names.</param>
    public static SqlTableDefinition? Read(TokenWindow window, int verb, SqlTable? table)
    {
        bool isAlteration = window.Is(verb, SqlKeyword.Alter);
        if (table is null || !(isAlteration || window.Is(verb, SqlKeyword.Create)) || !IsOfTable(window, verb))
            return null;
        int behind = verb;
        while (behind < window.Count && window[behind].End <= table.NameSpan.End)
            behind++;
        var reader = new TableDefinitionReader(window);
        if (isAlteration)
            reader.ReadAlteration(behind);
        else
            reader.ReadCreation(behind);
        return new SqlTableDefinition(table, isAlteration, reader._columns)
        {
            Keys = reader._keys,
            PrimaryKey = reader._primaryKey,
            DroppedColumns = reader._dropped,
            ChangedColumns = reader._changed,
            PlacesColumns = isAlteration && Enumerable.Range(behind, window.Count - behind).Any(i => window.IsWord(i, "AFTER") || window.Is(i, SqlKeyword.First)),
            IsComplete = reader._isComplete && table.Kind == SqlTableKind.Named,
        };
    }

    /// <summary>Whether <c>TABLE</c> is what the verb is about: <c>CREATE INDEX</c> and <c>CREATE TRIGGER</c> name a table too.</summary>
    private static bool IsOfTable(TokenWindow window, int verb)
    {
        for (int i = verb + 1; i < verb + 4; i++)
        {
            if (window.Is(i, SqlKeyword.Table))
                return true;
        }

        return false;
    }

    private void ReadCreation(int start)
    {
        int partner = _window.IsPunctuation(start, '(') ? _window.Partner(start) : -1;
        if (partner < 0)
        {
            // AS SELECT, LIKE, PARTITION OF
            _isComplete = false;
            return;
        }

        foreach ((int from, int to) in Commas.Split(_window, start + 1, partner))
            ReadItem(from, to);
        for (int i = partner + 1; i < _window.Count; i = _window.Next(i))
        {
            // What else defines columns, and statements that nothing parts from this one.
            if (_window.IsWord(i, "INHERITS") || _window.Keyword(i) is SqlKeyword.Select or SqlKeyword.Create or SqlKeyword.Alter or SqlKeyword.Insert or SqlKeyword.Drop || _window.IsHole(i))
                _isComplete = false;
        }
    }

    /// <summary>A column or a constraint.</summary>
    private void ReadItem(int start, int limit)
    {
        int position = start;
        if (_window.Is(position, SqlKeyword.Constraint) && _window[position + 1].IsName)
            position += 2;
        if (position == start && !OpensConstraint(position, limit))
        {
            if (ColumnDefinitionReader.Read(_window, start, limit) is { } column)
                _columns.Add(column);
            else
                _isComplete = false;
            return;
        }

        bool isPrimary = _window.IsWord(position, "PRIMARY");
        if (_window.Is(position, SqlKeyword.Like))
            _isComplete = false;
        if (!isPrimary && !_window.Is(position, SqlKeyword.Unique))
            return;
        IReadOnlyList<string> key = ColumnsInParentheses(position, limit);
        if (key.Count == 0)
            return;
        _keys.Add(key);
        if (isPrimary)
            _primaryKey = key;
    }

    /// <summary>Whether the words at the start of an item open a constraint or an index; <c>key</c> and <c>index</c> may be columns as well.</summary>
    private bool OpensConstraint(int index, int limit)
    {
        if (_window[index].Kind == SqlTokenKind.QuotedIdentifier)
            return false;
        switch (_window.Keyword(index))
        {
            case SqlKeyword.Like or SqlKeyword.Constraint:
                return true;
            case SqlKeyword.Unique:
                return _window.IsPunctuation(index + 1, '(') || _window.Keyword(index + 1) is SqlKeyword.Key or SqlKeyword.Index || IsClustering(index + 1) || _window.IsWord(index + 1, "NULLS") || NamesList(index + 1, limit);
            case SqlKeyword.Check:
                return _window.IsPunctuation(index + 1, '(');
            case SqlKeyword.Key or SqlKeyword.Index:
                return _window.IsPunctuation(index + 1, '(') || NamesList(index + 1, limit) || IsClustering(index + 1) || IsClustering(index + 2);
            default:
                return (_window.IsWord(index, "PRIMARY") || _window.IsWord(index, "FOREIGN")) && _window.Is(index + 1, SqlKeyword.Key)
                    || (_window.IsWord(index, "FULLTEXT") || _window.IsWord(index, "SPATIAL")) && (_window.Keyword(index + 1) is SqlKeyword.Key or SqlKeyword.Index || NamesList(index + 1, limit))
                    || _window.IsWord(index, "PERIOD") && _window.Is(index + 1, SqlKeyword.For)
                    || _window.IsWord(index, "EXCLUDE") && (_window.Is(index + 1, SqlKeyword.Using) || _window.IsPunctuation(index + 1, '('));
        }
    }

    private bool IsClustering(int index) => _window.IsWord(index, "CLUSTERED") || _window.IsWord(index, "NONCLUSTERED");

    /// <summary>A name with columns in parentheses, not a type with its length.</summary>
    private bool NamesList(int index, int limit) =>
        _window[index].IsName && index + 2 < limit && _window.IsPunctuation(index + 1, '(') && _window[index + 2].Kind != SqlTokenKind.Number && !_window.IsWord(index + 2, "MAX");

    private IReadOnlyList<string> ColumnsInParentheses(int start, int limit)
    {
        for (int i = start; i < limit; i = _window.Next(i))
        {
            if (!_window.IsPunctuation(i, '(') || _window.Partner(i) is not (var partner and > 0))
                continue;
            var columns = new List<string>();
            foreach ((int from, int to) in Commas.Split(_window, i + 1, partner))
            {
                // An expression, or the first characters of a column, are no key of columns.
                if (!_window[from].IsName || _window[from].Has(SqlTokenMarks.HasHole) || (to > from + 1 && !(to == from + 2 && _window.Keyword(from + 1) is SqlKeyword.Asc or SqlKeyword.Desc)))
                    return [];
                columns.Add(_window.NameOf(from));
            }

            return columns;
        }

        return [];
    }

    private void ReadAlteration(int start)
    {
        bool adds = false;
        foreach ((int from, int to) in Commas.Split(_window, start, _window.Count))
        {
            int position = from;
            switch (_window.Keyword(position))
            {
                case SqlKeyword.With when _window.Is(position + 1, SqlKeyword.Check) || _window.IsWord(position + 1, "NOCHECK"):
                    // WITH CHECK ADD CONSTRAINT
                    break;
                case SqlKeyword.Drop:
                    adds = false;
                    ReadDropped(position + 1, to);
                    break;
                case SqlKeyword.Alter:
                    adds = false;
                    ReadChanged(position + 1);
                    break;
                case SqlKeyword.Rename:
                    adds = false;
                    _isComplete &= _window.Is(position + 1, SqlKeyword.Index) || _window.IsWord(position + 1, "CONSTRAINT");
                    break;
                default:
                    bool isAdd = _window.IsWord(position, "ADD");
                    adds |= isAdd;
                    if (_window.IsWord(position, "MODIFY"))
                        ReadChanged(position + 1);
                    else if (_window.IsWord(position, "CHANGE") || _window.IsHole(position))
                        _isComplete = false;
                    else if (adds)
                        ReadAdded(isAdd ? position + 1 : position, to);
                    break;
            }
        }
    }

    private void ReadAdded(int start, int limit)
    {
        int position = start;
        if (_window.IsWord(position, "COLUMN"))
            position++;
        if (_window.Is(position, SqlKeyword.If, SqlKeyword.Not))
            position += 3;
        // ADD (a int, b int)
        if (_window.IsPunctuation(position, '(') && _window.Partner(position) is var partner and > 0)
        {
            foreach ((int from, int to) in Commas.Split(_window, position + 1, partner))
                ReadItem(from, to);
            return;
        }

        ReadItem(position, limit);
    }

    private void ReadDropped(int start, int limit)
    {
        bool isColumn = _window.IsWord(start, "COLUMN");
        int position = isColumn ? start + 1 : start;
        if (!isColumn && (_window.Keyword(start) is SqlKeyword.Constraint or SqlKeyword.Index or SqlKeyword.Key or SqlKeyword.Partition || _window.IsWord(start, "PRIMARY") || _window.IsWord(start, "FOREIGN") || _window.Is(start, SqlKeyword.Check)))
            return;
        if (_window.Is(position, SqlKeyword.If, SqlKeyword.Exists))
            position += 2;
        if (position < limit && _window[position].IsName)
            _dropped.Add(_window.NameOf(position));
        else
            _isComplete = false;
    }

    private void ReadChanged(int start)
    {
        if (_window.Keyword(start) is SqlKeyword.Index or SqlKeyword.Constraint)
            return;
        int position = _window.IsWord(start, "COLUMN") ? start + 1 : start;
        if (_window[position].IsName)
            _changed.Add(_window.NameOf(position));
        else
            _isComplete = false;
    }
}
