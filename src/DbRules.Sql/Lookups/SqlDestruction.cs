namespace DbRules.Sql;

/// <summary>What a statement takes away for good.</summary>
public enum SqlDestructionKind
{
    /// <summary><c>DROP TABLE</c>.</summary>
    Table = 0,

    /// <summary><c>DROP DATABASE</c>.</summary>
    Database,

    /// <summary><c>DROP SCHEMA</c>.</summary>
    Schema,

    /// <summary><c>ALTER TABLE .. DROP COLUMN</c>.</summary>
    Column,

    /// <summary><c>TRUNCATE</c>.</summary>
    Rows,
}

/// <summary>A statement that destroys data by changing the schema, or without asking for each row.</summary>
/// <param name="Kind">What it takes away.</param>
/// <param name="Words">The words that say so.</param>
/// <param name="Names">The tables, databases or schemas that it names, unquoted, as far as the text states them; empty strings where it does not.</param>
public sealed record SqlDestruction(SqlDestructionKind Kind, SqlSpan Words, IReadOnlyList<string> Names)
{
    /// <summary>What a statement destroys; null for any other one, and for views, indexes, constraints, partitions and routines, which hold no data or can be made again.</summary>
    public static SqlDestruction? Of(SqlStatement statement)
    {
        if (statement.Kind != SqlStatementKind.Ddl)
            return null;
        TokenWindow window = statement.Window;
        switch (window.Keyword(0))
        {
            case SqlKeyword.Truncate:
                return OfTables(statement, SqlDestructionKind.Rows, window.Is(1, SqlKeyword.Table) ? 2 : 1);
            case SqlKeyword.Drop when window.Is(1, SqlKeyword.Table):
                return OfTables(statement, SqlDestructionKind.Table, 2);
            case SqlKeyword.Drop when window.IsWord(1, "DATABASE") || window.IsWord(1, "SCHEMA"):
                int name = window.Is(2, SqlKeyword.If, SqlKeyword.Exists) ? 4 : 2;
                NameReader.Name read = NameReader.Read(window, name, window.Count);
                return new SqlDestruction(window.IsWord(1, "DATABASE") ? SqlDestructionKind.Database : SqlDestructionKind.Schema, window.Span(0, 2), [read.Count > 0 && !read.HasHole ? read.Last : ""]);
            case SqlKeyword.Alter when window.Is(1, SqlKeyword.Table) && DroppedColumn(window) is var column and > 0:
                return new SqlDestruction(SqlDestructionKind.Column, window.Span(column, column + 2), [statement.Target?.StatedName ?? ""]);
            default:
                return null;
        }
    }

    private static SqlDestruction OfTables(SqlStatement statement, SqlDestructionKind kind, int words) =>
        new(kind, statement.Window.Span(0, words), [.. statement.Tables.Where(static use => use.Role is SqlTableRole.Dropped or SqlTableRole.Written).Select(static use => use.Table.StatedName)]);

    /// <summary>The index of <c>DROP COLUMN</c>; -1 without it.</summary>
    private static int DroppedColumn(TokenWindow window)
    {
        for (int i = 2; i < window.Count; i = window.Next(i))
        {
            if (window.Is(i, SqlKeyword.Drop) && window.IsWord(i + 1, "COLUMN"))
                return i;
        }

        return -1;
    }
}
