using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Tells delegates that run for several elements at once.</summary>
internal sealed class ParallelUses(CompilationContext context)
{
    /// <summary>The call that runs a use of a context for several elements at once, where all of them share the context; null when none does.</summary>
    /// <param name="use">The use.</param>
    /// <param name="body">The body that it stands in.</param>
    /// <param name="threadsOnly">Whether starting the tasks of several elements is not enough, so that only a runner with threads counts.</param>
    public IOperation? RunnerOf(ContextUse use, BodyFacts body, bool threadsOnly)
    {
        for (IOperation? function = Operations.EnclosingFunction(use.Operation); function is IAnonymousFunctionOperation lambda; function = Operations.EnclosingFunction(function))
        {
            if (use.Session.Path is { IsEmpty: false } path && Operations.IsDeclaredInside(path[0], lambda))
                return null;
            if (Operations.ArgumentOf(lambda) is not { Parameter: { } parameter, Parent: IInvocationOperation runner } || context.Models.Of(runner.TargetMethod) is not { } model)
                return null;
            if (!context.Vocabulary.RunsPerElement(parameter.OriginalDefinition))
            {
                if (!context.Vocabulary.RunsOnce(parameter.OriginalDefinition))
                    return null;
                continue;
            }

            if (IsGuarded([lambda]))
                return null;
            if (model.Has(DbEffect.Parallel))
                return IsOneAtATime(runner, body) ? null : runner;
            // The delegate hands out a task and goes on with the next element; whoever takes all the tasks has started all of them.
            if (!threadsOnly && model.Has(DbEffect.Lazy) && Tasks.IsTask(lambda.Symbol.ReturnType) && AreAllStarted(runner, body))
                return runner;
            if (!Tasks.IsTask(lambda.Symbol.ReturnType) || !model.Has(DbEffect.Lazy))
                return null;
        }

        return null;
    }

    /// <summary>Whether code waits for a lock, a semaphore or a turn of its own.</summary>
    public bool IsGuarded(IEnumerable<IOperation> code) => code.Any(root => Operations.Any(root, operation => operation is ILockOperation
        || (operation is IInvocationOperation { TargetMethod: var method }
            && (context.Models.Of(method)?.Has(DbEffect.Waits) == true || method.Name.StartsWith("Lock", StringComparison.Ordinal) || method.Name.StartsWith("Wait", StringComparison.Ordinal)
                || method.Name.StartsWith("Enter", StringComparison.Ordinal) || method.Name.StartsWith("Acquire", StringComparison.Ordinal)))));

    private static bool AreAllStarted(IOperation tasks, BodyFacts body)
    {
        IOperation current = tasks;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IVariableInitializerOperation or IArgumentOperation:
                    current = parent;
                    continue;
                case IInvocationOperation { TargetMethod: { Name: "WhenAll" or "WaitAll", ContainingType.Name: "Task" } }:
                    return true;
                case IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray", ContainingType.Name: "Enumerable" } }:
                    current = parent;
                    continue;
                case IVariableDeclaratorOperation { Symbol: var local }:
                    return body.Origins.MentionsOf(local).Any(mention => AreAllStarted(mention, body));
                case IVariableDeclarationOperation { Declarators: [{ Symbol: var local }] }:
                    return body.Origins.MentionsOf(local).Any(mention => AreAllStarted(mention, body));
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether the options of a parallel loop allow one pass at a time, or are not in view.</summary>
    private static bool IsOneAtATime(IInvocationOperation runner, BodyFacts body)
    {
        for (IOperation? current = runner; current is IInvocationOperation call; current = Operations.Receiver(call) is { } receiver ? Operations.Unwrap(receiver) : null)
        {
            foreach (IArgumentOperation argument in call.Arguments)
            {
                if (argument.Parameter is not { } parameter || argument.ArgumentKind == ArgumentKind.DefaultValue)
                    continue;
                if (parameter.Name.StartsWith("degree", StringComparison.Ordinal) && IsOneOrUnknown(argument.Value))
                    return true;
                if (parameter.Type.Name == "ParallelOptions" && (body.Origins.Resolve(argument.Value) is not IObjectCreationOperation options || LimitsToOne(options)))
                    return true;
            }
        }

        return false;
    }

    private static bool LimitsToOne(IObjectCreationOperation options) => options.Initializer is { } initializer && initializer.Initializers.Any(static set =>
        set is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "MaxDegreeOfParallelism" }, Value: var value } && IsOneOrUnknown(value));

    private static bool IsOneOrUnknown(IOperation value) => value.ConstantValue is { HasValue: true, Value: int and 1 };
}
