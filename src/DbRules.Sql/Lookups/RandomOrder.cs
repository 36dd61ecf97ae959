namespace DbRules.Sql;

/// <summary>A query whose rows come in an order that the database makes up for each of them.</summary>
/// <param name="Query">The query.</param>
/// <param name="Key">The expression of its <c>ORDER BY</c>.</param>
/// <param name="Function">The name of the function that gives another value for each row.</param>
public sealed record RandomOrder(SqlQuery Query, SqlSortKey Key, string Function)
{
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "RAND", "RANDOM", "NEWID", "UUID", "GEN_RANDOM_UUID", "UUID_GENERATE_V4", "RANDOMBLOB", "SYS_GUID", "CRYPT_GEN_RANDOM", "RANDOM_NORMAL", "GEN_RANDOM_BYTES",
    };

    /// <summary>Such queries of a statement, subqueries too; those in front of the first word that was not understood.</summary>
    public static IEnumerable<RandomOrder> Of(SqlStatement statement) => statement.Has(SqlKeyword.Order) ? Find(statement) : [];

    private static IEnumerable<RandomOrder> Find(SqlStatement statement)
    {
        int limit = statement.NotUnderstood?.Start ?? int.MaxValue;
        HashSet<SqlSpan>? seen = null;
        foreach (SqlQuery query in statement.Queries)
        {
            foreach (SqlSortKey key in query.SortKeys)
            {
                if (key.Span.End <= limit && FunctionIn(query, key.Expression) is { } function && (seen ??= []).Add(key.Span))
                    yield return new RandomOrder(query, key, function);
            }
        }
    }

    /// <summary>The function in the expression, or in the selected one that its alias stands for.</summary>
    private static string? FunctionIn(SqlQuery query, SqlExpression expression)
    {
        SqlExpression? selected = expression is { Kind: SqlExpressionKind.Name, Qualifier: null }
            ? query.Select?.Items.FirstOrDefault(item => string.Equals(item.Alias, expression.Name, StringComparison.OrdinalIgnoreCase))?.Expression
            : null;
        return (selected ?? expression).Nodes.Select(NameOf).FirstOrDefault(static name => name is not null);
    }

    private static string? NameOf(SqlExpression node)
    {
        bool isOracle = node.Kind is SqlExpressionKind.Name or SqlExpressionKind.Call && string.Equals(node.Qualifier, "DBMS_RANDOM", StringComparison.OrdinalIgnoreCase);
        if (isOracle)
            return "DBMS_RANDOM";
        return node is { Kind: SqlExpressionKind.Call, IsWindowed: false } && Functions.Contains(node.Name) ? node.Name.ToUpperInvariant() : null;
    }
}
