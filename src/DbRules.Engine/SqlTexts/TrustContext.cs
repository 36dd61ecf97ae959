using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.SqlTexts;

/// <summary>What all questions about the trust of values in one compilation share.</summary>
internal sealed class TrustContext(Compilation compilation, CompilationContext context, MemberBodies bodies)
{
    public CompilationContext Compilation { get; } = context;

    /// <summary>Who calls the methods of the compilation.</summary>
    public Callers Callers { get; } = new(compilation, bodies);

    /// <summary>What somebody outside of the program chooses.</summary>
    public OutsideValues Outside { get; } = new(context);

    /// <summary>The worst that the code in view gives a parameter; null where none of it calls the method.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="method">Its method.</param>
    /// <param name="roots">The body that asks.</param>
    /// <param name="trustIn">Who says what the values of a calling body may be.</param>
    public Trust? GivenTo(IParameterSymbol parameter, IMethodSymbol method, IReadOnlyList<IOperation> roots, Func<IReadOnlyList<IOperation>, Func<IOperation, Trust>> trustIn)
    {
        Trust? worst = null;
        foreach (IReadOnlyList<IOperation> caller in Callers.Of(method, roots))
        {
            if (Callers.ArgumentsFor(parameter, caller) is { Count: > 0 } arguments)
                worst = ValueTrust.Worst(worst ?? Trust.Harmless, ValueTrust.Worst(arguments.Select(trustIn(caller))));
            if (Callers.DelegatesOf(method, caller).Any(Outside.AnswersAs) && Outside.IsInput(parameter, answers: true))
                return Trust.Data;
        }

        return worst;
    }

    /// <summary>Whether all calls of a method, of which some are in view and none is known to be elsewhere, let a type parameter stand for such a type.</summary>
    /// <param name="parameter">The type parameter.</param>
    /// <param name="roots">The body that asks.</param>
    /// <param name="isSuch">The question about one type.</param>
    public bool StandsOnlyFor(ITypeParameterSymbol parameter, IReadOnlyList<IOperation> roots, Func<ITypeSymbol, bool> isSuch)
    {
        if (parameter.DeclaringMethod is not { } method || Callers.MayBeOutOfView(method))
            return false;
        ITypeSymbol[] given = [.. Callers.Of(method, roots).SelectMany(caller => Callers.TypesFor(parameter, caller))];
        return given.Length > 0 && Array.TrueForAll(given, type => isSuch(type));
    }
}
