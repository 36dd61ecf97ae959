using System.Collections.Immutable;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>One thing that is done to a string builder.</summary>
/// <param name="Call">The call that appends; null for the text that the builder starts with.</param>
/// <param name="Values">What is appended, in order.</param>
/// <param name="IsStraight">Whether it runs on every way to the end, and once.</param>
/// <param name="IsUnknown">Whether it changes what is there already, or hands the builder to other code.</param>
internal sealed record BuilderStep(IInvocationOperation? Call, ImmutableArray<IOperation> Values, bool IsStraight, bool IsUnknown);

/// <summary>What happens to a string builder before its text is taken.</summary>
internal static class BuilderSteps
{
    /// <summary>The steps in source order. A single unknown step where the builder is made elsewhere.</summary>
    /// <param name="builder">The builder: a local, or a chain of calls from its creation on.</param>
    /// <param name="end">The call that takes the text.</param>
    /// <param name="origins">Where the values of the body come from.</param>
    public static IReadOnlyList<BuilderStep> Before(IOperation builder, IOperation end, Origins origins)
    {
        var steps = new List<BuilderStep>();
        IOperation start = StartOf(builder);
        if (Operations.Referenced(start) is ILocalSymbol local)
        {
            if (origins.SingleValue(local) is not { } made || !AddCreation(StartOf(made), steps))
                return [Unknown];
            AddChain(made, end, steps);
            foreach (ILocalReferenceOperation use in origins.MentionsOf(local))
            {
                if (use.Syntax.SpanStart > end.Syntax.Span.End || use == start)
                    break;
                AddUse(use, end, steps);
            }
        }
        else if (!AddCreation(start, steps))
        {
            return [Unknown];
        }

        AddChain(builder, end, steps);
        return steps;
    }

    private static BuilderStep Unknown { get; } = new(null, [], true, true);

    private static IOperation StartOf(IOperation builder)
    {
        IOperation current = Operations.Unwrap(builder);
        while (current is IInvocationOperation { Instance: { } inner })
            current = Operations.Unwrap(inner);
        return current;
    }

    private static bool AddCreation(IOperation made, List<BuilderStep> steps)
    {
        if (made is not IObjectCreationOperation creation)
            return false;
        ImmutableArray<IOperation> text = [.. creation.Arguments.Select(static argument => argument.Value).Where(static value => value.Type?.SpecialType == SpecialType.System_String)];
        if (!text.IsEmpty)
            steps.Add(new BuilderStep(null, text, true, false));
        return true;
    }

    /// <summary>The calls from a creation or a local to the last of their chain.</summary>
    private static void AddChain(IOperation chain, IOperation end, List<BuilderStep> steps)
    {
        var calls = new Stack<IInvocationOperation>();
        for (IOperation current = Operations.Unwrap(chain); current is IInvocationOperation { Instance: { } inner } call; current = Operations.Unwrap(inner))
            calls.Push(call);
        foreach (IInvocationOperation call in calls)
            steps.Add(StepOf(call, end));
    }

    private static void AddUse(ILocalReferenceOperation use, IOperation end, List<BuilderStep> steps)
    {
        if (use.Parent is not IInvocationOperation { Instance: { } instance } || instance != use)
        {
            // Its length may be asked for; setting it cuts text off.
            bool isRead = use.Parent is IPropertyReferenceOperation property
                && property.Parent is not (IAssignmentOperation or IIncrementOrDecrementOperation);
            if (!isRead && use.Parent is not IVariableDeclaratorOperation)
                steps.Add(Unknown);
            return;
        }

        IOperation current = use;
        while (current.Parent is IInvocationOperation call && call.Instance == current)
        {
            if (call.TargetMethod.Name != "ToString")
                steps.Add(StepOf(call, end));
            current = call;
        }
    }

    private static BuilderStep StepOf(IInvocationOperation call, IOperation end)
    {
        bool appends = call.TargetMethod.Name is "Append" or "AppendLine" or "AppendFormat" or "AppendJoin";
        ImmutableArray<IOperation> values = [.. call.Arguments.Where(static argument => argument.Parameter?.Name is not ("provider" or "repeatCount")).Select(static argument => argument.Value)];
        return new BuilderStep(call, values, Operations.IsInside(call, end) || Straightness.IsStraight(call, end), !appends);
    }
}
