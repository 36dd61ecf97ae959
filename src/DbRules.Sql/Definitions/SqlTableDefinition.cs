namespace DbRules.Sql;

/// <summary>One column as <c>CREATE TABLE</c> or <c>ALTER TABLE .. ADD</c> defines it.</summary>
/// <param name="Name">Its name, unquoted.</param>
/// <param name="Type">Its type as written, with length and the like; empty where none is written.</param>
/// <param name="Span">The whole definition.</param>
public sealed record SqlColumnDefinition(string Name, string Type, SqlSpan Span)
{
    /// <summary>Whether the text quotes its name, so that letter case counts in some dialects.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>Whether it takes NULL; null where the text does not say, as for a computed column.</summary>
    public bool? IsNullable { get; init; }

    /// <summary>Whether the database counts its values: <c>IDENTITY</c>, <c>AUTO_INCREMENT</c>, <c>serial</c>.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>Whether an expression over other columns makes its values, so that no statement writes it.</summary>
    public bool IsComputed { get; init; }

    /// <summary>Whether it alone is the primary key, by its own definition.</summary>
    public bool IsPrimaryKey { get; init; }

    /// <summary>Whether no two rows have the same value, by its own definition; true for a primary key.</summary>
    public bool IsUnique { get; init; }
}

/// <summary>What a statement says about the columns of one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="IsAlteration">Whether it changes a table that exists; false for <c>CREATE TABLE</c>.</param>
/// <param name="Columns">The columns that it defines or adds, in order.</param>
public sealed record SqlTableDefinition(SqlTable Table, bool IsAlteration, IReadOnlyList<SqlColumnDefinition> Columns)
{
    /// <summary>The columns of the primary key and of each unique constraint that stand behind the columns or are added.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Keys { get; init; } = [];

    /// <summary>The columns of the primary key among <see cref="Keys"/>; empty where none is stated this way.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    /// <summary>The columns that an alteration takes away.</summary>
    public IReadOnlyList<string> DroppedColumns { get; init; } = [];

    /// <summary>The columns whose definition an alteration replaces.</summary>
    public IReadOnlyList<string> ChangedColumns { get; init; } = [];

    /// <summary>Whether an alteration puts a column somewhere else than behind the others.</summary>
    public bool PlacesColumns { get; init; }

    /// <summary>Whether everything that it says about columns was read: false for <c>LIKE</c>, <c>INHERITS</c>, <c>AS SELECT</c>, holes and what is not known.</summary>
    public bool IsComplete { get; init; }
}
