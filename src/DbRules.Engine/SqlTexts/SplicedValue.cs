using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.SqlTexts;

/// <summary>Why a value does not belong into the text of SQL.</summary>
public enum SpliceHarm
{
    /// <summary>It may be text of any kind, which ends the value and goes on as SQL.</summary>
    ChangesStatement,

    /// <summary>The same, where a name stands, a sort key or the direction of one, which no parameter can stand for.</summary>
    ChangesName,

    /// <summary>It is written as the culture of the machine has it: <c>1,5</c>, <c>31.12.2026</c>.</summary>
    DependsOnCulture,
}

/// <summary>A value that becomes part of a SQL text.</summary>
/// <param name="Sql">The text.</param>
/// <param name="Place">The value in the text: the string around it with its quotes, or the hole.</param>
/// <param name="Position">The hole in the text.</param>
/// <param name="Value">The value.</param>
/// <param name="Harm">What is wrong with it.</param>
/// <param name="IsByHelper">Whether a method that the body calls puts it into the text; then the value is what that call is given, or the call itself.</param>
public sealed record SplicedValue(SentSql Sql, SqlSpan Place, int Position, IOperation Value, SpliceHarm Harm, bool IsByHelper)
{
    /// <summary>
    /// Where it is filled in, in the body, or given to a method that does so; the expression that hands the text over where that stands elsewhere.
    /// </summary>
    public Location Location => IsByHelper && Value.Syntax.GetLocation() is var given && Sql.Body.Contains(given) ? given : Sql.LocationOf(new SqlSpan(Position, 1));

    /// <summary>Where the called method fills it in; null where the body itself does.</summary>
    public Location? LocationInHelper => IsByHelper ? Sql.Text.LocationOf(new SqlSpan(Position, 1)) : null;
}
