using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>What a save may find to write.</summary>
internal static class Staging
{
    /// <summary>Whether an operation may change an entity or add one; a call of code that is not known may, unless its name says that it only reads.</summary>
    public static bool MayStage(IOperation operation, ModelIndex models) => operation switch
    {
        IAssignmentOperation { Target: IMemberReferenceOperation } => true,
        IIncrementOrDecrementOperation { Target: IMemberReferenceOperation } => true,
        IInvocationOperation { TargetMethod: var method } => models.Of(method) is { } model ? model.Has(DbEffect.Stages) : !Mutations.OnlyReads(method),
        _ => false,
    };

    /// <summary>The state that <c>db.Entry(order).State = EntityState.Added</c> gives to the argument of a call; null for any other call.</summary>
    public static string? StateGivenBy(IInvocationOperation entry) =>
        entry.Parent is IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation { Target: { } target, Value: IFieldReferenceOperation { Field: { IsConst: true, Name: var state } } } } property
        && target == property
            ? state
            : null;
}
