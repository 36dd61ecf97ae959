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

    /// <summary>Whether a type is that of a row, or derived from it.</summary>
    public static bool Is(ITypeSymbol? type, ITypeSymbol row)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, row.OriginalDefinition))
                return true;
        }

        return false;
    }

    private static bool Is(IOperation value, ITypeSymbol row) => Is(Operations.Unwrap(value).Type, row);
}
