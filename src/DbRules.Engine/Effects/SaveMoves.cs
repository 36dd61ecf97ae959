using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Effects;

/// <summary>Finds the saves that can move behind the loop that repeats them.</summary>
internal sealed class SaveMoves(CompilationContext context, UnsavedReads reads, Func<OwnCall, MethodSummary> summaryOf)
{
    private readonly SmallTable<BodyFacts, List<TextSpan>> _staged = new();

    /// <summary>How a save that no pass needs moves; null when another set of rows could be saved then, or when that is not known.</summary>
    public SaveMove? Of(DbCall save, Iteration iteration)
    {
        if (!iteration.IsStatement
            || iteration.Operation is not ILoopOperation { Body: IBlockOperation { Operations: [_, .., IExpressionStatementOperation statement] } block } loop
            || !LoopEntry.HasRoom(loop)
            || Operations.ResultOf(save.Operation) is not { } result
            || Operations.StatementOf(result) != statement
            || Operations.RootSymbol(save.Session) is not { } session
            || !LoopEntry.ExistsBefore(loop, save.Operation)
            || LoopEntry.IsAssignedIn(loop, save.Operation, save.Body.Origins)
            || block.Operations.Any(static line => line is IUsingDeclarationOperation)
            || save.Body.IterationsAround(loop).Any(static around => around.Nature == Exemption.None))
        {
            return null;
        }

        bool isSame = !LeavesAPassUnsaved(loop)
            && !IsSomethingUnsavedBefore(save.Body, loop)
            && !UsesSessionOtherwise(loop, save, session)
            && !MayMeetTheStore(loop, save.Body)
            && !RemembersSaved(loop)
            && save.Body.Calls.All(call => call == save || !iteration.Repeats(call.Operation) || (!call.MayWrite && reads.IsIndependent(call, block)));
        return isSame ? new SaveMove { Save = save, Statement = statement, Loop = loop } : null;
    }

    /// <summary>A jump skips the save of what its pass has changed by then, or an error is thrown on purpose: what is saved so far would be lost.</summary>
    private bool LeavesAPassUnsaved(ILoopOperation loop) => Operations.Any(loop.Body, operation => operation switch
    {
        IReturnOperation => Operations.EnclosingFunction(operation) == Operations.EnclosingFunction(loop),
        IThrowOperation => true,
        IBranchOperation jump => !StaysInside(jump, loop) && (!IsOf(jump, loop) || Operations.Any(loop.Body, earlier => earlier.Syntax.SpanStart < jump.Syntax.SpanStart && Staging.MayStage(earlier, context.Models))),
        _ => false,
    });

    private static bool IsOf(IBranchOperation jump, ILoopOperation loop) =>
        SymbolEqualityComparer.Default.Equals(jump.Target, loop.ContinueLabel) || SymbolEqualityComparer.Default.Equals(jump.Target, loop.ExitLabel);

    private static bool StaysInside(IBranchOperation jump, ILoopOperation loop)
    {
        for (IOperation? parent = jump.Parent; parent is not null && parent != loop; parent = parent.Parent)
        {
            if ((parent is ILoopOperation inner && IsOf(jump, inner)) || (parent is ISwitchOperation choice && SymbolEqualityComparer.Default.Equals(jump.Target, choice.ExitLabel)))
                return true;
        }

        return false;
    }

    /// <summary>Something is changed before the loop and not saved there: a loop without elements would begin to save it.</summary>
    private bool IsSomethingUnsavedBefore(BodyFacts body, ILoopOperation loop)
    {
        int saved = -1;
        foreach (DbCall call in body.Calls)
        {
            if (call.Operation.Syntax.SpanStart < loop.Syntax.SpanStart && call.Model?.Has(DbEffect.Saves) == true)
                saved = Math.Max(saved, call.Operation.Syntax.SpanStart);
        }

        foreach (TextSpan staged in _staged.GetOrAdd(body, this, static (facts, moves) => moves.StagedIn(facts)))
        {
            if (staged.Start > saved && staged.End <= loop.Syntax.SpanStart)
                return true;
        }

        return false;
    }

