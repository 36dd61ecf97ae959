using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.SqlTexts;

/// <summary>A <c>*</c> whose columns a library maps to the members of a type.</summary>
/// <param name="Span">The star with its qualifier.</param>
/// <param name="Row">The type that each row becomes.</param>
/// <param name="Columns">The columns to list instead, as SQL; null where they are not known.</param>
public sealed record MappedStar(SqlSpan Span, ITypeSymbol Row, string? Columns);
