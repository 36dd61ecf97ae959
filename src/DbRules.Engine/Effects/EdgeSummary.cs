using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Adds what a call does to what its caller does.</summary>
internal static class EdgeSummary
{
    /// <param name="summary">What the caller does so far.</param>
    /// <param name="edge">The call.</param>
    /// <param name="get">The summary of a function that the edge depends on.</param>
    /// <param name="isFirst">Whether the call starts the way, so that its plain name says what is meant.</param>
    public static MethodSummary Add(MethodSummary summary, Edge edge, Func<FunctionNode, MethodSummary> get, bool isFirst)
    {
        if (edge.OwnDelegate is { } own && edge.Weight != Weight.Unknown)
            return summary.WithDelegate(new DelegateUse(own, edge.Weight == Weight.PerElement, edge.Source, edge.Weight == Weight.OnMiss));
        MethodSummary callee = edge.Target is null ? MethodSummary.Unknown : get(edge.Target);
        if (ReferenceEquals(callee, MethodSummary.Nothing))
            return summary;
        summary = WithState(summary, edge, callee);
        Weight weight = edge.Weight;
        if (weight == Weight.Unknown || (callee.IsLazy && !IsEnumerated(edge.Call.Operation)))
            return WithDelegateWrites(summary, edge, callee, get);

        summary = AddTrips(summary, edge, callee, isFirst, weight, edge.Source);
        if (callee.Repeated is { } repeated && weight is Weight.Once or Weight.PerElement)
            summary = summary.WithRepeated(Extend(repeated, edge, isFirst), OwnParameter(edge, callee.RepeatedFor.Contains));
        foreach (DelegateUse use in callee.Invokes)
            summary = AddDelegate(summary, edge, use, isFirst, get);
        if ((callee.Transaction & ~summary.Transaction) != 0 || (callee.ReadsOnMiss && !summary.ReadsOnMiss))
            summary = summary with { Transaction = summary.Transaction | callee.Transaction, ReadsOnMiss = summary.ReadsOnMiss || callee.ReadsOnMiss };
        return WithDelegateWrites(summary, edge, callee, get);
    }

    /// <summary>What counts however often the call runs. Most calls add nothing that the caller does not do already.</summary>
    private static MethodSummary WithState(MethodSummary summary, Edge edge, MethodSummary callee)
    {
        bool mayWrite = summary.MayWrite || callee.MayWrite;
        WorkOutside outside = summary.Outside.And(ReferenceEquals(callee, MethodSummary.Unknown) ? edge.Call.OutsideIfUnseen : callee.Outside);
        bool returnsAcquired = summary.ReturnsAcquired || (edge.IsReturned && callee.ReturnsAcquired);
        ImmutableArray<int> releases = With(summary.Releases, callee.Releases, edge), bounds = With(summary.Bounds, callee.Bounds, edge);
        bool isSame = (mayWrite, outside, returnsAcquired, releases, bounds) == (summary.MayWrite, summary.Outside, summary.ReturnsAcquired, summary.Releases, summary.Bounds);
        return isSame ? summary : summary with { MayWrite = mayWrite, Outside = outside, ReturnsAcquired = returnsAcquired, Releases = releases, Bounds = bounds };
    }

    /// <summary>What one delegate does that a call hands over, as far as the called code runs it.</summary>
    public static MethodSummary OfDelegate(Edge edge, DelegateUse use, Func<FunctionNode, MethodSummary> get) =>
        AddDelegate(MethodSummary.Nothing, edge, use, isFirst: true, get);

    private static MethodSummary AddTrips(MethodSummary summary, Edge edge, MethodSummary callee, bool isFirst, Weight weight, int? source)
    {
        summary = AddTrip(summary, edge, callee.Read, summary.Read, isFirst, weight, source);
        summary = AddTrip(summary, edge, callee.Save, summary.Save, isFirst, weight, source);
        return AddTrip(summary, edge, callee.Write, summary.Write, isFirst, weight, source);
    }

