namespace DbRules.Sql;

/// <summary>What running SQL does to rows or schema.</summary>
public enum SqlEffect
{
    /// <summary>It cannot be told from the text: procedures, holes in a verb's place, text that is not well formed.</summary>
    Unknown = 0,

    /// <summary>Neither reads nor writes rows: transaction control, <c>SET</c>, <c>USE</c>, <c>DECLARE</c>, no statement at all.</summary>
    None,

    /// <summary>Only reads. What functions in it do is not seen.</summary>
    Reads,

    /// <summary>Can change rows or schema.</summary>
    Writes,
}
