using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Schema;

/// <summary>The tables that the project states: by its files with SQL, else by the entities that it maps. Nothing is read before something is asked. Thread-safe.</summary>
internal sealed class TableShapes
{
    private readonly EntityTables _entities;
    private readonly EntityColumns _columns;
    private readonly FileTables _files;
    private readonly TextTables _inCode;

    /// <summary>By the names as written: a shape of an entity has the name that was asked for, and must not depend on who asks first.</summary>
    private readonly SmallTable<(string? Schema, string Name), TableShape?> _known = new();

    public TableShapes(Compilation compilation, SchemaFiles files, EntityTables entities, EntityKeys keys, UniqueKeys uniqueKeys)
    {
        _entities = entities;
        _columns = new EntityColumns(compilation, entities, keys, uniqueKeys);
        _files = new FileTables(files);
        _inCode = new TextTables(compilation);
    }

    /// <summary>
    /// The table that a reference names; null when the schema in view does not state it, when two statements of the schema contradict each other about it, and for
    /// temporary and system tables, functions and names with holes.
    /// </summary>
    public TableShape? Of(SqlTable table) =>
        table.Kind != SqlTableKind.Named || table.IsNamedTemporary || SystemTables.Contains(table) || table.StatedName != table.Name
            ? null
            : _known.GetOrAdd((table.Schema, table.Name), key => Find(key.Schema, key.Name));

    /// <summary>Whether the project states no table at all.</summary>
    public bool IsEmpty => _files.IsEmpty && _entities.IsEmpty;

    /// <summary>The names of all tables and views of the schema; null when the schema in view may not state all.</summary>
    public IReadOnlyCollection<string>? AllNames => _files.AllNames;

    /// <summary>Whether an entity is mapped to a table of that name.</summary>
    public bool IsMapped(string table) => _entities.Of(table) is not null;

    private TableShape? Find(string? schema, string name)
    {
        TableShape? stated = _files.Of(schema, name);
        if (_files.Knows(name) && stated is null)
            return null;
        TableShape? mapped = _entities.Of(name) is { } entity ? _columns.Of(entity, name) : null;
        if (mapped is { IsComplete: true } && _inCode.Contain(name))
            mapped = mapped with { IsComplete = false };
        if (stated is null || mapped is null)
            return stated ?? mapped;
        return mapped.Columns.All(column => stated.Column(column.Name) is { } same && (same.IsNullable is null || column.IsNullable is null || same.IsNullable == column.IsNullable)) ? stated : null;
    }
}
