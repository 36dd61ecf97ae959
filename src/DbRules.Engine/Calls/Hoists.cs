using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds the reads that can move before the loop that repeats them unchanged.</summary>
internal sealed class Hoists(CompilationContext context)
{
    /// <summary>How a read that is known to be the same in every pass moves; null when running it once and for all could change what the code does.</summary>
    public Hoist? Of(DbCall call, Iteration iteration)
    {
        if (!iteration.IsStatement
            || iteration.Operation is not (IForEachLoopOperation { IsAsynchronous: false } or IForLoopOperation or IWhileLoopOperation { ConditionIsTop: true })
            || iteration.Operation is not ILoopOperation { Body: { } body } loop
            || !Operations.IsInside(call.Operation, body)
            || !LoopEntry.HasRoom(loop)
            || !LoopEntry.ReachesDirectly(loop, call.Operation)
            || !LoopEntry.ExistsBefore(loop, call.Operation)
            || (LoopEntry.IsConditional(loop, call.Operation) && LoopEntry.MayMeetNull(call.Operation))
            || Operations.ResultOf(call.Operation) is not { } result
            || MayThrow(call)
            || call.Body.IterationsAround(loop).Any(around => around.Nature == Exemption.None))
        {
            return null;
        }

        ITypeSymbol? row = RowOf(call);
        ILocalSymbol? holder = Holder(result, call.Body.Origins, out IVariableDeclarationGroupOperation? declaration);
        if (!StaysAsItIs(call, result, holder, row, body, call.Body.Origins))
            return null;
        return new Hoist { Call = call, Loop = loop, Result = result, Declaration = declaration, Row = row };
    }

    /// <summary>
    /// Whether the call fails on an empty or larger result: then it must not run where the loop has no element. Judged by the name, since a row of the
    /// models does not say it.
    /// </summary>
    private static bool MayThrow(DbCall call)
    {
        if (call.Model is not { } model)
            return false;
        bool answersAnyway = model.Rows switch
        {
            RowCount.One => call.Name.Contains("OrDefault") || model.Parameters.ContainsKey(ParameterRole.Key),
            RowCount.Scalar => model.Parameters.ContainsKey(ParameterRole.Predicate) || model.Parameters.ContainsKey(ParameterRole.Sql),
            RowCount.Many => true,
            _ => false,
        };
        return !answersAnyway || call.Argument(ParameterRole.Acquires) is not null || model.Parameters.ContainsKey(ParameterRole.Acquires) || model.Has(DbEffect.Lazy);
    }

    private static ITypeSymbol? RowOf(DbCall call)
    {
        ITypeSymbol? type = Operations.ResultOf(call.Operation)?.Type;
        if (call.Model?.Rows == RowCount.Scalar)
            return null;
        if (call.Model?.Rows == RowCount.One)
            return type;
        return type switch
        {
            IArrayTypeSymbol { ElementType: var element } => element,
            INamedTypeSymbol { TypeArguments: [var only] } => only,
            _ => null,
        };
    }

    /// <summary>The local that a declaration in the loop fills with the result and with nothing else.</summary>
    private static ILocalSymbol? Holder(IOperation result, Origins origins, out IVariableDeclarationGroupOperation? declaration)
    {
        declaration = null;
        IOperation current = result;
        while (current.Parent is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
            current = current.Parent;
        if (current.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local, Parent: IVariableDeclarationOperation { Declarators.Length: 1, Parent: IVariableDeclarationGroupOperation { Declarations.Length: 1 } group } } })
            return null;
        if (origins.Of(local).Count == 1 && group.Parent is IBlockOperation)
            declaration = group;
        return local;
    }

    /// <summary>Whether every pass sees the result as the query gave it, although it is one object for all.</summary>
    private bool StaysAsItIs(DbCall call, IOperation result, ILocalSymbol? holder, ITypeSymbol? row, IOperation body, Origins origins)
    {
        bool isTracked = call.Query is { } query && !query.Has(QueryStep.Tracking) && call.Rows == RowCount.One;
        if (row is { IsReferenceType: true, SpecialType: not SpecialType.System_String } && !isTracked && RowChanges.AnyIn(body, row))
            return false;
        if (call.Rows != RowCount.Many)
            return true;
        if (!IsList(result.Type) && !context.Types.IsQueryable(result.Type))
            return false;
        return holder is not null ? origins.IsOnlyRead(holder) : IsRead(result);
    }

    /// <summary>Rows gathered in memory. A sequence that a call leaves open, or rows nobody gets, cannot be kept.</summary>
    private static bool IsList(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol => true,
        INamedTypeSymbol { Arity: 1 or 2 } named => named.Name is "List" or "Dictionary" or "HashSet" or "IEnumerable" or "ILookup",
        _ => false,
    };

    /// <summary>Whether the code only enumerates or asks the list, where no local holds it.</summary>
    private static bool IsRead(IOperation result)
    {
        IOperation current = result;
        while (current.Parent is IConversionOperation or IParenthesizedOperation)
            current = current.Parent;
        return current.Parent switch
        {
            IForEachLoopOperation each => each.Collection == current,
            IInvocationOperation call => call.Instance == current && Mutations.OnlyReads(call.TargetMethod),
            IPropertyReferenceOperation property => property.Instance == current,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call } => Operations.Receiver(call) == current && Mutations.OnlyReads(call.TargetMethod),
            _ => false,
        };
    }
}
