using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>What code does with the value of a property that leads to other entities.</summary>
internal enum NavigationUse
{
    /// <summary>Hands it on, or does with it what does not tell.</summary>
    Other,

    /// <summary>Needs what it holds: a member of the one entity, the elements or the number of several.</summary>
    Needed,

    /// <summary>Asks whether it holds anything.</summary>
    Tested,

    /// <summary>Puts something into it.</summary>
    Changed,
}

/// <summary>Reads the use of a property from the operation around it.</summary>
internal static class NavigationUses
{
    /// <summary>What the code does with the value of a property.</summary>
    public static NavigationUse Of(IPropertyReferenceOperation property, ModelIndex models)
    {
        IOperation value = property;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        bool isSequence = Sequences.IsSequence(property.Type);
        switch (value.Parent)
        {
            case IConditionalAccessOperation access when access.Operation == value:
            case IIsPatternOperation or IIsTypeOperation:
            case ICoalesceOperation coalesce when coalesce.Value == value:
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals }:
                return NavigationUse.Tested;
            case IAssignmentOperation assignment when assignment.Target == value:
                return NavigationUse.Changed;
            case IForEachLoopOperation loop when loop.Collection == value:
                return NavigationUse.Needed;
            case IMemberReferenceOperation member when member.Instance == value:
                return NavigationUse.Needed;
            case IInvocationOperation call when call.Instance == value:
                return !isSequence || Mutations.OnlyReads(call.TargetMethod) || models.Of(call.TargetMethod) is not null ? NavigationUse.Needed : NavigationUse.Changed;
            case IArgumentOperation { Parent: IInvocationOperation call }:
                return OfArgument(value, call, isSequence, models);
            default:
                return NavigationUse.Other;
        }
    }

    private static NavigationUse OfArgument(IOperation value, IInvocationOperation call, bool isSequence, ModelIndex models)
    {
        // 'ThrowIfNull', 'NotNull' and their like.
        if (call.TargetMethod.Name.Contains("Null"))
            return NavigationUse.Tested;
        bool enumerates = isSequence
            && Operations.Receiver(call) is { } receiver && Operations.Unwrap(receiver).Syntax == Operations.Unwrap(value).Syntax
            && models.Of(call.TargetMethod) is { } model
            && (model.Effect & (DbEffect.Enumerates | DbEffect.Lazy)) != 0;
        return enumerates ? NavigationUse.Needed : NavigationUse.Other;
    }
}
