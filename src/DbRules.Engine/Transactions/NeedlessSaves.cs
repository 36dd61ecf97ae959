using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds the save that the next one of the same block makes needless.</summary>
internal sealed class NeedlessSaves(CompilationContext context, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>The statement that only saves; null when something may need what it saves before the next save, or when the order of the changes could matter.</summary>
    public IOperation? Of(UncoveredWrites writes, BodyFacts body)
    {
        if (writes.All.Count != 2
            || !writes.First.IsSave || !writes.Second.IsSave
            || StatementOf(writes.First.Operation) is not IExpressionStatementOperation { Parent: IBlockOperation block } first
            || StatementOf(writes.Second.Operation) is not { } second || second.Parent != block
            || !OnlyAddsBefore(writes.First, body))
        {
            return null;
        }

        var added = new HashSet<ISymbol>(AddedBefore(writes.First, body), SymbolEqualityComparer.Default);
        bool isQuiet = block.Operations
            .Where(statement => Operations.IsBetween(statement, first, second) && statement != first && statement != second)
            .All(statement => IsPlain(statement) && !Operations.Any(statement, operation => MayNeedSaved(operation, added), insideExpressionTrees: true) && !MeetsStore(statement, body));
        return isQuiet ? first : null;
    }

    /// <summary>The statement that is the save and nothing else.</summary>
    private static IOperation? StatementOf(IOperation save) => Operations.StatementOf(Operations.ResultOf(save) ?? save);

    private static bool IsPlain(IOperation statement) => statement is IExpressionStatementOperation or IVariableDeclarationGroupOperation;

    /// <summary>What is staged before is new: rows that are removed or changed may stand in the way of what comes behind.</summary>
    private static bool OnlyAddsBefore(Commit first, BodyFacts body)
    {
        DbCall[] staged = [.. StagedBefore(first, body)];
        return staged.Length > 0 && staged.All(static call => call.Name.StartsWith("Add", StringComparison.Ordinal));
    }

    private static IEnumerable<DbCall> StagedBefore(Commit first, BodyFacts body) =>
        body.Calls.Where(call => call.Model?.Has(DbEffect.Stages) == true && call.Operation.Syntax.Span.End <= first.Operation.Syntax.SpanStart);

    private static IEnumerable<ISymbol> AddedBefore(Commit first, BodyFacts body) =>
        StagedBefore(first, body).Select(static call => Operations.RootSymbol(call.Argument(ParameterRole.Entity))).OfType<ISymbol>();

    /// <summary>Code asks an object that was added for something: a key that the store makes, perhaps. Code of the project that is handed one may ask as well.</summary>
    private bool MayNeedSaved(IOperation operation, HashSet<ISymbol> added) => operation switch
    {
        IMemberReferenceOperation { Instance: { } instance } member =>
            !(member.Parent is IAssignmentOperation assignment && assignment.Target == member) && Operations.RootSymbol(instance) is { } root && added.Contains(root),
        IArgumentOperation { Parent: IInvocationOperation call } argument => context.Models.Of(call.TargetMethod) is null && Operations.RootSymbol(argument.Value) is { } root && added.Contains(root),
        IAwaitOperation or IAnonymousFunctionOperation or IThrowOperation => true,
        _ => false,
    };

    private bool MeetsStore(IOperation statement, BodyFacts body) =>
        body.Calls.Any(call => Operations.IsInside(call.Operation, statement) && call.Model?.Has(DbEffect.Stages) != true)
        || body.OwnCalls.Any(call => Operations.IsInside(call.Operation, statement) && summaryOf(call).MayMeetStore);
}
