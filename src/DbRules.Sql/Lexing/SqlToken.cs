using System.Runtime.InteropServices;

namespace DbRules.Sql;

/// <summary>One token of a <see cref="SqlText"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SqlToken(SqlTokenKind Kind, SqlKeyword Keyword, SqlSpan Span, SqlTokenMarks Marks)
{
    public int Start => Span.Start;

    public int Length => Span.Length;

    public int End => Span.End;

    /// <summary>A name, quoted or not; words that mean something only by place count.</summary>
    public bool IsName => Kind is SqlTokenKind.Identifier or SqlTokenKind.QuotedIdentifier;

    public bool Has(SqlTokenMarks mark) => (Marks & mark) == mark;

    public override string ToString() => $"{Kind} {Span}";
}
