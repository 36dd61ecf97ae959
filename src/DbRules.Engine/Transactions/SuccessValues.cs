using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Which returned values surely tell the caller that all went well.</summary>
internal static class SuccessValues
{
    private static readonly string[] Words = ["Ok", "Created", "Accepted", "NoContent", "Success", "Succeed", "Succeeded"];

    /// <summary>
    /// <c>true</c>, a result that is named after success and holds no <c>false</c>, what a write gave back, or the object that was staged, or its key.
    /// </summary>
    public static bool IsSuccess(IOperation value, IOperation[] written, Origins origins, ModelIndex models)
    {
        IOperation result = Operations.Unwrap(value);
        if (result is IInvocationOperation { TargetMethod: { Name: "FromResult", IsStatic: true }, Arguments: [{ Value: { } inner }] })
            result = Operations.Unwrap(inner);
        // A result type that takes the value in: ActionResult<Order>.
        if (result is IConversionOperation { IsImplicit: true, Operand: { } taken })
            result = Operations.Unwrap(taken);
        return result switch
        {
            { ConstantValue: { HasValue: true, Value: true } } => true,
            IInvocationOperation call => IsWord(call.TargetMethod.Name) && !HoldsFalse(call),
            IObjectCreationOperation { Type: { } type } creation => IsWord(type.Name) && !HoldsFalse(creation),
            IFieldReferenceOperation { Field.Name: var name } => IsWord(name),
            IPropertyReferenceOperation { Property.Name: "Id", Instance: (ILocalReferenceOperation or IParameterReferenceOperation) and var saved } => IsStaged(Operations.Referenced(saved)!, written, models),
            IPropertyReferenceOperation { Property.Name: var name } => IsWord(name),
            ILocalReferenceOperation or IParameterReferenceOperation => written.Contains(origins.Resolve(result)) || IsStaged(Operations.Referenced(result)!, written, models),
            _ => false,
        };
    }

    /// <summary>Whether a condition around the return looks at what a write gave back, or asks for a trial run.</summary>
    public static bool IsTested(IOperation leave, IOperation[] written, Origins origins) => Conditions.Around(leave).Any(condition =>
        Operations.Any(condition, part => written.Contains(part) || written.Contains(origins.Resolve(part)) || TrialRuns.IsNamedSo(Operations.Referenced(part)?.Name)));

    private static bool IsWord(string name) => Words.Any(word =>
        name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || char.IsUpper(name[word.Length])));

    private static bool HoldsFalse(IOperation result) => Operations.Any(result, static part => part.ConstantValue is { HasValue: true, Value: false or null } && !part.IsImplicit);

    /// <summary>An object that the code hands to its context, or to the call that writes.</summary>
    private static bool IsStaged(ISymbol symbol, IOperation[] written, ModelIndex models) =>
        Operations.Any(Operations.RootOf(written[0]), operation => operation is IInvocationOperation call && (written.Contains(operation) || models.Of(call.TargetMethod)?.Has(DbEffect.Stages) == true)
            && call.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(Operations.Referenced(argument.Value), symbol)));
}
