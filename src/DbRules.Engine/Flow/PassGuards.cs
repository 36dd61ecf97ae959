using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>What stands around an operation inside one pass of an iteration: handlers that let the loop go on, conditions that count, and what runs after it.</summary>
internal sealed class PassGuards(Iteration iteration, Origins origins)
{
    /// <summary>Whether a <c>catch</c> around the operation lets the next pass run, so that one bad element does not undo the others.</summary>
    public bool SurvivesFailure(IOperation operation)
    {
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null && child != iteration.Body; child = parent, parent = parent.Parent)
        {
            if (parent is ITryOperation attempt && attempt.Body == child && attempt.Catches.Any(handler => !LeavesLoop(handler.Handler)))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a condition that decides over the operation looks at how far the loop is (a counter, a size, the time, what earlier passes set) and not at
    /// the element.
    /// </summary>
    public bool IsCheckpoint(IOperation operation)
    {
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null && child != iteration.Body; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalOperation test && test.Condition != child && LooksAtProgress(test.Condition))
                return true;
            if (parent is not IBlockOperation block)
                continue;
            foreach (IOperation statement in block.Operations)
            {
                if (statement == child)
                    break;
                if (statement is IConditionalOperation { WhenTrue: { } whenTrue } guard && Conditions.Jumps(whenTrue) && LooksAtProgress(guard.Condition))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether each pass writes how far the loop is (a counter, a total) into an object from outside the loop, for others to see.</summary>
    public bool ReportsProgress() => Operations.Any(iteration.Body, operation => operation switch
    {
        ICompoundAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } instance } } => IsFromOutside(instance),
        IAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } instance } } assignment => IsFromOutside(instance) && CountsPasses(assignment.Value),
        IIncrementOrDecrementOperation { Target: IMemberReferenceOperation { Instance: { } instance } } => IsFromOutside(instance),
        _ => false,
    });

    /// <summary>An object that no pass makes or selects. The object that the code itself belongs to is none that others look at.</summary>
    private bool IsFromOutside(IOperation instance) =>
        instance is not IInstanceReferenceOperation
        && Operations.RootSymbol(instance) is not null
        && !Operations.Any(instance, part => Operations.Referenced(part) is { } symbol
            && (Operations.IsDeclaredInside(symbol, iteration.Body) || iteration.Elements.Contains(symbol, SymbolEqualityComparer.Default)));

    private bool CountsPasses(IOperation value) => Operations.Any(value, part =>
        Operations.Referenced(part) is ILocalSymbol or IParameterSymbol or IFieldSymbol
        && part.Type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double }
        && Operations.Referenced(part) is { } symbol
        && (IsSetByPasses(symbol) || (iteration.Operation is IForLoopOperation && iteration.Elements.Contains(symbol, SymbolEqualityComparer.Default))));

    /// <summary>What may run behind an operation before the pass ends; the rest of its own statement is not among it.</summary>
    public List<IOperation> RestOfPass(IOperation operation)
    {
        var rest = new List<IOperation>();
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null && child != iteration.Body; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IBlockOperation block:
                    rest.AddRange(block.Operations.SkipWhile(statement => statement != child).Skip(1));
                    if (Conditions.Jumps(block))
                        return rest;
                    break;
                case ISwitchCaseOperation section:
                    rest.AddRange(section.Body.SkipWhile(statement => statement != child).Skip(1));
                    break;
                case IConditionalOperation test when test.Condition == child:
                    rest.Add(test.WhenTrue);
                    if (test.WhenFalse is { } whenFalse)
                        rest.Add(whenFalse);
                    break;
                case ITryOperation { Finally: { } last } attempt when last != child && attempt.Body == child:
                    rest.Add(last);
                    break;
                case ILoopOperation inner when inner != iteration.Body:
                    rest.Add(inner.Body);
                    break;
            }
        }

        return rest;
    }

    private bool LeavesLoop(IOperation handler) => Conditions.LastOf(handler) switch
    {
        IThrowOperation => true,
        IReturnOperation => iteration.IsStatement,
        IBranchOperation { Target: var target } => iteration.Operation is ILoopOperation loop && SymbolEqualityComparer.Default.Equals(target, loop.ExitLabel),
        _ => false,
    };

    private bool LooksAtProgress(IOperation condition) => Operations.Any(condition, part => part switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder, LeftOperand: { } counted } => !(Operations.Unwrap(counted) is IMemberReferenceOperation && IsOfPass(counted)),
        IIncrementOrDecrementOperation => true,
        IBinaryOperation compare => IsCounter(compare.LeftOperand) || IsCounter(compare.RightOperand),
        IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } counted } => IsFilledInPass(counted),
        IInvocationOperation { TargetMethod.Name: "Count" } counting => Operations.Receiver(counting) is { } counted && IsFilledInPass(counted),
        IPropertyReferenceOperation { Property.Name: var name } when name.StartsWith("Elapsed", StringComparison.Ordinal) => true,
        ILocalReferenceOperation { Local: var local } => IsSetByPasses(local),
        IParameterReferenceOperation { Parameter: var parameter } => IsSetByPasses(parameter),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: var field } => IsSetByPasses(field),
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: var property } => IsSetByPasses(property),
        _ => false,
    });

    /// <summary>The counter of a <c>for</c> itself, not what it selects.</summary>
    private bool IsCounter(IOperation operand) =>
        iteration.Operation is IForLoopOperation && Operations.Unwrap(operand) is ILocalReferenceOperation { Local: var local } && iteration.Elements.Contains(local, SymbolEqualityComparer.Default);

    /// <summary>The element, or something that the pass makes of it.</summary>
    private bool IsOfPass(IOperation value) => Operations.RootSymbol(value) is { } root
        && (Operations.IsDeclaredInside(root, iteration.Body) || iteration.Elements.Contains(root, SymbolEqualityComparer.Default));

    /// <summary>A variable from outside the pass that passes give other values.</summary>
    private bool IsSetByPasses(ISymbol symbol) =>
        !Operations.IsDeclaredInside(symbol, iteration.Body) && origins.Of(symbol).Any(assignment => iteration.Repeats(assignment.Site));

    private bool IsFilledInPass(IOperation sequence) =>
        Operations.RootSymbol(sequence) is { } root
        && !(root is ILocalSymbol or IParameterSymbol && Operations.IsDeclaredInside(root, iteration.Body))
        && Mutations.MayChange(root, iteration.Body, static _ => false);
}
