using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>
/// Says whether a name that becomes part of a SQL text may be any text. Code hands names of its own from method to method far more often than those that users choose, so
/// a parameter counts as such only where its callers show it, or where there is nobody in view but a user to call it.
/// </summary>
/// <param name="context">The compilation.</param>
/// <param name="callers">Who calls its methods.</param>
/// <param name="roots">The blocks of the body.</param>
/// <param name="origins">Where its values come from.</param>
/// <param name="isSortKey">Whether it is a sort key, which users choose even where code of theirs is not in view.</param>
/// <param name="level">How many calls the question has come through.</param>
/// <param name="helper">The call that the body is asked about for; null where it is asked about for itself.</param>
/// <param name="outer">The body of that call.</param>
internal sealed class NameTrust(CompilationContext context, NameCallers callers, IReadOnlyList<IOperation> roots, Origins origins, bool isSortKey, int level = 0, HelperCall? helper = null, NameTrust? outer = null)
{
    private const int MaxLevel = 3;

    private static readonly string[] FragmentWords = ["param", "clause", "expr", "sql", "query", "where", "filter", "condition", "fragment", "statement", "function", "placeholder", "operator", "columns", "fields", "prefix", "suffix"];

    private readonly Lazy<HashSet<ISymbol>> _compared = new(() => ComparedValues.Of(roots));

    /// <summary>What a name may be; one that is called a piece of SQL, or that is put together from several, is not known.</summary>
    public Trust Of(IOperation name)
    {
        if (VariableBehind(name) is not { } variable || FragmentWords.Any(word => variable.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
            return Trust.Unknown;
        return IsCompared(name) || (variable is ILocalSymbol local && origins.Of(local).Any(assignment => assignment.Value is { } value && IsCompared(value)))
            ? Trust.Harmless
            : new ValueTrust(context, roots, origins, OfParameter, level).Of(name);
    }

    /// <summary>Whether a value may be any text, whatever it is called.</summary>
    private Trust OfValue(IOperation value) => IsCompared(value) ? Trust.Harmless : new ValueTrust(context, roots, origins, OfParameter, level).Of(value);

    /// <summary>The variable or member that holds a name, also where methods of text are called on it, or another name stands in for null.</summary>
    private static ISymbol? VariableBehind(IOperation name) => Operations.Unwrap(name) switch
    {
        IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_String, Instance: { } text } => VariableBehind(text),
        ICoalesceOperation { Value: var value } => VariableBehind(value),
        IConditionalAccessOperation { Operation: var accessed } access => Operations.Referenced(access.WhenNotNull) ?? VariableBehind(accessed),
        var other => Operations.Referenced(other),
    };

    private bool IsCompared(IOperation value) => VariableBehind(value) is { } variable && _compared.Value.Contains(variable);

    private Trust OfParameter(IParameterSymbol parameter)
    {
        if (_compared.Value.Contains(parameter))
            return Trust.Harmless;
        if (helper?.ArgumentFor(parameter) is { } given)
            return outer!.OfValue(given);
        if (level >= MaxLevel || parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.LocalFunction } method)
            return Trust.Setting;
        Trust trust = Trust.Harmless;
        bool any = false;
        foreach (Assignment assignment in origins.Of(parameter))
            trust = ValueTrust.Worst(trust, assignment.Value is { } assigned ? OfValue(assigned) : Trust.Unknown);
        foreach (IReadOnlyList<IOperation> caller in method.MethodKind == MethodKind.LocalFunction ? [roots] : callers.Of(method))
        {
            NameTrust? calling = null;
            foreach (IOperation argument in callers.ArgumentsFor(parameter, method, caller))
            {
                any = true;
                trust = ValueTrust.Worst(trust, (calling ??= new NameTrust(context, callers, caller, new Origins(caller), isSortKey, level + 1)).OfValue(argument));
            }
        }

        return any ? trust : ValueTrust.Worst(trust, IsGivenByUsers(method) ? Trust.Data : Trust.Unknown);
    }

    /// <summary>A method that no code in view calls: of a program it answers requests, and a library that sorts by a name does so for a program.</summary>
    private bool IsGivenByUsers(IMethodSymbol method) => method.DeclaredAccessibility == Accessibility.Public && !callers.MayBeOutOfView(method) && (isSortKey || callers.IsProgram);
}
