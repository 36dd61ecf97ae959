namespace DbRules.Sql;

/// <summary>What is odd about a token.</summary>
[Flags]
public enum SqlTokenMarks : byte
{
    None = 0,

    /// <summary>The closing quote or comment end is missing; the token runs to the end of the text.</summary>
    Unterminated = 1 << 0,

    /// <summary>A hole lies inside the quotes or the comment.</summary>
    HasHole = 1 << 1,

    /// <summary>Dialects disagree about where it ends or whether it runs: <c>'a\'b'</c>, <c>/*! executed by MySQL */</c>.</summary>
    DialectDependent = 1 << 2,
}
