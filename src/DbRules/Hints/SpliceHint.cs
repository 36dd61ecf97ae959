using System.Collections.Immutable;
using DbRules.Engine.SqlTexts;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>What holds the values of parameters.</summary>
public enum SpliceHolder
{
    /// <summary>A command object with a list of parameters.</summary>
    Command,

    /// <summary>An argument whose members are the parameters.</summary>
    Members,

    /// <summary>A list of arguments that placeholders such as <c>{0}</c> count.</summary>
    Placeholders,
}

/// <summary>How parameters hold a list of values.</summary>
public enum SpliceList
{
    /// <summary>It holds one value.</summary>
    None,

    /// <summary>In the place of the parentheses behind <c>IN</c>.</summary>
    In,

    /// <summary>As <c>= ANY(@list)</c> in the place of <c>IN</c>.</summary>
    Any,

    /// <summary>As <c>&lt;&gt; ALL(@list)</c> in the place of <c>NOT IN</c>.</summary>
    NotAny,

    /// <summary>A parameter for each element, in the place of the parentheses behind <c>IN</c>.</summary>
    Each,
}

/// <summary>The values of one SQL text that can become parameters. Spans are positions in the file of the finding.</summary>
public sealed record SpliceHint : Hint
{
    public SpliceHolder Holder { get; init; }

    /// <summary>The call, creation or assignment that takes the text.</summary>
    public TextSpan Target { get; init; }

    /// <summary>The parameter of the call that takes values; null for a command.</summary>
    public string? Argument { get; init; }

    /// <summary>The expression that is handed over as SQL.</summary>
    public TextSpan Sql { get; init; }

    /// <summary>What stands in front of a parameter's name in the SQL.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The strings in the SQL with their quotes; the values themselves where no quotes are around them.</summary>
    public ImmutableArray<TextSpan> Places { get; init; } = [];

    /// <summary>The first value that is filled into each place.</summary>
    public ImmutableArray<TextSpan> Values { get; init; } = [];

    /// <summary>The name for the parameter of each place, without prefix.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>How the parameter of each place holds a list.</summary>
    public ImmutableArray<SpliceList> Lists { get; init; } = [];

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static SpliceHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        if (reader.Enum<SpliceHolder>(nameof(Holder)) is not { } holder || reader.Span(nameof(Target)) is not { } target || reader.Span(nameof(Sql)) is not { } sql)
            return null;
        var hint = new SpliceHint
        {
            Holder = holder,
            Target = target,
            Argument = reader.Text(nameof(Argument)),
            Sql = sql,
            Prefix = reader.Text(nameof(Prefix)) ?? "",
            Places = reader.Spans(nameof(Places)),
            Values = reader.Spans(nameof(Values)),
            Names = [.. (reader.Text(nameof(Names)) ?? "").Split(',')],
            Lists = [.. (reader.Text(nameof(Lists)) ?? "").Split(',').Select(static list => Enum.TryParse(list, out SpliceList kind) ? kind : SpliceList.None)],
        };
        return hint.Places.Length > 0 && hint.Places.Length == hint.Values.Length && hint.Places.Length == hint.Names.Length && hint.Places.Length == hint.Lists.Length ? hint : null;
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Holder), Holder.ToString());
        writer.Add(nameof(Target), Target);
        writer.Add(nameof(Argument), Argument);
        writer.Add(nameof(Sql), Sql);
        writer.Add(nameof(Prefix), Prefix);
        writer.Add(nameof(Places), Places);
        writer.Add(nameof(Values), Values);
        writer.Add(nameof(Names), string.Join(",", Names));
        writer.Add(nameof(Lists), string.Join(",", Lists));
        return writer.ToProperties();
    }

    /// <summary>The hint for a value of a plan; null where the plan does not have it.</summary>
    internal static SpliceHint? Of(ParameterPlan? plan, SplicedValue value) => plan is null || !plan.Places.Any(place => place.Span.Contains(value.Value.Syntax.Span) || place.Value == value.Value.Syntax.Span) ? null : new SpliceHint
    {
        Holder = plan.Holder switch
        {
            ParameterHolder.Members => SpliceHolder.Members,
            ParameterHolder.Placeholders => SpliceHolder.Placeholders,
            _ => SpliceHolder.Command,
        },
        Target = plan.Target,
        Argument = plan.Argument,
        Sql = plan.Sql,
        Prefix = plan.Prefix,
        Places = [.. plan.Places.Select(static place => place.Span)],
        Values = [.. plan.Places.Select(static place => place.Value)],
        Names = [.. plan.Places.Select(static place => place.Name)],
        Lists = [.. plan.Places.Select(static place => ListOf(place.List))],
    };

    private static SpliceList ListOf(ListParameter list) => list switch
    {
        ListParameter.In => SpliceList.In,
        ListParameter.Any => SpliceList.Any,
        ListParameter.NotAny => SpliceList.NotAny,
        ListParameter.Each => SpliceList.Each,
        _ => SpliceList.None,
    };
}
