using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds what works in memory on rows that a query fetched for nothing else.</summary>
internal sealed class LateStepSearch(CompilationContext context, RowBounds bounds, UnclearColumns columns)
{
    private enum LateStepKind
    {
        Filter,
        Order,
        Page,
        Answer,
        Number,
    }

    /// <summary>The late steps on the rows of a call; null when there is none, when the rows serve something else too, or when that is not known.</summary>
    public LateSteps? Of(DbCall call)
    {
        if (FetchedRows.BoundaryOf(call, context) is not { } boundary || (ContinuationOf(boundary, call) is var (start, use) && start is null))
            return null;
        if (call.Query is not { Kind: QueryRootKind.Store } query || !IsWhole(query) || bounds.FindsOneRow(query))
            return null;
        var rows = new RowExpressions(query, columns, call.Body.Origins);
        var steps = ImmutableArray.CreateBuilder<IOperation>();
        IOperation? first = null;
        LateStepKind last = LateStepKind.Order;
        bool isPortable = true;
        for (IOperation? step = FetchedRows.NextOf(start!); step is not null && KindOf(step) is { } kind && IsStepOfStore(step, kind, rows, ref isPortable); step = FetchedRows.NextOf(step))
        {
            steps.Add(step);
            last = kind;
            if (kind == LateStepKind.Order)
                isPortable &= !query.Has(QueryStep.Order);
            else
                first ??= step;
            // Which rows a page has is a matter of chance as long as nothing orders them.
            if (kind == LateStepKind.Page)
                isPortable &= query.Has(QueryStep.Order) || steps.Any(earlier => KindOf(earlier) == LateStepKind.Order);
            if (kind is LateStepKind.Answer or LateStepKind.Number)
                break;
        }

        if (first is null || (use is not null && IsDisturbed(call, boundary, use)))
            return null;
        return new LateSteps
        {
            Boundary = boundary,
            Steps = steps.ToImmutable(),
            First = first,
            EndsInAnswer = last is LateStepKind.Answer or LateStepKind.Number,
            Use = use,
            CanMove = isPortable && KeepValues(steps, call, boundary),
        };
    }

    /// <summary>The value that the steps stand on: the rows themselves, or the only use of the local that holds them.</summary>
    private static (IOperation? Start, ILocalReferenceOperation? Use) ContinuationOf(IInvocationOperation boundary, DbCall call)
    {
        IOperation result = FetchedRows.Outermost(boundary);
        if (FetchedRows.NextOf(boundary) is not null)
            return (boundary, null);
        if (boundary != call.Operation
            || KeyFetches.HolderOf(result) is not { } holder
            || call.Body.Origins.Of(holder).Count != 1
            || KeyFetches.OnlyUseOf(holder, boundary) is not ILocalReferenceOperation use
            || !RunsOnceAfter(boundary, use))
        {
            return (null, null);
        }

        return (use, use);
    }

