namespace DbRules.Sql;

/// <summary>A SQL text as statements. Reading never throws and takes time linear in the text.</summary>
public sealed class SqlScript
{
    private SqlScript(SqlText text, IReadOnlyList<SqlToken> tokens, IReadOnlyList<SqlStatement> statements)
    {
        Text = text;
        Tokens = tokens;
        Statements = statements;
        Effect = EffectOfAll(statements);
    }

    public SqlText Text { get; }

    /// <summary>All tokens, comments and separators included.</summary>
    public IReadOnlyList<SqlToken> Tokens { get; }

    /// <summary>The statements in order, empty ones left out.</summary>
    public IReadOnlyList<SqlStatement> Statements { get; }

    /// <summary>
    /// <see cref="SqlEffect.Writes"/> if any statement writes, else <see cref="SqlEffect.Unknown"/> if any is unknown, else
    /// <see cref="SqlEffect.Reads"/> if any reads, else <see cref="SqlEffect.None"/>.
    /// </summary>
    public SqlEffect Effect { get; }

    /// <summary>Splits on <c>;</c> and lines with <c>GO</c> alone, but not inside a block or a routine's body.</summary>
    public static SqlScript Parse(SqlText text) => Parse(text, tokens => tokens);

    /// <summary>As <see cref="Parse(SqlText)"/> for text without holes; null counts as empty.</summary>
    public static SqlScript Parse(string? text) => Parse(SqlText.From(text));

    /// <param name="text">The text to read.</param>
    /// <param name="observe">Wraps each token list before it is read, so that tests can count the reads.</param>
    internal static SqlScript Parse(SqlText text, Func<IReadOnlyList<SqlToken>, IReadOnlyList<SqlToken>> observe)
    {
        IReadOnlyList<SqlToken> tokens = SqlLexer.Tokenize(text);
        SqlToken[] withoutComments = tokens.Where(token => token.Kind != SqlTokenKind.Comment).ToArray();
        SqlStatement[] statements = StatementSplitter.Split(text, observe(withoutComments))
            .Select(own => new SqlStatement(new TokenWindow(text, observe(own))))
            .ToArray();
        return new SqlScript(text, tokens, statements);
    }

    private static SqlEffect EffectOfAll(IReadOnlyList<SqlStatement> statements)
    {
        SqlEffect[] effects = statements.Select(statement => statement.Effect).Distinct().ToArray();
        if (effects.Contains(SqlEffect.Writes))
            return SqlEffect.Writes;
        if (effects.Contains(SqlEffect.Unknown))
            return SqlEffect.Unknown;
        return effects.Contains(SqlEffect.Reads) ? SqlEffect.Reads : SqlEffect.None;
    }
}
