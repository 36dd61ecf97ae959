using System.Collections.Immutable;
using DbRules.Sql;

namespace DbRules.Engine.SqlTexts;

/// <summary>A parameter of a text that gets no value.</summary>
/// <param name="Name">Its name, without prefix.</param>
/// <param name="Places">Where the text has it, prefix included.</param>
/// <param name="Nearest">The name that is nearly the same, is given and is not used by the text; null when there is none, or more than one.</param>
public sealed record UngivenParameter(string Name, ImmutableArray<SqlSpan> Places, string? Nearest);
