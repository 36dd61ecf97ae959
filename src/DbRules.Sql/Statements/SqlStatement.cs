namespace DbRules.Sql;

/// <summary>One statement of a <see cref="SqlScript"/>.</summary>
public sealed class SqlStatement
{
    internal SqlStatement(TokenWindow window)
    {
        Window = window;
        int verb = StatementClassifier.Verb(window);
        Kind = StatementClassifier.Kind(window, verb);
        IsWellFormed = window.IsBalanced && window.Tokens.All(token =>
            token.Kind != SqlTokenKind.Unknown && !token.Has(SqlTokenMarks.Unterminated) && !token.Has(SqlTokenMarks.DialectDependent));
        Effect = StatementEffects.Of(window, Kind, verb, IsWellFormed);
        // A SELECT in parentheses is an operand of a set operation, not a shape of its own.
        if (Kind == SqlStatementKind.Select && window.Is(verb, SqlKeyword.Select) && !window.IsOpening(0))
            Select = ClauseReader.Read(window, verb);
    }

    public SqlStatementKind Kind { get; }

    public SqlEffect Effect { get; }

    /// <summary>From the first token to the last, comments at the ends and the <c>;</c> left out.</summary>
    public SqlSpan Span => Window.Span(0, Window.Count);

    /// <summary>The tokens without comments.</summary>
    public IReadOnlyList<SqlToken> Tokens => Window.Tokens;

    /// <summary>Whether brackets match, nothing is unterminated, and no token is unknown or read differently by dialects.</summary>
    public bool IsWellFormed { get; }

    /// <summary>The clauses of the outermost <c>SELECT</c>; null for any other statement and for one that starts with a parenthesis.</summary>
    public SqlSelect? Select { get; }

    internal TokenWindow Window { get; }
}
