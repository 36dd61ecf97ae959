namespace DbRules.Sql;

/// <summary>What a hole stands for.</summary>
public enum SqlHolePlace : byte
{
    /// <summary>It may be anything: a condition, a clause, a list of columns, several of them.</summary>
    Unknown = 0,

    /// <summary>A value, also inside a string or a list of values.</summary>
    Value,

    /// <summary>A name or a part of one: table, column, schema, alias, parameter.</summary>
    Identifier,

    /// <summary>A word such as <c>ASC</c>.</summary>
    Keyword,

    /// <summary>Text of a comment.</summary>
    Comment,
}

/// <summary>One hole, or one token that has holes inside its quotes or its name.</summary>
/// <param name="Span">The hole, or the whole token that it is in.</param>
/// <param name="Place">What it stands for.</param>
/// <param name="IsInside">Whether quotes or a name are around it.</param>
public readonly record struct SqlHole(SqlSpan Span, SqlHolePlace Place, bool IsInside);
