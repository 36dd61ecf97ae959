using System.Collections.Immutable;

namespace DbRules.Engine.Schema;

/// <summary>One column of a table.</summary>
/// <param name="Name">Its name, as the schema writes it.</param>
/// <param name="IsNullable">Whether it takes NULL; null where the schema does not say.</param>
public sealed record ColumnShape(string Name, bool? IsNullable)
{
    /// <summary>Its SQL type as the schema writes it, such as <c>varchar(20)</c>; null where the schema is C#.</summary>
    public string? SqlType { get; init; }

    /// <summary>Whether the schema quotes its name, as code that maps entities does, so that letter case counts in some dialects.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether the database counts its values; null where the schema does not say.</summary>
    public bool? IsIdentity { get; init; } = false;

    /// <summary>Whether the database computes its values, so that no statement writes them; null where the schema does not say.</summary>
    public bool? IsComputed { get; init; } = false;
}

/// <summary>The columns of one table, as the schema in view states them.</summary>
/// <param name="Name">Its name, without the schema that it is in.</param>
/// <param name="Columns">The columns that are known, in the order of the schema. Code that maps entities does not say in which order a table has them.</param>
/// <param name="IsComplete">Whether these are all.</param>
public sealed record TableShape(string Name, ImmutableArray<ColumnShape> Columns, bool IsComplete)
{
    /// <summary>The sets of columns of which at most one row has the same values, the primary key first; empty where none is known.</summary>
    public ImmutableArray<ImmutableArray<string>> Keys { get; init; } = [];

    /// <summary>Whether <see cref="Columns"/> stand in the order that the table has.</summary>
    public bool IsInOrder { get; init; }

    /// <summary>The column of a name, letter case left out; null when none is known by it.</summary>
    public ColumnShape? Column(string name)
    {
        foreach (ColumnShape column in Columns)
        {
            if (string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
                return column;
        }

        return null;
    }
}
