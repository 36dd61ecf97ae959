using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Tells what a call hands over that is surely not null.</summary>
internal static class SureObjects
{
    /// <summary>Locals in a row. More are not followed, so circular code ends.</summary>
    private const int LongestChain = 8;

    /// <summary>
    /// Whether a value is an object made here, <c>this</c>, what a call hands out or has set its <c>out</c> argument to and says to be no null, or something that is handed on and is none
    /// of null itself. A <c>Try...</c> may leave its argument null.
    /// </summary>
    public static bool IsSure(IOperation value, FlaggedCode? caller, Origins origins) => IsSure(value, caller, origins, 0);

    private static bool IsSure(IOperation value, FlaggedCode? caller, Origins origins, int depth) => depth < LongestChain && Given(value) switch
    {
        IObjectCreationOperation or IArrayCreationOperation or ICollectionExpressionOperation or IInstanceReferenceOperation => true,
        IInvocationOperation { TargetMethod: { ReturnNullableAnnotation: NullableAnnotation.NotAnnotated, ReturnType.TypeKind: not TypeKind.TypeParameter } } => true,
        ICoalesceOperation coalesce => IsSure(coalesce.WhenNull, caller, origins, depth + 1),
        IConditionalOperation { WhenFalse: { } whenFalse } choice => IsSure(choice.WhenTrue, caller, origins, depth + 1) && IsSure(whenFalse, caller, origins, depth + 1),
        ILocalReferenceOperation { Local: var local } => origins.Of(local) is { Count: > 0 } assignments
            && assignments.All(assignment => assignment.Value is { } assigned ? IsSure(assigned, caller, origins, depth + 1) : IsSet(assignment.Site)),
        IParameterReferenceOperation parameter => caller?.IsObject(parameter) == true,
        _ => false,
    };

    /// <summary>What is converted; one that <c>as</c> tries to convert may become null.</summary>
    private static IOperation Given(IOperation value) => value is IConversionOperation { IsTryCast: false, Operand: var operand } ? Given(operand) : value is IConversionOperation ? value : Operations.Unwrap(value);

    private static bool IsSet(IOperation site) => SetterOf(site)?.StartsWith("Try", StringComparison.Ordinal) == false;

    /// <summary>The name of the method that sets its <c>out</c> argument at a site, also of one that does not bind; null where it may set it to null.</summary>
    private static string? SetterOf(IOperation site) => site switch
    {
        IArgumentOperation { Parameter: { RefKind: RefKind.Out, NullableAnnotation: not NullableAnnotation.Annotated }, Parent: IInvocationOperation { TargetMethod.Name: var name } } => name,
        IInvalidOperation { Syntax: InvocationExpressionSyntax call } => CodeText.NameOf(call).AsToken().ValueText,
        _ => null,
    };
}
