using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds where <c>using</c> can release what a local holds.</summary>
internal sealed class UsingPlaces(LateUses lateUses)
{
    /// <summary>
    /// The place for what the locals of one declaration hold, each with what happens to it; null where <c>using</c> cannot stand for all of them, or would release what is still in use.
    /// </summary>
    public UsingPlace? Of(IReadOnlyList<(Acquisition Acquisition, Custody Custody)> held, BodyFacts body)
    {
        (Acquisition first, Custody custody) = held[0];
        (IOperation Declaration, IOperation Statement)? place = first.Destination.Site switch
        {
            IVariableDeclaratorOperation { Parent: IVariableDeclarationOperation { Declarators.Length: var count, Parent: IVariableDeclarationGroupOperation { Declarations.Length: 1 } group } } when count == held.Count => (group, group),
            ISimpleAssignmentOperation { Parent: IExpressionStatementOperation { Parent: IBlockOperation } statement } when DeclarationOf(first.Holder!, statement, body) is { } declaration => (declaration, statement),
            _ => null,
        };
        if (place is not { } found || StatementsAround(found.Statement) is not { IsEmpty: false } statements)
            return null;
        // No jump may lead over the declaration.
        if (statements.Any(static statement => statement is ILabeledOperation) || !held.All(one => IsReleasable(one.Acquisition, one.Custody, found.Declaration == found.Statement, body)))
            return null;
        return new UsingPlace(
            found.Declaration.Syntax.GetLocation(),
            AsyncRelease.IsPossible(first, first.Holder!.Type, body),
            Needless([.. held.SelectMany(static one => one.Custody.Releases)], statements),
            found.Declaration == found.Statement ? null : found.Statement.Syntax.GetLocation(),
            found.Statement.Parent is ISwitchCaseOperation);
    }

    private bool IsReleasable(Acquisition acquisition, Custody custody, bool isDeclaration, BodyFacts body) =>
        !custody.IsUnclear && custody.Handovers.Count == 0
        // A using local can neither be assigned nor passed by reference.
        && body.Origins.Of(acquisition.Holder!).Count(assignment => isDeclaration || assignment.Site is not IVariableDeclaratorOperation) == 1
        // A task that is awaited later is no resource.
        && SymbolEqualityComparer.Default.Equals(Tasks.ResultOf(acquisition.Holder!.Type), acquisition.Holder.Type) && !lateUses.MayFollow(acquisition, custody, body);

    /// <summary>The declaration of a local that has no value before a statement, and that nothing names before it or outside of its block; null for any other local.</summary>
    private static IVariableDeclarationGroupOperation? DeclarationOf(ILocalSymbol local, IOperation statement, BodyFacts body)
    {
        IOperation block = statement.Parent!;
        if (body.Origins.MentionsOf(local).Any(mention => mention.Syntax.SpanStart < statement.Syntax.SpanStart || !Operations.IsInside(mention, block)))
            return null;
        IVariableDeclarationGroupOperation? found = null;
        Operations.Any(Operations.RootOf(statement), operation =>
        {
            if (operation is IVariableDeclaratorOperation { Symbol: var declared, Parent: IVariableDeclarationOperation { Declarators.Length: 1, Parent: IVariableDeclarationGroupOperation { Declarations.Length: 1 } group } } declarator
                && SymbolEqualityComparer.Default.Equals(declared, local) && (declarator.GetVariableInitializer()?.Value is not { } value || Conditions.IsNull(value)))
            {
                found = group;
            }

            return found is not null;
        });
        return found is not null && Operations.EnclosingFunction(found) == Operations.EnclosingFunction(statement) ? found : null;
    }

    private static ImmutableArray<IOperation> StatementsAround(IOperation statement) => statement.Parent switch
    {
        IBlockOperation block => block.Operations,
        ISwitchCaseOperation section => section.Body,
        _ => [],
    };

    /// <summary>The releases at the end of the statements around the declaration, with at most a jump behind them that does no work: <c>using</c> releases there by itself.</summary>
    private static ImmutableArray<Location> Needless(List<Release> releases, ImmutableArray<IOperation> statements)
    {
        var found = new List<Location>();
        for (int last = statements.Length - 1; last >= 0; last--)
        {
            IOperation statement = statements[last];
            if (last == statements.Length - 1 && IsIdleJump(statement))
                continue;
            if (!releases.Exists(release => IsAll(statement, release)))
                break;
            found.Add(statement.Syntax.GetLocation());
        }

        found.Reverse();
        return [.. found];
    }

    /// <summary>A jump that evaluates nothing which takes its time: there is no reason to release before it.</summary>
    private static bool IsIdleJump(IOperation statement) => statement switch
    {
        IReturnOperation { ReturnedValue: var value } => value is null || !Operations.Any(value, static part => part is IInvocationOperation or IObjectCreationOperation or IAwaitOperation or IDynamicInvocationOperation),
        IBranchOperation { BranchKind: BranchKind.Break or BranchKind.Continue } => true,
        _ => false,
    };

    /// <summary>Whether a statement does nothing but release, perhaps behind a test of the object.</summary>
    private static bool IsAll(IOperation statement, Release release) => statement switch
    {
        IExpressionStatementOperation { Operation: IConditionalAccessOperation { WhenNotNull: var call } } => call == release.Call,
        IExpressionStatementOperation { Operation: var expression } => Operations.Unwrap(expression) == release.Call,
        IConditionalOperation { Condition: var condition, WhenTrue: var then, WhenFalse: null } when condition == release.Barrier => IsAll(then is IBlockOperation { Operations: [var only] } ? only : then, release),
        _ => false,
    };
}
