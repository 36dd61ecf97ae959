using DbRules.Engine.Schema;
using DbRules.Sql;

namespace DbRules.Engine.SqlTexts;

/// <summary>How is a column of the schema written in a text?</summary>
internal static class ColumnSpelling
{
    /// <summary>
    /// The name of a column as a text of the dialect has to write it, with quotes as those of the table; null where that is not sure.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="tableAsWritten">The table's name as the text writes it.</param>
    /// <param name="dialect">The dialect of the text.</param>
    public static string? Of(ColumnShape column, string tableAsWritten, SqlDialect dialect)
    {
        switch (tableAsWritten.Length > 0 ? tableAsWritten[tableAsWritten.Length - 1] : '\0')
        {
            case '"':
                return Quoted(column.Name, '"', '"');
            case ']':
                return Quoted(column.Name, '[', ']');
            case '`':
                return Quoted(column.Name, '`', '`');
        }

        // What the schema writes without quotes needs none.
        if (!column.IsExact)
            return column.Name;
        bool folds = dialect is SqlDialect.PostgreSql or SqlDialect.Oracle or SqlDialect.Unknown;
        string folded = dialect == SqlDialect.Oracle ? column.Name.ToUpperInvariant() : column.Name.ToLowerInvariant();
        if (IsPlain(column.Name) && (!folds || (dialect != SqlDialect.Unknown && column.Name == folded)))
            return column.Name;
        return dialect switch
        {
            SqlDialect.PostgreSql or SqlDialect.Oracle or SqlDialect.Sqlite => Quoted(column.Name, '"', '"'),
            SqlDialect.SqlServer => Quoted(column.Name, '[', ']'),
            SqlDialect.MySql => Quoted(column.Name, '`', '`'),
            _ => null,
        };
    }

    /// <summary>Whether a name needs no quotes in any dialect: one word that is no keyword.</summary>
    private static bool IsPlain(string name) => SqlLexer.Tokenize(SqlText.From(name)) is [{ Kind: SqlTokenKind.Identifier, Keyword: SqlKeyword.None } word] && word.Length == name.Length && !IsReserved(name);

    /// <summary>Words that some dialect reserves and that the lexer takes as names.</summary>
    private static bool IsReserved(string name) => name.ToUpperInvariant() is "USER" or "COLUMN" or "REFERENCES" or "PRIMARY" or "FOREIGN" or "PUBLIC" or "RANK" or "SYSTEM" or "GROUPS" or "DESC" or "ADD";

    private static string? Quoted(string name, char opening, char closing) => name.IndexOf(closing) < 0 ? opening + name + closing : null;
}
