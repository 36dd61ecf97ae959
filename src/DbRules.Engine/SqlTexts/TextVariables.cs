using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Which variable a text comes from.</summary>
internal static class TextVariables
{
    /// <summary>
    /// The variable or member that holds a text, also where methods of text are called on it, or another text stands in for null; null for a text that is made of none.
    /// </summary>
    public static ISymbol? Behind(IOperation text)
    {
        IOperation current = Operations.Unwrap(text);
        while (true)
        {
            switch (current)
            {
                case IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_String, Instance: { } own }:
                    current = Operations.Unwrap(own);
                    break;
                case ICoalesceOperation { Value: var first }:
                    current = Operations.Unwrap(first);
                    break;
                case IConditionalAccessOperation { WhenNotNull: var member }:
                    current = Operations.Unwrap(member);
                    break;
                case IConditionalAccessInstanceOperation instance when Operations.ConditionalReceiver(instance) is { } receiver:
                    current = Operations.Unwrap(receiver);
                    break;
                default:
                    return Operations.Referenced(current);
            }
        }
    }
}
