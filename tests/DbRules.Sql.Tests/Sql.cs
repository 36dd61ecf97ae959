namespace DbRules.Sql.Tests;

/// <summary>Short ways to make texts and to read spans back.</summary>
internal static class Sql
{
    /// <summary>Text in which each <c>~</c> is a hole, numbered from 0.</summary>
    public static SqlText Holes(string sql)
    {
        string[] literals = sql.Split('~');
        var parts = new List<SqlTextPart>();
        for (int i = 0; i < literals.Length; i++)
        {
            if (i > 0)
                parts.Add(SqlTextPart.Hole(i - 1));
            parts.Add(SqlTextPart.Literal(literals[i]));
        }

        return SqlText.From(parts);
    }

    public static SqlSelect Select(string sql) =>
        SqlScript.Parse(sql).Statements.Single().Select ?? throw new InvalidOperationException("No SELECT: " + sql);

    /// <summary>The spanned text, holes as <c>~</c>; null for no span.</summary>
    public static string? At(this SqlText text, SqlSpan? span) => span is { } own ? text.Slice(own).Replace(SqlText.HoleCharacter, '~') : null;
}
