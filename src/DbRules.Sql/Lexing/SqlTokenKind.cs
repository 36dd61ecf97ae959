namespace DbRules.Sql;

public enum SqlTokenKind : byte
{
    /// <summary>A character or run that no dialect rule of the lexer covers, such as <c>#</c> or <c>2fa</c>.</summary>
    Unknown = 0,

    /// <summary>An unquoted word that is reserved in practice, such as <c>SELECT</c>.</summary>
    Keyword,

    /// <summary>Any other unquoted word. <see cref="SqlToken.Keyword"/> still tells words with a meaning by place, such as <c>LIMIT</c>.</summary>
    Identifier,

    /// <summary><c>"x"</c>, <c>[x]</c> or <c>`x`</c>, closing quotes doubled inside.</summary>
    QuotedIdentifier,

    /// <summary><c>'x'</c>, <c>N'x'</c>, <c>E'x'</c>, <c>B'0'</c>, <c>X'0'</c>, <c>$$x$$</c>, <c>$tag$x$tag$</c>.</summary>
    String,

    Number,

    /// <summary><c>@p</c>, <c>:p</c>, <c>:1</c>, <c>$p</c>, <c>$1</c>, <c>?</c>, <c>?1</c>, <c>?p</c>, <c>?p?</c>, <c>{0}</c>, <c>{=p}</c>.</summary>
    Parameter,

    Operator,

    /// <summary>One of <c>( ) [ ] , ; . :</c>; brackets only where they index an array.</summary>
    Punctuation,

    /// <summary>One hole of the <see cref="SqlText"/>, outside quotes and comments.</summary>
    Hole,

    /// <summary><c>-- to the line's end</c> or <c>/* nested */</c>.</summary>
    Comment,
}
