using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>
/// Why two writes of one function are rightly durable one by one: only one of them runs, the second answers what became of the first, or the first is a mark that
/// must be seen while other work goes on.
/// </summary>
internal sealed class WriteGaps(CompilationContext context, RowLoops rows, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>Rows that say what happened, or ask somebody to do something, and that must survive a failure of the work itself.</summary>
    private static readonly string[] NoteWords = ["Log", "Outbox", "Inbox", "Telemetry", "Metric", "Heartbeat", "Lease"];

    /// <summary>Words of calls that tell somebody about the work.</summary>
    private static readonly string[] MessageWords = ["Notify", "Notification", "Notifications", "Email", "Emails", "Mail"];

    /// <summary>Words of calls that mark how far the work is, or tell somebody about it.</summary>
    private static readonly string[] MarkWords = ["Status", "Stage", "State", "Progress", .. MessageWords];

    /// <summary>Code that throws old rows away, again and again: what one run leaves, the next one takes.</summary>
    private static readonly string[] CleaningWords = ["Cleanup", "Cleaner", "Purge", "Prune", "Expired", "Stale", "Retention"];

    /// <summary>Methods that run behind a save or a commit.</summary>
    private static readonly string[] FollowUpNames = ["AfterSave", "SavedChanges", "AfterCommit"];

    /// <summary>States that only wait for work, although they sound like it.</summary>
    private static readonly string[] WaitingStates = ["Pending", "Waiting", "Awaiting", "Outstanding", "Missing", "Nothing"];

    private readonly OutsideCalls _outside = new(context, summaryOf);

    /// <summary>Whether both run on one path without an exception, in one pass of the same loops, and the second not because of what the first found.</summary>
    public bool RunTogether(Commit first, Commit second, BodyFacts body) =>
        Operations.EnclosingFunction(first.Operation) == Operations.EnclosingFunction(second.Operation)
        && !IsAfterError(first.Operation)
        && !IsAfterError(second.Operation)
        && RowLoops.RelationOf(first, second) is var relation and not PassRelation.Apart
        && !Guards.Exclude(first.Operation, second.Operation, body.Origins)
        && !IsInsteadOfFirst(first.Operation, second.Operation)
        && rows.ShareAPass(relation, first, second, body);

    /// <summary>Whether the first has a reason to be durable before the second runs. A worker that fails comes back to the same item.</summary>
    public bool IsMeant(Commit first, Commit second, BodyFacts body) =>
        MakesWhatIsMissing(first.Operation)
        || IsPolled(first, body)
        || IsMark(first.Operation, second.Operation, body)
        || IsStateOfRows(first, second)
        || SaysWorkGoesOn(first, body)
        || IsNote(first, null, body)
        || IsNote(second, first, body)
        || FindsNothing(first, second)
        || HasNothingToSave(second, body)
        || FailsByItself(first.Operation, second.Operation)
        || IsFollowUp(body)
        || IsCleaning(first, second, body)
        || RowSweeps.IsOne(first, second, body)
        || WorksOutside(first)
        || WaitsBetween(first.Operation, second.Operation, body);

    /// <summary>Whether one call may make several writes durable one by one: it answers an error, or a worker that fails comes back to the same item.</summary>
    public static bool IsMeant(Commit write, BodyFacts body) => IsAfterError(write.Operation) || IsPolled(write, body);

    private static bool IsPolled(Commit write, BodyFacts body) => body.IterationsAround(write.Operation).Any(static around => around.Nature == Exemption.Polling);

    /// <summary>The code asks somebody else than the store in between, and waits for the answer. What is done by then is worth keeping.</summary>
    private bool WaitsBetween(IOperation first, IOperation second, BodyFacts body)
    {
        return body.OwnCalls.Any(call => IsInGap(call.Operation) && ((Tasks.Starts(call.Method) && MessageWords.Any(word => HasWord(call.Name, word))) || _outside.MayBeOne(call)))
            || Operations.Any(Operations.RootOf(first), operation => IsInGap(operation) && (operation is IReturnOperation { Kind: OperationKind.YieldReturn } || _outside.MayBeOne(operation)));

        bool IsInGap(IOperation operation) => Operations.IsBetween(operation, first, second) && operation.Syntax.SpanStart >= first.Syntax.Span.End && operation != second;
    }

    /// <summary>The called code writes and also moves files or asks a service, which no transaction takes back.</summary>
    private bool WorksOutside(Commit first) => first.Call is { } call && _outside.MayBeOne(call);

    /// <summary>Both save, and nothing that runs in between changes or stages anything: the second finds nothing to write.</summary>
    private static bool FindsNothing(Commit first, Commit second)
    {
        if (!second.IsSave || !(first.IsSave || first.Trip is { Kind: TripKind.Save, Statement: { } inner } && EndsIn(inner)))
            return false;
        return !Operations.Any(Operations.RootOf(first.Operation), operation =>
            MayChange(operation) && operation.Syntax.Span.End >= first.Operation.Syntax.Span.End && operation.Syntax.Span.End <= second.Operation.Syntax.SpanStart && !Operations.IsInside(operation, first.Operation));
    }

    /// <summary>
    /// The second saves, and the function has done nothing by then that a save writes: what writes by itself leaves nothing to it, and what others have staged is not known. A context
    /// that the function has got for itself is looked at from there on.
    /// </summary>
    private bool HasNothingToSave(Commit second, BodyFacts body)
    {
        if (second is not { IsSave: true, Call: null })
            return false;
        int start = second.Session.Path is [ILocalSymbol local] && body.Origins.Of(local) is [{ Site: var made }] ? made.Syntax.Span.End : 0;
        IOperation function = Operations.EnclosingFunction(second.Operation) ?? Operations.RootOf(second.Operation);
        return !Operations.Any(function, operation => operation.Syntax.SpanStart >= start && operation.Syntax.Span.End <= second.Operation.Syntax.SpanStart
            && (operation is IDynamicInvocationOperation or IObjectCreationOperation || Staging.MayStage(operation, context.Models)));
    }

    /// <summary>Whether the function that saves does nothing more behind it.</summary>
    private static bool EndsIn(DbCall save) => !Operations.Any(Operations.RootOf(save.Operation), operation => operation.Syntax.SpanStart > save.Operation.Syntax.Span.End && MayChange(operation));

    private static bool MayChange(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: var name } => name != nameof(Task.ConfigureAwait),
        IDynamicInvocationOperation or IIncrementOrDecrementOperation or IObjectCreationOperation or IEventAssignmentOperation => true,
        IAssignmentOperation { Target: not (ILocalReferenceOperation or IParameterReferenceOperation or IDiscardOperation) } => true,
        _ => false,
    };

    /// <summary>A <c>try</c> around the second alone goes on after any error: what the first has done is to stay.</summary>
    private static bool FailsByItself(IOperation first, IOperation second)
    {
        for (IOperation child = second; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation) && !Operations.IsInside(first, parent); child = parent)
        {
            if (parent is ITryOperation attempt && attempt.Body == child && attempt.Catches.Any(static handler => handler.Filter is null && Operations.CatchesAll(handler.ExceptionType) && !Conditions.MayLeave(handler.Handler)))
                return true;
        }

        return false;
    }

    /// <summary>Code that runs behind a save has nothing to take back: the change that it follows is there.</summary>
    private static bool IsFollowUp(BodyFacts body) => body.Owner is { } owner && FollowUpNames.Any(name => owner.Name.IndexOf(name, StringComparison.Ordinal) >= 0);

    /// <summary>Code that is named for throwing old rows away deletes some for this reason and some for that.</summary>
    private static bool IsCleaning(Commit first, Commit second, BodyFacts body) =>
        Deletes(first) && Deletes(second) && (IsNamedSo(body.Owner?.Name) || IsNamedSo(body.Owner?.ContainingType?.Name));

    private static bool IsNamedSo(string? name) => name is not null && CleaningWords.Any(word => HasWord(name, word));

    /// <summary>The write deletes rows that a condition selects.</summary>
    private static bool Deletes(Commit commit) => (commit.Write ?? commit.Trip?.Statement) is { } write && (write.Model!.Has(DbEffect.WritesBySql)
        ? WritingCalls.StatementsOf(write).All(static statement => statement.Kind == DbRules.Sql.SqlStatementKind.Delete)
        : write.Query is not null && HasWord(write.Name, "Delete"));

    /// <summary>What stands in <c>catch</c> or <c>finally</c> puts right or notes what has gone wrong.</summary>
    private static bool IsAfterError(IOperation operation)
    {
        for (IOperation? child = operation; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
        {
            if (parent is ICatchClauseOperation || (parent is ITryOperation attempt && attempt.Finally == child))
                return true;
        }

        return false;
    }

    /// <summary>The second runs only where the first has changed no row: <c>if (await UpdateAsync() == 0) Insert();</c>.</summary>
    private static bool IsInsteadOfFirst(IOperation first, IOperation second)
    {
        var result = new ResultTests(first);
        return Operations.Any(Operations.RootOf(first), operation => operation is IConditionalOperation choice
            && choice.Syntax.Span.End > first.Syntax.SpanStart
            && choice.Syntax.SpanStart < second.Syntax.SpanStart
            && result.HitWhenTrue(choice.Condition) is { } hitWhenTrue
            && (hitWhenTrue
                ? Conditions.Jumps(choice.WhenTrue) || (choice.WhenFalse is { } otherwise && Operations.IsInside(second, otherwise))
                : Operations.IsInside(second, choice.WhenTrue)));
    }

    /// <summary>
    /// The same member of the same object is set before the first and again before the second: <c>job.State = Running; ... job.State = Done;</c>.
    /// </summary>
    private static bool IsMark(IOperation first, IOperation second, BodyFacts body)
    {
        var before = new List<IMemberReferenceOperation>();
        return Operations.Any(Operations.RootOf(first), operation =>
        {
            if (operation is not IAssignmentOperation { Target: IMemberReferenceOperation { Instance: not null } target } || operation.Syntax.SpanStart > second.Syntax.SpanStart)
                return false;
            if (operation.Syntax.Span.End <= first.Syntax.SpanStart)
            {
                before.Add(target);
                return false;
            }

            return before.Exists(earlier => SymbolEqualityComparer.Default.Equals(earlier.Member, target.Member)
                && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(earlier.Instance), Operations.RootSymbol(target.Instance))
                // What a call hands out is another object for another argument: Entry(a).State, Entry(b).State.
                && (Operations.Unwrap(target.Instance!) is not IInvocationOperation || SameExpressions.AreSame(Operations.Unwrap(earlier.Instance!), Operations.Unwrap(target.Instance!), static _ => false)));
        });
    }

    /// <summary>The first writes by a statement what is written as <c>job.State = Running</c> elsewhere.</summary>
    private static bool IsStateOfRows(Commit first, Commit second) =>
        first.Write is { } mark && (second.IsSave ? StateMarks.IsOfSavedRow(mark, second.Operation) : second.Write is { } next && StateMarks.AreOfSameRows(mark, next));

    /// <summary>All that the first saves is a state that says that work goes on, which others must see meanwhile: <c>import.Stage = Stage.Completing;</c>.</summary>
    private bool SaysWorkGoesOn(Commit first, BodyFacts body) =>
        first.IsSave
        && StagedBetween(null, first, body).Count == 0
        && MembersSet(null, first.Operation) is { Count: > 0 } set
        && set.TrueForAll(static member => StateMarks.StateIn(member.Value) is { } state && GoesOn(state));

    private static bool GoesOn(string state) =>
        state is "Started" or "InProgress" || (state.EndsWith("ing", StringComparison.Ordinal) && !WaitingStates.Any(word => HasWord(state, word)));

    /// <summary>
    /// The first only makes what was looked for and not found (<c>if (row is null) { row = new(); ... }</c>, <c>Find() ?? Create()</c>, <c>if (!db.Rows.Any()) Add();</c>):
    /// the next attempt finds it, and nothing is half changed.
    /// </summary>
    private bool MakesWhatIsMissing(IOperation first)
    {
        for (IOperation child = first; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
        {
            if (parent is IConditionalOperation choice && choice.WhenTrue == child && Guards.NullWhere(choice.Condition).Any(missing =>
                    Operations.Any(child, operation => operation is ISimpleAssignmentOperation assignment && SymbolEqualityComparer.Default.Equals(Operations.Referenced(assignment.Target), missing))))
            {
                return true;
            }

            if ((parent as ICoalesceOperation)?.WhenNull == child || (parent as ICoalesceAssignmentOperation)?.Value == child)
                return true;
            if (parent is IConditionalOperation test && test.WhenTrue == child && FoundNoneOf(test.Condition) is { } row && Adds(child, row))
                return true;
        }

        return false;
    }

    /// <summary>The type of the rows of which a condition finds none: <c>!await db.Rows.AnyAsync()</c>; null for any other condition.</summary>
    private ITypeSymbol? FoundNoneOf(IOperation condition) =>
        Operations.Unwrap(condition) is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var found }
        && Operations.Unwrap(found) is IInvocationOperation call
        && context.Models.Of(call.TargetMethod) is { } model && (model.Effect & (DbEffect.Reads | DbEffect.Enumerates)) != 0
        && Operations.ResultOf(call)?.Type?.SpecialType == SpecialType.System_Boolean
        && Operations.Receiver(call) is { } rows
            ? Sequences.ElementType(Operations.Unwrap(rows).Type)
            : null;

    /// <summary>Whether code stages rows of a type.</summary>
    private bool Adds(IOperation code, ITypeSymbol row) => Operations.Any(code, operation =>
        operation is IInvocationOperation call && context.Models.Of(call.TargetMethod)?.Has(DbEffect.Stages) == true
        && call.Arguments.Any(argument => Operations.Any(argument.Value, part => SymbolEqualityComparer.Default.Equals(part.Type, row) || SymbolEqualityComparer.Default.Equals(Sequences.ElementType(part.Type), row))));

    /// <summary>Everything that the write is known to write is a note: of the entities that are staged since the write before, and of the tables of its text.</summary>
    private bool IsNote(Commit commit, Commit? before, BodyFacts body)
    {
        if (commit is { Call: not null, IsSave: false } && (IsNote(commit.Name) || MarkWords.Any(word => HasWord(commit.Name, word))))
            return true;
        if (!commit.IsSave)
        {
            if ((commit.Write ?? commit.Trip?.Statement) is not { } write || write.Model?.Has(DbEffect.Saves) == true)
                return false;
            string[] tables = [.. WritingCalls.StatementsOf(write).SelectMany(static statement => statement.Tables).Where(static use => use.Role == DbRules.Sql.SqlTableRole.Written).Select(static use => use.Table.Name)];
            if (tables.Length > 0)
                return tables.All(IsNote);
            List<(IPropertySymbol Member, IOperation Value)> values = StateMarks.MembersSetBy(write);
            return (values.Count > 0 && values.TrueForAll(static one => SaysWhen(one.Member.Name))) || (write.Query?.Entity is { } entity && IsNote(entity.Name));
        }

        string[] staged = [.. StagedBetween(before, commit, body).Select(static call => EntityOf(call)?.Name).OfType<string>()];
        List<(string Name, IOperation Value)> set = MembersSet(before?.Operation, commit.Operation);
        return staged.Length + set.Count > 0 && staged.All(IsNote) && set.TrueForAll(static member => SaysWhen(member.Name));
    }

    /// <summary>Whether a member only notes when something happened, by its name: <c>LastLogin</c>.</summary>
    private static bool SaysWhen(string member) => member.StartsWith("Last", StringComparison.Ordinal);

    /// <summary>The calls that stage a row for a save, since the one before.</summary>
    private static List<DbCall> StagedBetween(Commit? before, Commit save, BodyFacts body) =>
    [
        .. body.Calls.Where(call => call.Model?.Has(DbEffect.Stages) == true
            && call.Operation.Syntax.Span.End <= save.Operation.Syntax.SpanStart
            && (before is null || call.Operation.Syntax.SpanStart > before.Operation.Syntax.Span.End)),
    ];

    /// <summary>The members of entities that are set, and what to; <c>LastLogin</c> and the like only note when something happened.</summary>
    private List<(string Name, IOperation Value)> MembersSet(IOperation? from, IOperation to)
    {
        var members = new List<(string Name, IOperation Value)>();
        Operations.Visit(Operations.RootOf(to), members, (operation, members) =>
        {
            if (operation is IAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance and not IInstanceReferenceOperation, Property.Name: var name }, Value: var value }
                && operation.Syntax.Span.End <= to.Syntax.SpanStart
                && (from is null || operation.Syntax.SpanStart > from.Syntax.Span.End)
                && Operations.Unwrap(instance).Type is { } type
                && context.Models.Of(type) is null
                && !IsNote(type.Name))
            {
                members.Add((name, value));
            }

            return true;
        });
        return members;
    }

    private static ITypeSymbol? EntityOf(DbCall call) =>
        call.Argument(ParameterRole.Entity) is { } entity && Operations.Unwrap(entity).Type is { } type ? Sequences.ElementType(type) ?? type : null;

    /// <summary>Whether a table or an entity holds notes, by its name.</summary>
    public static bool IsNote(string name) => NoteWords.Any(word => HasWord(name, word));

    /// <summary>Whether a word stands in a name by itself: <c>OutboxMessage</c>, <c>audit_log</c>, but not <c>Catalog</c>.</summary>
    private static bool HasWord(string name, string word)
    {
        int at = name.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return false;
        int end = at + word.Length;
        bool starts = at == 0 || !char.IsLetter(name[at - 1]) || (char.IsUpper(name[at]) && char.IsLower(name[at - 1]));
        bool ends = end == name.Length || !char.IsLower(name[end]) || name[end] == 's';
        return starts && ends;
    }
}
