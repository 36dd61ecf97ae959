using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Says whether what becomes part of the SQL texts of one body may be any text, also where a method that the body calls puts it in.</summary>
internal sealed class SpliceTrust(TrustContext context, BodyFacts body)
{
    private const int MaxSteps = 40;

    private readonly ValueTrust _values = new(context, body.Roots, body.Origins);
    private NameTrust? _names;
    private NameTrust? _sortKeys;

    /// <summary>What a value may be.</summary>
    /// <param name="value">The value.</param>
    /// <param name="helper">The call in whose method it stands; null where it stands in the body.</param>
    public Trust OfValue(IOperation value, HelperCall? helper) => IsEscaped(helper) ? Trust.Harmless : ValuesIn(helper).Of(value);

    /// <summary>What a name may be.</summary>
    /// <param name="value">The name.</param>
    /// <param name="helper">The call in whose method it stands; null where it stands in the body.</param>
    /// <param name="isSortKey">Whether it stands in <c>ORDER BY</c>.</param>
    public Trust OfName(IOperation value, HelperCall? helper, bool isSortKey) => IsEscaped(helper) ? Trust.Harmless : NamesIn(helper, isSortKey).Of(value);

    /// <summary>
    /// Whether a name is that of a member which nobody outside can choose. Such a name is harmless wherever it stands, which tells of most without reading the statement.
    /// </summary>
    /// <param name="value">The name.</param>
    /// <param name="helper">The call in whose method it stands; null where it stands in the body.</param>
    public bool IsOwnName(IOperation value, HelperCall? helper) => Operations.RootSymbol(value) is IFieldSymbol or IPropertySymbol && OfName(value, helper, isSortKey: false) != Trust.Data;

    /// <summary>Whether a value is read right where it comes in from outside of the program.</summary>
    public bool ReadsOutside(IOperation value) => context.Outside.Reads(value);

    /// <summary>What the body gives a method for a value that the method puts into a text: an argument, the call itself where the value is made of none.</summary>
    public static IOperation GivenFor(IOperation value, HelperCall helper)
    {
        IOperation current = value;
        for (HelperCall? call = helper; call is not null; call = call.Outer)
        {
            current = Operations.RootSymbol(SourceOf(current, call.Origins)) is IParameterSymbol parameter && call.ArgumentFor(parameter) is { } argument ? argument : call.Call;
        }

        return Operations.Unwrap(current);
    }

    /// <summary>The value that a text is made of, by locals with one value and by what is called on it.</summary>
    private static IOperation SourceOf(IOperation value, Origins origins)
    {
        IOperation current = Operations.Unwrap(value);
        for (int steps = 0; steps < MaxSteps; steps++)
        {
            if (current is IInvocationOperation { Instance: { } text })
                current = Operations.Unwrap(text);
            else if (current is ILocalReferenceOperation { Local: var local } && origins.SingleValue(local) is { } single)
                current = single;
            else
                break;
        }

        return current;
    }

    private static bool IsEscaped(HelperCall? helper)
    {
        for (HelperCall? call = helper; call is not null; call = call.Outer)
        {
            if (NameWords.SpeakOfEscaping(call.Call.TargetMethod))
                return true;
        }

        return false;
    }

    private ValueTrust ValuesIn(HelperCall? helper)
    {
        if (helper is null)
            return _values;
        return new ValueTrust(context, helper.Roots, helper.Origins, GivenFor, level: 1);

        Trust GivenFor(IParameterSymbol parameter) => helper.ArgumentFor(parameter) is { } argument ? ValuesIn(helper.Outer).Of(argument) : helper.Origins.Of(parameter).Count > 0 ? Trust.Unknown : Trust.Harmless;
    }

    private NameTrust NamesIn(HelperCall? helper, bool isSortKey) => helper is null
        ? isSortKey ? _sortKeys ??= new(context, body.Roots, body.Origins, isSortKey) : _names ??= new(context, body.Roots, body.Origins, isSortKey)
        : new NameTrust(context, helper.Roots, helper.Origins, isSortKey, level: 1, helper, NamesIn(helper.Outer, isSortKey));
}
