namespace DbRules.Sql;

/// <summary>
/// One node of a condition or a value. Chains of one operator are one node, so that a tree is never deeper than the text's own nesting,
/// at most <see cref="MostNesting"/> levels of a few nodes each.
/// </summary>
public sealed class SqlExpression
{
    /// <summary>Deeper nesting is marked as not understood.</summary>
    public const int MostNesting = 64;

    internal SqlExpression(SqlExpressionKind kind, SqlSpan span)
    {
        Kind = kind;
        Span = span;
    }

    public SqlExpressionKind Kind { get; }

    /// <summary>From the first token to the last; parentheses around the whole are left out.</summary>
    public SqlSpan Span { get; }

    public IReadOnlyList<SqlExpression> Operands { get; internal init; } = [];

    /// <summary>The operator or its first word, or a function's name; empty at the start for kinds without one.</summary>
    public SqlSpan Operator { get; internal init; }

    /// <summary>The unquoted last name of a column or function, or a parameter's name without prefix; else empty.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>The unquoted name before the last point of a column, star or function; null when there is none.</summary>
    public string? Qualifier { get; internal init; }

    /// <summary>The query of <see cref="SqlExpressionKind.Subquery"/>, <see cref="SqlExpressionKind.Exists"/> and <c>IN (query)</c>; else null.</summary>
    public SqlQuery? Query { get; internal init; }

    /// <summary>Whether <c>NOT</c> stands inside: <c>NOT IN</c>, <c>NOT LIKE</c>, <c>IS NOT NULL</c>. <c>NOT (..)</c> is a node of its own.</summary>
    public bool IsNegated { get; internal init; }

    /// <summary>Whether this is a column: a name that the database does not compute, without holes.</summary>
    public bool IsColumn { get; internal init; }

    /// <summary>Whether a hole is part of it: <c>'a{x}'</c>, <c>t_{x}</c>, <c>@p{i}</c>, or the hole itself.</summary>
    public bool HasHole { get; internal init; }

    /// <summary>Whether a function is followed by <c>OVER</c>.</summary>
    public bool IsWindowed { get; internal init; }

    /// <summary>Whether the database chooses between values for each row: <c>CASE</c>, <c>IIF(condition, a, b)</c>, MySQL's <c>IF(condition, a, b)</c>.</summary>
    public bool IsChoice => Kind == SqlExpressionKind.Case
        || (Kind == SqlExpressionKind.Call && Qualifier is null && Operands.Count == 3 && (Name.Equals("IIF", StringComparison.OrdinalIgnoreCase) || Name.Equals("IF", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The index of a hole's token.</summary>
    internal int Token { get; init; }

    /// <summary>Whether the statement gives the value alone: a parameter, a literal or a hole.</summary>
    public bool IsGiven => Kind is SqlExpressionKind.Parameter or SqlExpressionKind.Literal or SqlExpressionKind.Hole;

    /// <summary>The conditions that must all hold: the operands of <c>AND</c>, those inside them too, or the node itself.</summary>
    public IEnumerable<SqlExpression> Conjuncts => Kind == SqlExpressionKind.And ? Operands.SelectMany(operand => operand.Conjuncts) : [this];

    /// <summary>This node and all below it in text order, subqueries left out.</summary>
    public IEnumerable<SqlExpression> Nodes
    {
        get
        {
            var open = new Stack<SqlExpression>();
            open.Push(this);
            while (open.Count > 0)
            {
                SqlExpression node = open.Pop();
                yield return node;
                for (int i = node.Operands.Count - 1; i >= 0; i--)
                    open.Push(node.Operands[i]);
            }
        }
    }

    /// <summary>Whether something holds for this node or one below it, subqueries left out.</summary>
    public bool Any(Func<SqlExpression, bool> isMeant)
    {
        if (isMeant(this))
            return true;
        for (int i = 0; i < Operands.Count; i++)
        {
            if (Operands[i].Any(isMeant))
                return true;
        }

        return false;
    }

    /// <summary>As <see cref="Any"/>, for all of them.</summary>
    public bool All(Func<SqlExpression, bool> isMeant)
    {
        if (!isMeant(this))
            return false;
        for (int i = 0; i < Operands.Count; i++)
        {
            if (!Operands[i].All(isMeant))
                return false;
        }

        return true;
    }

    public override string ToString() => $"{Kind} {Span}";
}
