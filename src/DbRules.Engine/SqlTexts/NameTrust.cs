using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>
/// Says whether a name that becomes part of a SQL text may be any text. Code hands names of its own from method to method far more often than those that users choose, so
/// a parameter counts as such only where its callers show it, or where there is nobody in view but a user to call it.
/// </summary>
/// <param name="context">What such questions share.</param>
/// <param name="roots">The blocks of the body.</param>
/// <param name="origins">Where its values come from.</param>
/// <param name="isSortKey">Whether it is a sort key, which users choose even where code of theirs is not in view.</param>
/// <param name="level">How many calls the question has come through.</param>
/// <param name="helper">The call that the body is asked about for; null where it is asked about for itself.</param>
/// <param name="outer">The body of that call.</param>
internal sealed class NameTrust(TrustContext context, IReadOnlyList<IOperation> roots, Origins origins, bool isSortKey, int level = 0, HelperCall? helper = null, NameTrust? outer = null)
{
    private const int MaxLevel = 3;

    private HashSet<ISymbol>? _compared;

    private HashSet<ISymbol> Compared => _compared ??= ComparedValues.Of(roots);

    /// <summary>What a name may be; one that is called a piece of SQL, or that is put together from several, is not known.</summary>
    public Trust Of(IOperation name)
    {
        ISymbol? variable = TextVariables.Behind(name);
        if (variable is null ? !context.Outside.Reads(name) : NameWords.SpeakOfPiece(variable.Name))
            return Trust.Unknown;
        return IsCompared(name) || (variable is ILocalSymbol local && origins.Of(local).Any(assignment => assignment.Value is { } value && IsCompared(value)))
            ? Trust.Harmless
            : new ValueTrust(context, roots, origins, OfParameter, level).Of(name);
    }

    /// <summary>Whether a value may be any text, whatever it is called.</summary>
    private Trust OfValue(IOperation value) => IsCompared(value) ? Trust.Harmless : new ValueTrust(context, roots, origins, OfParameter, level).Of(value);

    private bool IsCompared(IOperation value) => TextVariables.Behind(value) is { } variable && Compared.Contains(variable);

    private Trust OfParameter(IParameterSymbol parameter)
    {
        if (Compared.Contains(parameter))
            return Trust.Harmless;
        if (helper?.ArgumentFor(parameter) is { } argument)
            return outer!.OfValue(argument);
        if (context.Outside.IsInput(parameter))
            return Trust.Data;
        if (level >= MaxLevel || parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.LocalFunction } method)
            return Trust.Setting;
        Trust assigned = ValueTrust.Worst(origins.Of(parameter).Select(assignment => assignment.Value is { } value ? OfValue(value) : Trust.Unknown));
        Trust given = context.GivenTo(parameter, method, roots, caller => new NameTrust(context, caller, new Origins(caller), isSortKey, level + 1).OfValue)
            ?? (IsGivenByUsers(method) ? Trust.Data : Trust.Unknown);
        return ValueTrust.Worst(assigned, given);
    }

    /// <summary>A method that no code in view calls: of a program it answers requests, and a library that sorts by a name does so for a program.</summary>
    private bool IsGivenByUsers(IMethodSymbol method) => method.DeclaredAccessibility == Accessibility.Public && !context.Callers.MayBeOutOfView(method) && (isSortKey || context.Callers.IsProgram);
}
