using DbRules.Engine.Transactions;
using DbRules.Sql;

namespace DbRules.Rules;

/// <summary>How messages speak of writes that no transaction holds together.</summary>
internal static class SplitText
{
    /// <summary>The words behind "writes after".</summary>
    public static string Earlier(UncoveredWrites split) =>
        split.First.Name == split.Second.Name ? $"an earlier '{split.First.Name}'" : $"'{split.First.Name}'";

    /// <summary>A writing statement: <c>UPDATE Stock</c>.</summary>
    public static string Name(SqlStatement statement) => statement.Kind switch
    {
        SqlStatementKind.Insert => "INSERT INTO ",
        SqlStatementKind.Delete => "DELETE FROM ",
        SqlStatementKind.Merge => "MERGE INTO ",
        _ => "UPDATE ",
    } + statement.Target?.Name;
}
