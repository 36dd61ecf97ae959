using System.Collections.Immutable;
using DbRules.Sql;

namespace DbRules.Engine.Schema;

/// <summary>The tables that files with SQL define. Thread-safe.</summary>
internal sealed class FileTables(SchemaFiles files)
{
    private readonly Later<SchemaFiles, FileContents> _contents = new(files, static files => new FileContents(files.Scripts));

    /// <summary>
    /// The table; null when no file creates it, when two files contradict each other about it, or when its name has no schema and several schemas have such a table.
    /// </summary>
    /// <param name="schema">The schema that the name states; null for none.</param>
    /// <param name="name">The table's own name; letter case does not count.</param>
    public TableShape? Of(string? schema, string name)
    {
        List<FileTable> named = [.. _contents.Value.Tables.Where(table => table.IsNamed(name))];
        List<FileTable> inSchema = named.FindAll(table => schema is null || table.Schema is null || string.Equals(table.Schema, schema, StringComparison.OrdinalIgnoreCase));
        return inSchema is [{ IsContradicted: false } only] ? only.ToShape(_contents.Value.IsWhole) : null;
    }

    /// <summary>Whether no file creates anything.</summary>
    public bool IsEmpty => _contents.Value.Names.Count == 0;

    /// <summary>Whether a file creates a table of that name.</summary>
    public bool Knows(string name) => _contents.Value.Names.Contains(name);

    /// <summary>The names of all tables and views that the files ever create; null when there are no files, or when they may create others in ways that were not read.</summary>
    public IReadOnlyCollection<string>? AllNames => _contents.Value is { IsWhole: true, Names.Count: > 0 } contents ? contents.Names : null;

    private sealed class FileContents
    {
        public FileContents(ImmutableArray<SqlScript> scripts)
        {
            IsWhole = scripts.All(SaysAll);
            foreach (SqlStatement statement in scripts.SelectMany(static script => script.AllStatements))
            {
                if (statement.Definition is { IsAlteration: false } created)
                    Create(created);
                foreach (SqlTableUse use in statement.Tables)
                {
                    if (use.Role == SqlTableRole.Dropped)
                        Tables.RemoveAll(table => table.Is(use.Table));
                }

                if (statement.CreatedView is { } view)
                    Names.Add(view.Name);
            }

            // A file whose name sorts first may alter what a later one creates.
            foreach (SqlStatement statement in scripts.SelectMany(static script => script.AllStatements))
            {
                if (statement.Definition is { IsAlteration: true } alteration)
                    Alter(alteration);
            }
        }

        public List<FileTable> Tables { get; } = [];

        public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>Whether nothing in the files may change the schema in a way that was not read.</summary>
        public bool IsWhole { get; }

        private void Create(SqlTableDefinition created)
        {
            Names.Add(created.Table.Name);
            if (created.Table.IsCreatedTemporary || created.Table.IsNamedTemporary)
                return;
            var table = new FileTable(created);
            if (Tables.Find(known => known.Is(created.Table)) is not { } same)
                Tables.Add(table);
            else if (!same.HasSameColumns(table))
                same.IsContradicted = true;
        }

        private void Alter(SqlTableDefinition alteration)
        {
            foreach (FileTable table in Tables)
            {
                if (table.Is(alteration.Table))
                    table.Apply(alteration);
            }
        }

        /// <summary>Whether a script has no statement that no reader knows, none that renames, and none inside a string.</summary>
        private static bool SaysAll(SqlScript script) =>
            script.AllStatements.All(static statement => statement.Kind != SqlStatementKind.Unknown)
            && !script.Tokens.Any(token => token.Kind switch
            {
                SqlTokenKind.Identifier or SqlTokenKind.QuotedIdentifier => string.Equals(SqlNames.Unquote(script.Text.Slice(token.Span)), "sp_rename", StringComparison.OrdinalIgnoreCase),
                SqlTokenKind.String => IsDefinition(script.Text.Slice(token.Span)),
                _ => false,
            });

        private static bool IsDefinition(string text) =>
            text.IndexOf("CREATE TABLE", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("ALTER TABLE", StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private sealed class FileTable
    {
        private readonly string _name;
        private readonly List<SqlColumnDefinition> _columns;
        private readonly List<ImmutableArray<string>> _keys = [];
        private readonly HashSet<string> _changed = new(StringComparer.OrdinalIgnoreCase);
        private ImmutableArray<string> _primaryKey = [];
        private bool _isComplete;
        private bool _isInOrder = true;

        public FileTable(SqlTableDefinition created)
        {
            _name = created.Table.Name;
            Schema = created.Table.Schema;
            _columns = [.. created.Columns];
            _isComplete = created.IsComplete;
            AddKeys(created);
        }

        public string? Schema { get; }

        /// <summary>Whether two statements create it with other columns.</summary>
        public bool IsContradicted { get; set; }

        public bool IsNamed(string name) => string.Equals(_name, name, StringComparison.OrdinalIgnoreCase);

        public bool Is(SqlTable table) =>
            IsNamed(table.Name) && (Schema is null || table.Schema is null || string.Equals(Schema, table.Schema, StringComparison.OrdinalIgnoreCase));

        public bool HasSameColumns(FileTable other) =>
            _columns.Count == other._columns.Count
            && !_columns.Where((column, i) => !string.Equals(column.Name, other._columns[i].Name, StringComparison.OrdinalIgnoreCase) || column.IsNullable != other._columns[i].IsNullable).Any();

        public void Apply(SqlTableDefinition alteration)
        {
            _isComplete &= alteration.IsComplete;
            _isInOrder &= !alteration.PlacesColumns;
            foreach (SqlColumnDefinition added in alteration.Columns)
            {
                if (!_columns.Exists(column => IsSame(column.Name, added.Name)))
                    _columns.Add(added);
            }

            _columns.RemoveAll(column => alteration.DroppedColumns.Any(dropped => IsSame(dropped, column.Name)) && !alteration.Columns.Any(added => IsSame(added.Name, column.Name)));
            _changed.UnionWith(alteration.ChangedColumns);
            AddKeys(alteration);
        }

        public TableShape ToShape(bool isWhole) => new(_name, [.. _columns.Select(ToShape)], _isComplete && isWhole)
        {
            Keys = [.. Primary(), .. _keys],
            IsInOrder = _isInOrder,
        };

        private ColumnShape ToShape(SqlColumnDefinition column) =>
            new(column.Name, _changed.Contains(column.Name) ? null : _primaryKey.Contains(column.Name, StringComparer.OrdinalIgnoreCase) ? false : column.IsNullable)
            {
                SqlType = _changed.Contains(column.Name) ? null : column.Type,
                IsExact = column.IsQuoted,
                IsIdentity = column.IsIdentity,
                IsComputed = column.IsComputed,
            };

        private IEnumerable<ImmutableArray<string>> Primary() => _primaryKey.IsEmpty
            ? _columns.Where(static column => column.IsPrimaryKey).Select(static column => ImmutableArray.Create(column.Name))
            : [_primaryKey];

        private void AddKeys(SqlTableDefinition definition)
        {
            if (definition.PrimaryKey.Count > 0)
                _primaryKey = [.. definition.PrimaryKey];
            _keys.AddRange(definition.Columns.Where(static column => column is { IsUnique: true, IsPrimaryKey: false }).Select(static column => ImmutableArray.Create(column.Name)));
            _keys.AddRange(definition.Keys.Where(key => key != definition.PrimaryKey).Select(static key => key.ToImmutableArray()));
        }

        private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
    }
}
