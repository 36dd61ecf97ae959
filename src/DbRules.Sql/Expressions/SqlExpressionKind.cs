namespace DbRules.Sql;

/// <summary>What an expression is, parentheses around it taken off.</summary>
public enum SqlExpressionKind : byte
{
    /// <summary>Not understood.</summary>
    Unknown = 0,

    /// <summary><c>a AND b AND c</c>: two or more operands.</summary>
    And,

    /// <summary><c>a OR b</c>: two or more operands.</summary>
    Or,

    Not,

    /// <summary><c>a = b</c>, <c>a &lt; b</c>, <c>a ~ b</c>: the operands are both sides.</summary>
    Comparison,

    /// <summary><c>a LIKE b</c>, also <c>ILIKE</c>, <c>GLOB</c>, <c>REGEXP</c>, <c>SIMILAR TO</c>, <c>MATCH</c>; a third operand behind <c>ESCAPE</c>.</summary>
    Like,

    /// <summary><c>a IN (..)</c>: the operands are <c>a</c> and the list; for a subquery <c>a</c> alone, and <see cref="SqlExpression.Query"/>.</summary>
    In,

    /// <summary><c>a BETWEEN b AND c</c>: three operands.</summary>
    Between,

    /// <summary><c>a IS NULL</c>.</summary>
    IsNull,

    /// <summary><c>a IS b</c>, <c>a IS DISTINCT FROM b</c>.</summary>
    Is,

    /// <summary><c>EXISTS (..)</c>.</summary>
    Exists,

    /// <summary>A column, qualified or not, or a value that the database computes by a word, such as <c>CURRENT_DATE</c>.</summary>
    Name,

    /// <summary><c>*</c> or <c>t.*</c>.</summary>
    Star,

    /// <summary>A number, string, <c>NULL</c>, <c>TRUE</c>, <c>DATE '..'</c>.</summary>
    Literal,

    Parameter,

    /// <summary>A hole in the place of a value.</summary>
    Hole,

    /// <summary>A function with its arguments as operands.</summary>
    Call,

    /// <summary><c>CAST(a AS t)</c>, <c>a::t</c>: the operand is <c>a</c>.</summary>
    Cast,

    /// <summary><c>CASE</c>: the operands are all expressions in it, in text order.</summary>
    Case,

    /// <summary>A query in parentheses, or <c>ANY (query)</c>.</summary>
    Subquery,

    /// <summary><c>(a, b)</c>, <c>ARRAY[a, b]</c>.</summary>
    List,

    /// <summary><c>a || b</c>, or <c>+</c> with a string among the operands.</summary>
    Concatenation,

    /// <summary>Any other operators at one level, with their operands: <c>a + b * c</c>, <c>a -&gt; b</c>, <c>a COLLATE b</c>.</summary>
    Operation,
}
