using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>What the code does with a transaction at the place where it makes or begins one.</summary>
/// <param name="Local">The local that takes it; null when none does.</param>
/// <param name="Declaration">
/// What gives it a lifetime: the <c>using</c> statement or declaration, or the plain declaration of the local. Null where it is assigned, dropped or handed on.
/// </param>
/// <param name="Escapes">Whether something else than a local or a <c>using</c> takes it.</param>
internal readonly record struct TransactionHolding(ILocalSymbol? Local, IOperation? Declaration, bool Escapes)
{
    /// <summary>What is done with the value of an operation, past its <c>await</c> and conversions.</summary>
    public static TransactionHolding Of(IOperation made)
    {
        IOperation current = made;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation or IAwaitOperation or IVariableInitializerOperation:
                case var way when Operations.LeadsToAwait(way):
                    current = parent;
                    continue;
                case IVariableDeclaratorOperation declarator:
                    return new(declarator.Symbol, DeclarationOf(declarator), Escapes: false);
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } }:
                    return new(local, null, Escapes: false);
                case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                case IExpressionStatementOperation:
                    return new(null, null, Escapes: false);
                case IUsingOperation scope when scope.Resources == current:
                    return new(null, scope, Escapes: false);
                default:
                    return new(null, null, Escapes: true);
            }
        }

        return new(null, null, Escapes: true);
    }

    /// <summary>The innermost <c>using</c> that the declaration of a local is part of, or else the whole declaration.</summary>
    private static IOperation DeclarationOf(IVariableDeclaratorOperation declarator)
    {
        IOperation declaration = declarator;
        while (declaration is not (IUsingOperation or IUsingDeclarationOperation)
            && declaration.Parent is IVariableDeclarationOperation or IVariableDeclarationGroupOperation or IUsingDeclarationOperation or IUsingOperation)
        {
            declaration = declaration.Parent;
        }

        return declaration;
    }
}
