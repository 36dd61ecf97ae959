namespace DbRules.Sql;

/// <summary>One clause of a <c>SELECT</c>.</summary>
public sealed class SqlClause
{
    internal SqlClause(TokenWindow window, SqlClauseKind kind, int start, int bodyStart, int end)
    {
        Kind = kind;
        Start = start;
        BodyStart = bodyStart;
        TokenEnd = end;
        Span = window.Span(start, end);
        Body = window.Span(bodyStart, end);
    }

    public SqlClauseKind Kind { get; }

    /// <summary>The clause with the words that open it.</summary>
    public SqlSpan Span { get; }

    /// <summary>The clause without the words that open it; empty when nothing follows them.</summary>
    public SqlSpan Body { get; }

    internal int Start { get; }

    internal int BodyStart { get; }

    internal int TokenEnd { get; }

    public override string ToString() => $"{Kind} {Span}";
}