    private static MethodSummary AddTrip(MethodSummary summary, Edge edge, Trip? trip, Trip? known, bool isFirst, Weight weight, int? source)
    {
        if (trip is null)
            return summary;
        return weight switch
        {
            // The call makes the way longer than the one that is known.
            Weight.Once when known?.Length <= trip.Length => summary,
            Weight.Once => summary.With(Extend(trip, edge, isFirst)),
            Weight.PerElement => summary.WithRepeated(Extend(trip, edge, isFirst), source),
            _ => summary.ReadsOnMiss ? summary : summary with { ReadsOnMiss = true },
        };
    }

    /// <summary>What a delegate does that the callee invokes.</summary>
    private static MethodSummary AddDelegate(MethodSummary summary, Edge edge, DelegateUse use, bool isFirst, Func<FunctionNode, MethodSummary> get)
    {
        foreach (DelegateArgument argument in edge.Delegates)
        {
            if (argument.Parameter != use.Parameter)
                continue;
            Weight weight = use.IsOnMiss || edge.Call.IsCacheAccess ? Weight.OnMiss : use.IsPerElement && edge.Weight == Weight.Once ? Weight.PerElement : edge.Weight;
            int? source = use.Source is { } ordinal ? OwnParameter(edge, parameter => parameter == ordinal) : edge.Source;
            if (argument.OwnParameter is { } own)
                return summary.WithDelegate(new DelegateUse(own, weight == Weight.PerElement, source, weight == Weight.OnMiss));
            if (argument.Node is { } node)
                return AddTrips(summary, edge, get(node), isFirst, weight, source);
        }

        return summary;
    }

    /// <summary>A delegate that nobody in view invokes may still be invoked; one that is invoked counts with what it may write.</summary>
    private static MethodSummary WithDelegateWrites(MethodSummary summary, Edge edge, MethodSummary callee, Func<FunctionNode, MethodSummary> get) =>
        summary.MayWrite || callee.Invokes.IsEmpty || edge.Delegates.IsEmpty
            ? summary
            : summary with { MayWrite = edge.Delegates.Any(argument => argument.OwnParameter is null && (argument.Node is null || get(argument.Node).MayWrite)) };

    /// <summary>The caller's own parameter that is handed on for one of the callee's; null when none is.</summary>
    private static int? OwnParameter(Edge edge, Func<int, bool> isMeant)
    {
        foreach (IArgumentOperation argument in edge.Call.Arguments)
        {
            if (argument.Parameter is { } parameter && isMeant(parameter.Ordinal) && Operations.Referenced(argument.Value) is IParameterSymbol own)
                return own.Ordinal;
        }

        return null;
    }

    /// <summary>The caller's parameters and those that it hands on for the callee's, in order.</summary>
    private static ImmutableArray<int> With(ImmutableArray<int> own, ImmutableArray<int> callee, Edge edge)
    {
        foreach (int ordinal in callee)
        {
            if (OwnParameter(edge, parameter => parameter == ordinal) is { } handed && !own.Contains(handed))
                own = own.Add(handed).Sort();
        }

        return own;
    }

    private static Trip Extend(Trip trip, Edge edge, bool isFirst) => new(trip.Kind, isFirst ? edge.Call.Name : QualifiedName(edge.Call), edge.Call.Location, trip);

    /// <summary>The name with the type that declares it, as somebody who reads a chain of calls needs it.</summary>
    private static string QualifiedName(OwnCall call) => call.Method switch
    {
        null or { MethodKind: MethodKind.LocalFunction } => call.Name,
        { MethodKind: MethodKind.Constructor } => "new " + call.Name,
        { ContainingType: { } type } => type.Name + "." + call.Name,
    };

    /// <summary>Whether the sequence that a call returns is walked where it stands, and not only handed on.</summary>
    private static bool IsEnumerated(IOperation call)
    {
        IOperation current = call;
        for (IOperation? parent = call.Parent; parent is not null; current = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IArgumentOperation or IAwaitOperation:
                    break;
                case IForEachLoopOperation each:
                    return each.Collection == current;
                case IInvocationOperation operation when Operations.Receiver(operation) is { } receiver && Operations.IsInside(current, receiver):
                    if (operation.Type is not { } type || !IsLazySequence(type))
                        return true;
                    break;
                case ISpreadOperation:
                    return true;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsLazySequence(ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T || type.Name is "IAsyncEnumerable" or "IOrderedEnumerable" or "ConfiguredCancelableAsyncEnumerable";
}
