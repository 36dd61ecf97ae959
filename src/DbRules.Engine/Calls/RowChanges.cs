using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Whether code may change objects of one type, as far as it is in view.</summary>
internal static class RowChanges
{
    /// <summary>Whether anything in a scope sets a member of such an object, calls a method on one that may, or gives one to code of the project.</summary>
    public static bool AnyIn(IOperation scope, ITypeSymbol row) => Operations.Any(scope, operation => operation switch
    {
        IAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } instance and not IInstanceReferenceOperation } } => Is(instance, row),
        IIncrementOrDecrementOperation { Target: IMemberReferenceOperation { Instance: { } instance } } => Is(instance, row),
        IInvocationOperation { Instance: { } instance } call => Is(instance, row) && !Mutations.OnlyReads(call.TargetMethod),
        IArgumentOperation { Parent: IInvocationOperation call } argument =>
            Is(argument.Value, row) && !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && !Mutations.OnlyReads(call.TargetMethod),
        _ => false,
    });

    private static bool Is(IOperation value, ITypeSymbol row)
    {
        for (ITypeSymbol? type = Operations.Unwrap(value).Type; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, row.OriginalDefinition))
                return true;
        }

        return false;
    }
}
