using DbRules.Sql;

namespace DbRules.Engine.SqlTexts;

/// <summary>An <c>INSERT</c> that gives its values in the order of the table's columns.</summary>
/// <param name="Table">The table as the text refers to it.</param>
/// <param name="Columns">The names of the columns that get the values, in the order of the values, as SQL; null where that is not sure.</param>
public sealed record UnnamedInsert(SqlTable Table, string? Columns);
