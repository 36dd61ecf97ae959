using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Whether reads of a loop give the same when the changes of earlier passes are only tracked, and not saved yet.</summary>
internal sealed class UnsavedReads(ModelIndex models, EntityKeys keys)
{
    /// <summary>
    /// True for one tracked row by its primary key, where the loop adds and removes no such rows, and for rows of types that the loop leaves alone. False when in doubt.
    /// </summary>
    public bool IsIndependent(DbCall read, IOperation loop)
    {
        if (!read.IsRoundTrip)
            return true;
        if (EntityOf(read) is not { } entity || Operations.Any(loop, MayChangeAnything))
            return false;
        return !ChangesRows(loop, entity) || (IsByPrimaryKey(read, entity) && !AddsOrRemoves(loop, entity));
    }

    private static ITypeSymbol? EntityOf(DbCall read) =>
        read.Query?.Entity ?? (read.Argument(ParameterRole.Key) is not null && read.Invocation?.TargetMethod.TypeArguments is [var entity] ? entity : null);

    /// <summary>Code of the project, which this question does not follow.</summary>
    private bool MayChangeAnything(IOperation operation) => operation is IInvocationOperation { TargetMethod: var method }
        && models.Of(method) is null
        && !method.DeclaringSyntaxReferences.IsEmpty
        && !Mutations.OnlyReads(method);

    /// <summary>Whether the loop changes rows of a type that the read returns or that its filters look at.</summary>
    private bool ChangesRows(IOperation loop, ITypeSymbol entity) => RowChanges.AnyIn(loop, entity) || AddsOrRemoves(loop, entity);

    private bool AddsOrRemoves(IOperation loop, ITypeSymbol entity) => Operations.Any(loop, operation => operation switch
    {
        IObjectCreationOperation creation => Is(creation.Type, entity),
        IArgumentOperation { Parent: IInvocationOperation call, Value: var value } => models.Of(call.TargetMethod)?.Has(DbEffect.Stages) == true
            && (Is(Operations.Unwrap(value).Type, entity) || Sequences.IsSequence(Operations.Unwrap(value).Type)),
        _ => false,
    });

    private bool IsByPrimaryKey(DbCall read, ITypeSymbol entity)
    {
        if (read.Argument(ParameterRole.Key) is not null)
            return true;
        if (read.Rows != RowCount.One || read.Query is not { } query || keys.PrimaryKeyOf(entity) is not { } key)
            return false;
        IOperation[] filters = [.. query.Steps.Where(use => use.Step == QueryStep.Where).SelectMany(use => use.Call.Arguments.Skip(1)).Select(argument => argument.Value)];
        if (read.Argument(ParameterRole.Predicate) is { } predicate)
            filters = [.. filters, predicate];
        return query.Steps.All(use => use.Step is QueryStep.Where or QueryStep.Include or QueryStep.Options) && filters is [var only] && IsEquality(only, key);
    }

    private static bool IsEquality(IOperation filter, ISymbol key)
    {
        IOperation current = filter;
        while (current is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation)
            current = current.ChildOperations.First();
        return current is IAnonymousFunctionOperation { Symbol.Parameters: [{ } row], Body.Operations: [IReturnOperation { ReturnedValue: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality }] }
            && (IsKey(equality.LeftOperand) || IsKey(equality.RightOperand));

        bool IsKey(IOperation side) => Operations.Unwrap(side) is IPropertyReferenceOperation { Property: var property, Instance: { } instance }
            && SymbolEqualityComparer.Default.Equals(property, key)
            && SymbolEqualityComparer.Default.Equals(Operations.Referenced(instance), row);
    }

    private static bool Is(ITypeSymbol? type, ITypeSymbol entity)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, entity))
                return true;
        }

        return false;
    }
}