    /// <summary>Whether a use runs at most once for each time that the rows are fetched: one fetch for several filters is right.</summary>
    private static bool RunsOnceAfter(IOperation boundary, IOperation use)
    {
        for (IOperation child = use, parent = use.Parent!; parent is not null && !Operations.IsInside(boundary, parent); child = parent, parent = parent.Parent!)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation || (parent is ILoopOperation && !Iteration.RunsOnce(parent, child)))
                return false;
        }

        return true;
    }

    private LateStepKind? KindOf(IOperation step)
    {
        if (step is IPropertyReferenceOperation { Property: var property })
            return property is { Name: "Count", ContainingType.Name: "List" } or { Name: "Length", ContainingType.SpecialType: SpecialType.System_Array } ? LateStepKind.Answer : null;
        IMethodSymbol method = ((IInvocationOperation)step).TargetMethod;
        if (method.ContainingType is { Name: "List" })
            return method.Name is "Exists" or "Find" or "Contains" ? LateStepKind.Answer : null;
        if (context.Models.Of(method) is not { } model || !model.Parameters.ContainsKey(ParameterRole.Source))
            return null;
        string name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - "Async".Length) : method.Name;
        return name switch
        {
            "Where" => LateStepKind.Filter,
            "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" => LateStepKind.Order,
            "Skip" or "Take" => LateStepKind.Page,
            "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Any" or "All" or "Count" or "LongCount" or "Contains" => LateStepKind.Answer,
            "Sum" or "Min" or "Max" or "Average" => LateStepKind.Number,
            _ => null,
        };
    }

    private static bool IsStepOfStore(IOperation step, LateStepKind kind, RowExpressions rows, ref bool isPortable)
    {
        if (step is not IInvocationOperation call)
            return true;
        IOperation[] given = [.. call.Arguments.Where(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Value != Operations.Receiver(call)
            && argument.Parameter?.Type.Name != "CancellationToken").Select(argument => argument.Value)];
        switch (kind)
        {
            case LateStepKind.Page:
                return given is [{ Type.SpecialType: SpecialType.System_Int32 } count] && RowExpressions.IsConstantInTree(count);
            case LateStepKind.Order:
                return given is [var key] && rows.ValueOf(key) is { } ordered && ScalarTypes.HasOrder(ordered.Type) && Ports(ordered.Type, ref isPortable);
            case LateStepKind.Number:
                IOperation? value = given is [var selector] ? rows.ValueOf(selector) : null;
                return (given.Length == 0 && rows.AreColumns) || (value is not null && ScalarTypes.HasOrder(value.Type) && Ports(value.Type, ref isPortable));
            case LateStepKind.Answer when call.TargetMethod.Name is "Contains" or "ContainsAsync":
                return given is [var item] && rows.AreColumns && RowExpressions.IsConstantInTree(item);
            default:
                return given.Length == 0 || (given is [var predicate] && rows.ValueOf(predicate) is not null);
        }
    }

    private static bool Ports(ITypeSymbol? type, ref bool isPortable)
    {
        isPortable &= !ScalarTypes.IsHardToSum(type);
        return true;
    }

    /// <summary>A query of which every row is fetched, with steps whose effect on later ones is known.</summary>
    private bool IsWhole(QueryShape query) =>
        bounds.StartsAtSet(query)
        && query.Steps.All(use => use.Step is QueryStep.Where or QueryStep.Order or QueryStep.Include or QueryStep.Tracking or QueryStep.Options
            || (use.Step == QueryStep.Select && use.Call.Arguments is [.., { Value: var selector }] && Projections.HoldNoEntity(selector)));

    /// <summary>Whether something between the fetch and the use may change what the store holds.</summary>
    private static bool IsDisturbed(DbCall call, IOperation boundary, IOperation use) =>
        call.Body.Calls.Any(other => StartsBetween(other.Operation, boundary, use) && (other.MayWrite || other.Model?.Has(DbEffect.Stages) == true));

    /// <summary>What takes the later one as an argument counts too: it may begin its work before.</summary>
    private static bool StartsBetween(IOperation operation, IOperation earlier, IOperation later) =>
        operation.Syntax.SpanStart > earlier.Syntax.SpanStart && operation.Syntax.SpanStart < later.Syntax.SpanStart;

    /// <summary>Whether an operator is written behind what it works on: <c>rows.Where(...)</c>, not <c>Enumerable.Where(rows, ...)</c>.</summary>
    private static bool IsWrittenBehind(IOperation step) => step is not IInvocationOperation call
        || (call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var written } } && Operations.Receiver(call) is { } receiver && written.Span.Contains(receiver.Syntax.Span));

    /// <summary>Whether every value that the steps use is there when the rows are fetched, and stays as it is.</summary>
    private static bool KeepValues(IEnumerable<IOperation> steps, DbCall call, IInvocationOperation boundary)
    {
        foreach (IOperation step in steps)
        {
            IOperation? receiver = step is IInvocationOperation invocation ? Operations.Receiver(invocation) : null;
            foreach (IOperation argument in step.ChildOperations.Where(child => receiver is null || !Operations.IsInside(receiver, child)))
            {
                if (receiver is not null && Operations.Any(argument, part => Changes(part, argument)))
                    return false;
            }

            if (!IsWrittenBehind(step) || call.Body.OwnCalls.Any(own => StartsBetween(own.Operation, boundary, step) && !Operations.IsInside(own.Operation, step) && !Operations.IsInside(step, own.Operation)))
                return false;
        }

        return IsWrittenBehind(boundary);

        bool Changes(IOperation part, IOperation argument) => part switch
        {
            ILocalReferenceOperation { Local: var local } => !Operations.IsDeclaredInside(local, argument)
                && (call.Body.Origins.Of(local).Count > 1 || local.DeclaringSyntaxReferences.Any(reference => reference.Span.Start > boundary.Syntax.SpanStart)),
            IParameterReferenceOperation { Parameter: var parameter } => call.Body.Origins.Of(parameter).Count > 0,
            IFieldReferenceOperation { Field: var field } => call.Body.Origins.Of(field).Any(assignment => assignment.Site.Syntax.SpanStart > boundary.Syntax.SpanStart),
            _ => false,
        };
    }
}
