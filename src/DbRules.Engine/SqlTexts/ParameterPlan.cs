using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.SqlTexts;

/// <summary>What holds the values of parameters.</summary>
public enum ParameterHolder
{
    /// <summary>A command object with a list of parameters.</summary>
    Command,

    /// <summary>An argument whose members are the parameters.</summary>
    Members,

    /// <summary>A list of arguments that placeholders such as <c>{0}</c> count.</summary>
    Placeholders,
}

/// <summary>One value of a SQL text that can be a parameter.</summary>
/// <param name="Span">The string in the SQL with its quotes, as the source writes it; the value itself where no quotes are around it.</param>
/// <param name="Value">The first value that is filled in.</param>
/// <param name="Name">The name for the parameter, without prefix; no other parameter of the text has it.</param>
/// <param name="List">How parameters hold a list; then the span has the parentheses around it, and the word in front of them where that becomes another one.</param>
public sealed record ParameterPlace(TextSpan Span, TextSpan Value, string Name, ListParameter List = ListParameter.None);

/// <summary>How the values of a SQL text can become parameters. Spans are positions in the file that the text stands in.</summary>
/// <param name="Holder">What holds the values.</param>
/// <param name="Target">The call, creation or assignment that takes the text.</param>
/// <param name="Argument">The parameter of the call that takes values; null for a command.</param>
/// <param name="Sql">The expression that is handed over as SQL.</param>
/// <param name="Prefix">What stands in front of a parameter's name in the SQL.</param>
/// <param name="Places">The values, in text order.</param>
public sealed record ParameterPlan(ParameterHolder Holder, TextSpan Target, string? Argument, TextSpan Sql, string Prefix, ImmutableArray<ParameterPlace> Places);
