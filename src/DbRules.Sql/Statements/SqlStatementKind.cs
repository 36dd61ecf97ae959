namespace DbRules.Sql;

/// <summary>What a statement is, by its verb; <c>WITH</c> is looked through.</summary>
public enum SqlStatementKind
{
    /// <summary>Its first word is a hole or no word that starts a statement.</summary>
    Unknown = 0,

    Select,

    /// <summary><c>INSERT</c>, <c>REPLACE INTO</c>, <c>BULK INSERT</c>.</summary>
    Insert,

    Update,
    Delete,
    Merge,

    /// <summary><c>CREATE</c>, <c>ALTER</c>, <c>DROP</c>, <c>TRUNCATE</c>, <c>RENAME</c>.</summary>
    Ddl,

    /// <summary>Begins, commits, rolls back, or handles savepoints.</summary>
    Transaction,

    Set,
    Use,
    Declare,
    Pragma,

    /// <summary><c>EXEC</c>, <c>EXECUTE</c>.</summary>
    Exec,

    Call,

    /// <summary>Any other known first word: <c>IF</c>, a block, <c>VALUES</c>, <c>EXPLAIN</c>, <c>GRANT</c>.</summary>
    Other,
}
