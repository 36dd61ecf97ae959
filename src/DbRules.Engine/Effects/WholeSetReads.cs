using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>
/// Reads that a loop over pages or groups repeats for nothing: a list of rows that the code names no value for, that no page bounds, and of a type that no pass
/// changes. Whatever else the loop does by pages, these rows are the same in each.
/// </summary>
internal sealed class WholeSetReads(TouchedRows touched, Summaries summaries)
{
    /// <summary>The loop that repeats a read for nothing; null when none does, or when that is not known.</summary>
    public Iteration? LoopOf(DbCall call, int smallSequence) =>
        IsInBatches(call.RepetitionBeyond(smallSequence))
        && call.Body.BatchAround(call) is { } loop
        && IsSameObject(call.Session, call.Body, loop)
        && IsSameInEachPass(call, call.Body, loop)
            ? loop
            : null;

    /// <summary>The loop that repeats, through a call, a read for nothing, and the way to it; null when none does, or when that is not known.</summary>
    public (Iteration Loop, Trip Trip)? LoopOf(OwnCall call, int smallSequence) =>
        call.IsInIteration
        && !summaries.LeadsNowhere(call)
        && IsInBatches(call.RepetitionBeyond(smallSequence))
        && call.Body.BatchAround(call) is { } loop
        && TakesTheSame(call, loop)
        && summaries.Of(call) is { Read: { Statement: { } statement } trip, MayWrite: false }
        && IsSameInEachPass(statement, call.Body, loop)
            ? (loop, trip)
            : null;

    private static bool IsInBatches(Repetition repetition) => repetition is { PerElement: null, Exemption: Exemption.Chunks or Exemption.Paging };

    private bool IsSameInEachPass(DbCall statement, BodyFacts body, Iteration loop) =>
        statement is { IsRoundTrip: true, Reads: true, Rows: RowCount.Many, Query: { Kind: QueryRootKind.Store, Entity: { } row } query }
        && IsSet(query)
        && query.Steps.All(use => IsPlain(use, row))
        && IsWithoutValues(statement.Invocation, row)
        && !touched.MayBe(body, loop.Body, row);

    /// <summary>The query starts with all rows of a type: a property of the session, or a call that names nothing but the type.</summary>
    private static bool IsSet(QueryShape query) => Operations.Unwrap(query.Root) is IPropertyReferenceOperation { Instance: not null } or IInvocationOperation { Arguments.Length: 0, TargetMethod.TypeArguments.Length: 1 };

    private static bool IsPlain(QueryStepUse use, ITypeSymbol row) =>
        use is { IsConditional: false, Step: QueryStep.Where or QueryStep.Order or QueryStep.Select or QueryStep.Tracking or QueryStep.Distinct } && IsWithoutValues(use.Call, row);

    /// <summary>Whether the arguments of a call name no variable, and no other rows than those of the query.</summary>
    private static bool IsWithoutValues(IInvocationOperation? call, ITypeSymbol row) => call is null || call.Arguments.All(argument =>
        argument.Value == Operations.Receiver(call) || argument.Parameter?.Type.Name == nameof(CancellationToken) || !Operations.Any(argument.Value, part => part switch
        {
            ILocalReferenceOperation local => !Operations.IsDeclaredInside(local.Local, argument.Value),
            IParameterReferenceOperation parameter => !Operations.IsDeclaredInside(parameter.Parameter, argument.Value),
            IMemberReferenceOperation { Member: IFieldSymbol { IsConst: true } } => false,
            IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation { ReferenceKind: not InstanceReferenceKind.ImplicitReceiver } } => true,
            IMemberReferenceOperation { Type: { IsReferenceType: true, SpecialType: not SpecialType.System_String } type } => !SymbolEqualityComparer.Default.Equals(type, row),
            IInvocationOperation => true,
            _ => false,
        }, insideExpressionTrees: true));

    /// <summary>The member is asked of the same object with the same values in every pass.</summary>
    private bool TakesTheSame(OwnCall call, Iteration loop)
    {
        Variance variance = call.Body.VarianceOf(loop);
        return IsSameObject(call.Receiver, call.Body, loop)
            && call.Arguments.All(argument => argument.Value == call.Receiver
                || WellKnownTypes.IsCancellationToken(argument.Parameter?.Type)
                || variance.Of(argument.Value) == Dependence.Invariant
                || (call.Body.IsSession(argument.Value.Type) && IsSameObject(argument.Value, call.Body, loop)));
    }

    /// <summary>A member chain whose variables are all set outside of the loop. What the object holds may change: it is the store's rows that count.</summary>
    private static bool IsSameObject(IOperation? receiver, BodyFacts body, Iteration loop)
    {
        for (IOperation? current = receiver; current is not null and not IInstanceReferenceOperation;)
        {
            current = Operations.Unwrap(current);
            if (Operations.Referenced(current) is not { } symbol
                || loop.Elements.Contains(symbol, SymbolEqualityComparer.Default)
                || (symbol is ILocalSymbol && Operations.IsDeclaredInside(symbol, loop.Body))
                || body.Origins.Of(symbol).Any(assignment => loop.Repeats(assignment.Site)))
            {
                return false;
            }

            current = (current as IMemberReferenceOperation)?.Instance;
        }

        return true;
    }
}