    /// <summary>The places of a body that change an entity or add one. One walk answers for all its saves.</summary>
    private List<TextSpan> StagedIn(BodyFacts body)
    {
        var found = new List<TextSpan>();
        foreach (IOperation root in body.Roots)
        {
            Operations.Visit(root, (Into: found, context.Models), static (operation, state) =>
            {
                bool stages = operation switch
                {
                    IInvocationOperation { TargetMethod: var method } => state.Models.Of(method)?.Has(DbEffect.Stages) == true,
                    IAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } instance and not IInstanceReferenceOperation } } =>
                        Operations.Unwrap(instance).Type is { IsReferenceType: true } type && state.Models.Of(type) is null,
                    _ => false,
                };
                if (stages)
                    state.Into.Add(operation.Syntax.Span);
                return true;
            });
        }

        return found;
    }

    /// <summary>The loop asks the session for more than sets, entries and saves: it may clear or reload what is tracked.</summary>
    private bool UsesSessionOtherwise(ILoopOperation loop, DbCall save, ISymbol session) => Operations.Any(loop, operation => operation switch
    {
        IInvocationOperation call when Operations.Unwrap(call) != save.Operation && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(Operations.Receiver(call)), session) =>
            context.Models.Of(call.TargetMethod) is null && !IsAssigned(call),
        IArgumentOperation { Parent: not IInvocationOperation { TargetMethod.IsExtensionMethod: true } } argument =>
            SymbolEqualityComparer.Default.Equals(Operations.Referenced(argument.Value), session),
        _ => false,
    });

    /// <summary><c>db.Entry(order).State = EntityState.Modified</c>; an entity that is let go is not saved later.</summary>
    private static bool IsAssigned(IInvocationOperation call) => Staging.StateGivenBy(call) is not (null or "Detached");

    /// <summary>Code that the loop calls may read what was saved, or save itself.</summary>
    private bool MayMeetTheStore(ILoopOperation loop, BodyFacts body)
    {
        IOperation source = loop is IForEachLoopOperation each ? body.Origins.Resolve(each.Collection) : loop;
        return body.HasDynamicCalls || body.OwnCalls.Any(call => (Operations.IsInside(call.Operation, loop) || Operations.IsInside(call.Operation, source))
            && summaryOf(call).MayMeetStore);
    }

    /// <summary>An object of the pass is kept for later ones, which may ask for the key that the store gave it.</summary>
    private static bool RemembersSaved(ILoopOperation loop) => Operations.Any(loop.Body, operation => operation switch
    {
        IAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } } assignment =>
            IsObject(assignment.Value) && Operations.Referenced(assignment.Target) is { } symbol && !Operations.IsDeclaredInside(symbol, loop),
        IAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.IsEmpty: false, Instance: { } holder } } assignment => IsObject(assignment.Value) && IsAskedAgain(holder, loop),
        IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" or "Push" or "Enqueue", Instance: { } holder } call => call.Arguments.Any(argument => IsObject(argument.Value)) && IsAskedAgain(holder, loop),
        _ => false,
    });

    private static bool IsObject(IOperation value) => Operations.Unwrap(value).Type is { IsReferenceType: true, SpecialType: not SpecialType.System_String };

    /// <summary>A collection from outside the loop that the loop names more than once.</summary>
    private static bool IsAskedAgain(IOperation holder, ILoopOperation loop)
    {
        if (Operations.Unwrap(holder) is not (ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation })
            || Operations.Referenced(holder) is not { } symbol
            || Operations.IsDeclaredInside(symbol, loop))
        {
            return false;
        }

        int uses = 0;
        Operations.Visit(loop, 0, (operation, _) =>
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation && SymbolEqualityComparer.Default.Equals(Operations.Referenced(operation), symbol))
                uses++;
            return true;
        });
        return uses > 1;
    }
}
