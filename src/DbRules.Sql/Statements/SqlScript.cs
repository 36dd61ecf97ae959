namespace DbRules.Sql;

/// <summary>A SQL text as statements. Reading never throws and takes time linear in the text.</summary>
public sealed class SqlScript
{
    private readonly SqlStatement[] _statements;
    private SqlStatement[]? _all;
    private string[]? _createdTemporary;

    private SqlScript(SqlToken[] tokens, TokenWindow window, SqlStatement[] statements)
    {
        Text = window.Text;
        Tokens = tokens;
        Window = window;
        _statements = statements;
        Effect = EffectOfAll(statements);
    }

    public SqlText Text { get; }

    /// <summary>All tokens, comments and separators included.</summary>
    public IReadOnlyList<SqlToken> Tokens { get; }

    /// <summary>The statements in order, empty ones left out.</summary>
    public IReadOnlyList<SqlStatement> Statements => _statements;

    /// <summary>
    /// <see cref="SqlEffect.Writes"/> if any statement writes, else <see cref="SqlEffect.Unknown"/> if any is unknown, else
    /// <see cref="SqlEffect.Reads"/> if any reads, else <see cref="SqlEffect.None"/>.
    /// </summary>
    public SqlEffect Effect { get; }

    /// <summary>The statements and those inside them, in text order.</summary>
    public IReadOnlyList<SqlStatement> AllStatements => _all ??= Array.TrueForAll(_statements, static statement => statement.HoldsNone) ? _statements : [.. _statements.SelectMany(static statement => statement.All)];

    /// <summary>Whether a table is temporary: by its name, or because a statement of this text creates it so.</summary>
    public bool IsTemporary(SqlTable table) => table.IsNamedTemporary || table.IsCreatedTemporary
        || CreatedTemporary.Contains(table.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a table that is written may be temporary: false where no word and no sign says so. Tells without reading more.</summary>
    public bool MayWriteTemporary
    {
        get
        {
            for (int i = 0; i < Window.Count; i++)
            {
                SqlToken token = Window[i];
                bool isTable = token.Kind == SqlTokenKind.Parameter && (Window.IsClosing(i - 1) || Window.Keyword(i - 1) is
                    SqlKeyword.Into or SqlKeyword.From or SqlKeyword.Update or SqlKeyword.Delete or SqlKeyword.Insert or SqlKeyword.Merge or SqlKeyword.Join or SqlKeyword.Using);
                if (isTable || (token.IsName && MayBeTemporary(token)))
                    return true;
            }

            return false;
        }
    }

    private bool MayBeTemporary(SqlToken name) =>
        Text.Joined.IndexOf('#', name.Start, name.Length) >= 0 || Text.Joined.IndexOf("temp", name.Start, name.Length, StringComparison.OrdinalIgnoreCase) >= 0;

    private string[] CreatedTemporary =>
        _createdTemporary ??= Window.Has(SqlKeyword.Temp) || Window.Has(SqlKeyword.Temporary)
            ? [.. AllStatements.SelectMany(static statement => statement.Tables).Where(static use => use.Table.IsCreatedTemporary).Select(static use => use.Table.Name)]
            : [];

    /// <summary>The tokens without comments.</summary>
    internal TokenWindow Window { get; }

    /// <summary>
    /// Splits on <c>;</c>, on lines with <c>GO</c> alone, and where SQL Server's statements follow each other without either, but not inside a block or a
    /// routine's body.
    /// </summary>
    public static SqlScript Parse(SqlText text)
    {
        SqlToken[] tokens = SqlLexer.Tokenize(text);
        bool hasComments = Array.Exists(tokens, static token => token.Kind == SqlTokenKind.Comment);
        var window = new TokenWindow(text, hasComments ? Array.FindAll(tokens, static token => token.Kind != SqlTokenKind.Comment) : tokens);
        List<(int Start, int End)> ranges = StatementSplitter.Split(window);
        var statements = new SqlStatement[ranges.Count];
        for (int i = 0; i < statements.Length; i++)
            statements[i] = new SqlStatement(window.Part(ranges[i].Start, ranges[i].End));
        return new SqlScript(tokens, window, statements);
    }

    /// <summary>As <see cref="Parse(SqlText)"/> for text without holes; null counts as empty.</summary>
    public static SqlScript Parse(string? text) => Parse(SqlText.From(text));

    private static SqlEffect EffectOfAll(SqlStatement[] statements)
    {
        SqlEffect effect = SqlEffect.None;
        foreach (SqlStatement statement in statements)
        {
            if (statement.Effect == SqlEffect.Writes || effect == SqlEffect.Writes)
                effect = SqlEffect.Writes;
            else if (statement.Effect == SqlEffect.Unknown || effect == SqlEffect.Unknown)
                effect = SqlEffect.Unknown;
            else if (statement.Effect == SqlEffect.Reads)
                effect = SqlEffect.Reads;
        }

        return effect;
    }
}
