using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Finds the commands that a loop sends one by one and that can be sent in one batch behind it.</summary>
internal sealed class CommandBatches(CompilationContext context, Func<OwnCall, MethodSummary> summaryOf)
{
    private readonly BatchTypes _types = new(context.Models);

    /// <summary>How a command that no pass needs the answer of goes into a batch; null where other rows could be written then, or when that is not known.</summary>
    public CommandBatch? Of(DbCall call, Iteration iteration)
    {
        Origins origins = call.Body.Origins;
        if (!iteration.IsStatement
            || iteration.Operation is not (IForEachLoopOperation { IsAsynchronous: false } or IForLoopOperation)
            || iteration.Operation is not ILoopOperation { Body: IBlockOperation, Syntax.Parent: BlockSyntax or GlobalStatementSyntax } loop
            || call is not { Rows: RowCount.None, Session: { } connection, Invocation: { } send }
            || call.Argument(ParameterRole.Command) is not ILocalReferenceOperation { Local: var command } receiver
            || Operations.ResultOf(call.Operation) is not { } result
            || Operations.StatementOf(result) is not IExpressionStatementOperation statement
            || DeclarationOf(command, origins) is not { } declaration
            || origins.SingleValue(command) is not { } creation
            || _types.Of(Operations.Unwrap(connection).Type) is not { } types
            || !HoldsStill(connection, loop, call.Body)
            || call.Body.IterationsAround(loop).Any(static around => around.Nature == Exemption.None))
        {
            return null;
        }

        var setup = new CommandSetup(context.Models, command, send, types.Command);
        if (!setup.TryReadCreation(creation))
            return null;
        ImmutableArray<IOperation> moved = [];
        if (!Operations.IsDeclaredInside(command, loop.Body))
        {
            moved = StatementsBefore(loop, declaration, setup, call.Body);
            if (moved.IsEmpty)
                return null;
        }

        bool isSame = call.Body.Roots.All(setup.TryReadUses)
            && new BatchedPass(context.Models, loop, statement, setup).DoesNothingElse(result)
            && send.Arguments.All(argument => argument.ArgumentKind == ArgumentKind.DefaultValue || HoldsStill(argument.Value, loop, call.Body))
            && (setup.Transaction is { } transaction ? HoldsStill(transaction, loop, call.Body) : context.Models.Of(types.Batch)!.Has(TypeTraits.Atomic))
            && !IsUsedOtherwise(connection, loop, setup)
            && !MayMeetStore(loop, call)
            && !GoesOnAfterFailure(loop);
        return !isSame ? null : new CommandBatch
        {
            Loop = loop,
            Statement = statement,
            Command = receiver,
            Creation = creation,
            Connection = connection,
            Transaction = setup.Transaction,
            Text = setup.Text,
            BatchType = types.Batch,
            CommandType = types.Command,
            Dropped = setup.Dropped,
            Moved = moved,
        };
    }

    /// <summary>The statement that declares a local and nothing else.</summary>
    private static IOperation? DeclarationOf(ILocalSymbol local, Origins origins) =>
        origins.Of(local) is [{ Site: IVariableDeclaratorOperation { Parent: IVariableDeclarationOperation { Declarators.Length: 1, Parent: IVariableDeclarationGroupOperation group } } }]
            ? group.Parent is IUsingDeclarationOperation or IUsingOperation ? group.Parent : group
            : null;

    /// <summary>Whether an expression has the same value before the loop as in each pass, and runs no code of this project.</summary>
    private static bool HoldsStill(IOperation value, ILoopOperation loop, BodyFacts body) =>
        Operations.Referenced(value) is not null
        && LoopEntry.ExistsBefore(loop, value)
        && !LoopEntry.IsAssignedIn(loop, value, body.Origins)
        && !body.OwnCalls.Any(own => Operations.IsInside(own.Operation, value));

    /// <summary>The statements in front of the loop that make the command and fill it with what no pass changes; empty where they cannot move into the loop.</summary>
    private static ImmutableArray<IOperation> StatementsBefore(ILoopOperation loop, IOperation declaration, CommandSetup setup, BodyFacts body)
    {
        if (declaration is IUsingOperation || loop.Parent is not IBlockOperation block)
            return [];
        int end = block.Operations.IndexOf(loop);
        int start = block.Operations.IndexOf(declaration);
        if (start < 0 || end < start)
            return [];
        ImmutableArray<IOperation>.Builder moved = ImmutableArray.CreateBuilder<IOperation>();
        for (int i = start; i < end; i++)
        {
            IOperation statement = block.Operations[i];
            if (i != start && !setup.Names(statement))
                continue;
            if (i != start && !setup.TryAddStep(statement, body.Origins, declaration))
                return [];
            moved.Add(statement);
        }

        bool staysInside = body.Roots.All(root => !Operations.Any(root, operation => operation.Syntax.SpanStart >= loop.Syntax.Span.End && setup.IsPart(operation)));
        // A value that only some passes set would stay for later ones.
        bool isSetInEachPass = ((IBlockOperation)loop.Body).Operations.All(statement => statement is IExpressionStatementOperation || !setup.Names(statement));
        return staysInside && isSetInEachPass ? moved.ToImmutable() : [];
    }

    /// <summary>The loop sends something else through the connection, or hands it on.</summary>
    private static bool IsUsedOtherwise(IOperation connection, ILoopOperation loop, CommandSetup setup) => Operations.Any(
        loop,
        operation => operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
            && SymbolEqualityComparer.Default.Equals(Operations.Referenced(operation), Operations.Referenced(connection))
            && !setup.Covers(operation));

    private bool MayMeetStore(ILoopOperation loop, DbCall send) => send.Body.HasDynamicCalls
        || send.Body.Calls.Any(call => call != send && Operations.IsInside(call.Operation, loop))
        || send.Body.OwnCalls.Any(call => Operations.IsInside(call.Operation, loop) && summaryOf(call).MayMeetStore);

    /// <summary>A handler around the loop swallows the failure of a statement, so that those before it are meant to stay.</summary>
    private static bool GoesOnAfterFailure(ILoopOperation loop)
    {
        for (IOperation? parent = loop.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ITryOperation attempt && attempt.Catches.Any(static handler => !Operations.Any(handler, static operation => operation is IThrowOperation)))
                return true;
        }

        return false;
    }
}
