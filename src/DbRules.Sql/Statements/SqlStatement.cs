namespace DbRules.Sql;

/// <summary>
/// One statement of a <see cref="SqlScript"/>. Immutable; kind and effect are known at once, everything else is read when first asked for, and once.
/// </summary>
public sealed class SqlStatement
{
    private readonly string[] _commonNames;
    private readonly int _depth;
    private readonly int _verb;
    private IReadOnlyList<SqlToken>? _tokens;
    private StatementParts? _parts;
    private SqlTableDefinition? _definition;

    internal SqlStatement(TokenWindow window, int depth = 0, IEnumerable<string>? commonNames = null)
    {
        Window = window;
        _depth = depth;
        _commonNames = commonNames?.ToArray() ?? [];
        _verb = StatementClassifier.Verb(window);
        Kind = StatementClassifier.Kind(window, _verb);
        IsWellFormed = window.IsBalanced && HasOnlyKnownTokens(window);
        Effect = StatementEffects.Of(window, Kind, _verb, IsWellFormed);
    }

    public SqlStatementKind Kind { get; }

    public SqlEffect Effect { get; }

    /// <summary>From the first token to the last, comments at the ends and the <c>;</c> left out.</summary>
    public SqlSpan Span => Window.Span(0, Window.Count);

    /// <summary>The tokens without comments.</summary>
    public IReadOnlyList<SqlToken> Tokens => _tokens ??= Window.Tokens;

    /// <summary>Whether brackets match, nothing is unterminated, and no token is unknown or read differently by dialects.</summary>
    public bool IsWellFormed { get; }

    /// <summary>The word that says what it does; empty at the statement's start when none does.</summary>
    public SqlSpan Verb => _verb >= 0 ? Window[_verb].Span : new SqlSpan(Span.Start, 0);

    /// <summary>
    /// Whether everything was read, and no hole may stand for more than a value or a name. What is said about a statement that was not is still
    /// true of the part in front of <see cref="NotUnderstood"/>.
    /// </summary>
    public bool IsUnderstood => NotUnderstood is null;

    /// <summary>The first word that was not understood, or the hole that may be anything; null when everything was.</summary>
    public SqlSpan? NotUnderstood => FirstUnread is var index and >= 0 ? (index < Window.Count ? Window[index].Span : new SqlSpan(Span.End, 0)) : null;

    /// <summary>
    /// The outermost query: of a <c>SELECT</c> or <c>VALUES</c> the statement itself, of <c>INSERT ... SELECT</c>, <c>CREATE TABLE ... AS</c>,
    /// <c>CREATE VIEW</c> and <c>EXPLAIN</c> the one inside. Null for all others.
    /// </summary>
    public SqlQuery? Query => Parts.Query;

    /// <summary>The outermost <c>SELECT</c> of a statement that is one; null for any other statement and for one that starts with a parenthesis.</summary>
    public SqlSelect? Select => Kind == SqlStatementKind.Select && !Window.IsOpening(0) ? Query?.Select : null;

    /// <summary>The common table expressions in front of the verb.</summary>
    public IReadOnlyList<SqlCommonTable> CommonTables => Parts.CommonTables;

    /// <summary>The clauses of a statement that writes; for a <c>SELECT</c> see <see cref="SqlSelect.Clauses"/>.</summary>
    public IReadOnlyList<SqlClause> Clauses => Parts.Clauses;

    /// <summary>Every table that is named, in subqueries too, with what happens to it. Common table expressions are none.</summary>
    public IReadOnlyList<SqlTableUse> Tables => Parts.Tables;

    /// <summary>The tables of the outermost <c>FROM</c> or <c>USING</c>, joins included.</summary>
    public IReadOnlyList<SqlTable> Sources => Parts.Sources;

    /// <summary>The table that an insert, update, delete or merge writes; null for others, and where several are written.</summary>
    public SqlTable? Target => Parts.Target;

    /// <summary>The outermost <c>WHERE</c>; null without one. The condition itself is in <see cref="Where"/>.</summary>
    public SqlSpan? WhereClause => Parts.WhereClause;

    /// <summary>The condition of the outermost <c>WHERE</c>; null without one and where nothing stands behind the word.</summary>
    public SqlExpression? Where => Parts.Where;

