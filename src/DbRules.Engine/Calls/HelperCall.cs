using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A call of a method in view that returns text, whose body a part of a text comes from.</summary>
/// <param name="Call">The call.</param>
/// <param name="Roots">The body of the method.</param>
/// <param name="Origins">Where the values of that body come from.</param>
/// <param name="Outer">The call whose method's body this one stands in; null where it stands in the body that the text is asked of.</param>
internal sealed record HelperCall(IInvocationOperation Call, IReadOnlyList<IOperation> Roots, Origins Origins, HelperCall? Outer)
{
    private const int MostNesting = 3;

    /// <summary>Reads a call as one; null where it returns no text, or where the method that runs is not in view or in the middle of running.</summary>
    public static HelperCall? Of(IInvocationOperation call, HelperCall? outer, CalleeBodies bodies)
    {
        int level = 0;
        for (HelperCall? open = outer; open is not null; open = open.Outer)
        {
            if (++level == MostNesting || SymbolEqualityComparer.Default.Equals(open.Call.TargetMethod.OriginalDefinition, call.TargetMethod.OriginalDefinition))
                return null;
        }

        return call.TargetMethod.ReturnType.SpecialType == SpecialType.System_String && !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && bodies.Of(call.TargetMethod) is { Count: > 0 } roots
            ? new HelperCall(call, roots, new Origins(roots), outer)
            : null;
    }

    /// <summary>What the call gives a parameter of its method that keeps its value; null for any other.</summary>
    public IOperation? ArgumentFor(IParameterSymbol parameter) =>
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, Call.TargetMethod.OriginalDefinition) && Origins.Of(parameter).Count == 0
            ? Operations.Argument(Call, parameter.Name)
            : null;
}
