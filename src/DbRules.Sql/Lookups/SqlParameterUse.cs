namespace DbRules.Sql;

/// <summary>One place where a text takes a value that its caller gives by name.</summary>
/// <param name="Name">The name in the letter case of the text, without prefix.</param>
/// <param name="Span">The parameter with its prefix.</param>
public sealed record SqlParameterUse(string Name, SqlSpan Span)
{
    /// <summary>
    /// The named parameters that a text takes values from, each place in text order; variables that the text itself declares or sets are none. Null when the text
    /// may take others or declare some: holes that may be anything, values by position, definitions, statements that are not known.
    /// </summary>
    public static IReadOnlyList<SqlParameterUse>? NeededBy(SqlScript script)
    {
        // Most texts have none.
        if (!script.Tokens.Any(static token => token.Kind == SqlTokenKind.Parameter))
            return [];
        foreach (SqlStatement statement in script.AllStatements)
        {
            if (statement.Kind is SqlStatementKind.Unknown or SqlStatementKind.Ddl || !statement.IsWellFormed || statement.Holes.Any(static hole => hole.Place is not (SqlHolePlace.Value or SqlHolePlace.Identifier) || hole.IsInside))
                return null;
        }

        TokenWindow window = script.Window;
        HashSet<string> variables = Variables(window);
        var uses = new List<SqlParameterUse>();
        for (int i = 0; i < window.Count; i++)
        {
            if (window[i].Kind != SqlTokenKind.Parameter)
                continue;
            string written = window.TextOf(i);
            string name = SqlNames.ParameterName(written);
            if (name.Length == 0 || window[i].Has(SqlTokenMarks.HasHole))
                return null;
            // orders@link, a[1:n], EXEC p @name = 1
            bool isOther = written[0] is not ('@' or ':') || char.IsDigit(name[0]) || (window.Touch(i - 1, i) && !window.IsPunctuation(i - 1, '(') && !window.IsPunctuation(i - 1, ',') && window[i - 1].Kind != SqlTokenKind.Operator);
            if (!isOther && !variables.Contains(name) && !IsNameOfArgument(script, window, i))
                uses.Add(new SqlParameterUse(name, window[i].Span));
        }

        return uses;
    }

    /// <summary>The names that <c>DECLARE</c>, <c>SET</c>, <c>INTO</c> and assignments of SQL Server and MySQL make variables.</summary>
    private static HashSet<string> Variables(TokenWindow window)
    {
        var variables = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        bool declares = false;
        bool takes = false;
        for (int i = 0; i < window.Count; i++)
        {
            SqlKeyword keyword = window.Keyword(i);
            declares = keyword == SqlKeyword.Declare || (declares && !window.IsPunctuation(i, ';') && keyword is not (SqlKeyword.Select or SqlKeyword.Set or SqlKeyword.Insert or SqlKeyword.Update or SqlKeyword.Delete));
            takes = keyword == SqlKeyword.Into || (takes && (window.IsPunctuation(i, ',') || window[i].Kind == SqlTokenKind.Parameter));
            if (window[i].Kind != SqlTokenKind.Parameter)
                continue;
            bool isDeclared = declares && (window[i + 1].IsName || window.Keyword(i + 1) is SqlKeyword.As or SqlKeyword.Table);
            bool isSet = window.IsOperator(i + 1, ":=") || (window.IsOperator(i + 1, "=") && (window.Keyword(i - 1) is SqlKeyword.Set or SqlKeyword.Select || IsListed(window, i)))
                || window.IsOperator(i + 1, "+=");
            if (isDeclared || isSet || takes)
                variables.Add(SqlNames.ParameterName(window.TextOf(i)));
        }

        return variables;
    }

    /// <summary>Whether a comma parts it from what stands before: <c>SELECT @a = 1, @b = 2</c>.</summary>
    private static bool IsListed(TokenWindow window, int index) => window.IsPunctuation(index - 1, ',');

    private static bool IsNameOfArgument(SqlScript script, TokenWindow window, int index) =>
        window.IsOperator(index + 1, "=") && script.AllStatements.Any(statement => statement.Kind == SqlStatementKind.Exec && statement.Span.Start <= window[index].Start && window[index].End <= statement.Span.End);
}