    /// <summary>
    /// Every condition, in subqueries too: <c>WHERE</c>, <c>ON</c>, <c>HAVING</c>, <c>IF</c>, and <c>WHEN</c> of a <c>CASE</c> that compares nothing itself. One may lie inside another.
    /// </summary>
    public IReadOnlyList<SqlExpression> Conditions => Parts.Conditions;

    /// <summary>Every query, subqueries and those of common table expressions too.</summary>
    public IReadOnlyList<SqlQuery> Queries => Parts.Queries;

    /// <summary><c>column = value</c> of <c>SET</c>, also in <c>ON CONFLICT DO UPDATE</c>, <c>ON DUPLICATE KEY UPDATE</c> and <c>MERGE</c>, as comparisons.</summary>
    public IReadOnlyList<SqlExpression> Assignments => Parts.Assignments;

    /// <summary>The columns that an insert names, unquoted; empty when it names none.</summary>
    public IReadOnlyList<string> Columns => Parts.Columns;

    /// <summary>The values of each row that an insert gives by <c>VALUES</c>; empty for other sources and statements. Rows that a hole stands for are left out.</summary>
    public IReadOnlyList<IReadOnlyList<SqlExpression>> Rows => Parts.Rows;

    /// <summary>What <c>RETURNING</c> or <c>OUTPUT</c> returns; empty when neither is there.</summary>
    public IReadOnlyList<SqlSelectItem> Returned => Parts.Returned;

    /// <summary><c>TOP</c> or <c>LIMIT</c> of an update or delete, or what bounds the query of a <c>SELECT</c>; null when nothing does.</summary>
    public SqlBound? Bound => Parts.Bound;

    /// <summary>What <c>CREATE TABLE</c> or <c>ALTER TABLE</c> says about the columns of its table; null for other statements.</summary>
    public SqlTableDefinition? Definition => Kind == SqlStatementKind.Ddl ? _definition ??= TableDefinitionReader.Read(Window, _verb, Target) : null;

    /// <summary>The view that <c>CREATE VIEW</c> makes; null for other statements.</summary>
    public SqlTable? CreatedView => Parts.CreatedView;

    /// <summary>Statements inside: the branches of <c>IF</c>, the body of a block. Those of common table expressions are in <see cref="CommonTables"/>.</summary>
    public IReadOnlyList<SqlStatement> Inner => Parts.Inner;

    /// <summary>Where holes stand, in text order.</summary>
    public IReadOnlyList<SqlHole> Holes => Parts.Holes;

    /// <summary>This statement and all inside it, in text order.</summary>
    public IEnumerable<SqlStatement> All
    {
        get
        {
            yield return this;
            if (HoldsNone)
                yield break;
            foreach (SqlCommonTable table in CommonTables)
            {
                foreach (SqlStatement inside in table.Statement?.All ?? [])
                    yield return inside;
            }

            foreach (SqlStatement inner in Inner)
            {
                foreach (SqlStatement inside in inner.All)
                    yield return inside;
            }
        }
    }

    /// <summary>Whether a word stands anywhere in the statement, whatever it means there. Tells without reading more what a statement cannot hold.</summary>
    public bool Has(SqlKeyword word) => Window.Has(word);

    /// <summary>Whether a <c>*</c> stands anywhere in the statement, of a column list or not.</summary>
    public bool MayHaveStar => Window.HasOperator("*");

    internal TokenWindow Window { get; }

    /// <summary>Whether the kind and the words say that no other statement is inside.</summary>
    internal bool HoldsNone => Kind switch
    {
        SqlStatementKind.Select or SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete or SqlStatementKind.Merge => !Window.Has(SqlKeyword.With),
        SqlStatementKind.Ddl or SqlStatementKind.Other => false,
        _ => true,
    };

    /// <summary>Index of the first token that was not read, or -1.</summary>
    internal int FirstUnread => Parts.FirstUnread;

    private StatementParts Parts => _parts ??= new StatementReader(Window, Kind, _verb, _depth, _commonNames).Read(IsWellFormed);

    internal SqlHolePlace PlaceAt(int index) => Parts.Places is { Length: > 0 } places ? places[index] : default;

    private static bool HasOnlyKnownTokens(TokenWindow window)
    {
        const SqlTokenMarks Broken = SqlTokenMarks.Unterminated | SqlTokenMarks.DialectDependent;
        for (int i = 0; i < window.Count; i++)
        {
            SqlToken token = window[i];
            if (token.Kind == SqlTokenKind.Unknown || (token.Marks & Broken) != 0)
                return false;
        }

        return true;
    }
}
