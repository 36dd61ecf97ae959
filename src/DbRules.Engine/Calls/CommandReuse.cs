using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// Tells a command that is prepared once and sent again with other values. Its parameters are objects of their own, which a local, a field or
/// another method may hold, so the command itself need not be named where a value changes.
/// </summary>
internal static class CommandReuse
{
    /// <summary>Whether a command that outlives the pass may get other values in it. When in doubt it may; false for a call that takes no command.</summary>
    public static bool MayGetOtherValues(DbCall call, Iteration iteration)
    {
        if (call.Argument(ParameterRole.Command) is not { } command || Operations.RootSymbol(command) is not { } root || IsMadeInPass(root, iteration))
            return false;
        return Operations.Any(iteration.Body, operation => operation switch
        {
            IAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } owner and not IInstanceReferenceOperation } } => OutlivesPass(owner, iteration),
            IAssignmentOperation { Target: IArrayElementReferenceOperation { ArrayReference: { } array } } => OutlivesPass(array, iteration),
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction or MethodKind.DelegateInvoke } } => true,
            IInvocationOperation { Instance: IInstanceReferenceOperation, TargetMethod: var method } => !method.DeclaringSyntaxReferences.IsEmpty,
            _ => false,
        });
    }

    private static bool OutlivesPass(IOperation owner, Iteration iteration) => Operations.RootSymbol(owner) is not { } root || !IsMadeInPass(root, iteration);

    private static bool IsMadeInPass(ISymbol symbol, Iteration iteration) =>
        symbol is ILocalSymbol or IParameterSymbol && Operations.IsDeclaredInside(symbol, iteration.Body);
}
