using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>
/// Which calls ask somebody else than a store and wait for the answer: a service, a file, time, a library or an interface that the code in view does not know. When in doubt
/// a call that hands out a task does.
/// </summary>
internal sealed class OutsideCalls(CompilationContext context, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>Whether what a call of the project runs does so, callees included.</summary>
    public bool IsOne(OwnCall call) => summaryOf(call).Outside == WorkOutside.Certain;

    /// <summary>Whether an operation is such a call of a library. The project's own calls are asked by themselves.</summary>
    public bool IsOne(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } call => context.Models.Of(method) is { } model
            ? model.Has(DbEffect.Outside) || ((model.Effect & (DbEffect.Waits | DbEffect.Dispatches)) != 0 && !IsInside(method.ContainingType))
            : !context.Own.Contains(method) && method.MethodKind != MethodKind.LocalFunction && UnknownWaits.Of(call, context) == WorkOutside.Certain,
        IObjectCreationOperation { Constructor: { } constructor, Type: { } type } => IsInside(type) && context.Models.Of(constructor)?.Has(DbEffect.Outside) == true,
        _ => false,
    };

    /// <summary>As <see cref="IsOne(OwnCall)"/>, for who keeps quiet when in doubt: what stays inside of the program may do work of its own, if it is waited for.</summary>
    public bool MayBeOne(OwnCall call) => IsOne(call) || (Tasks.Starts(call.Method) && MayWorkOutside(call));

    /// <summary>
    /// Whether what a call runs may do anything beside its work with stores, waited for or not, so that to run it twice may do that twice. Code that may write, and of which
    /// nothing else is known, may be another service.
    /// </summary>
    public bool MayWorkOutside(OwnCall call) =>
        summaryOf(call) is var summary && (summary.Outside != WorkOutside.None || (summary.Equals(MethodSummary.Unknown) && Tasks.Starts(call.Method)));

    /// <summary>As <see cref="IsOne(IOperation)"/>, for who keeps quiet when in doubt: what stays inside of the program may do work of its own.</summary>
    public bool MayBeOne(IOperation operation) => IsOne(operation) || (operation is IInvocationOperation { TargetMethod: var method } && (context.Models.Of(method) is { } model
        ? (model.Effect & (DbEffect.Waits | DbEffect.Dispatches)) != 0
        : Tasks.Starts(method) && !context.Own.Contains(method) && method.MethodKind != MethodKind.LocalFunction && !context.Models.IsDatabaseLibrary(method.ContainingAssembly)));

    /// <summary>Whether a pass of an iteration makes such a call.</summary>
    public bool AreIn(Iteration iteration, BodyFacts body)
    {
        var own = new HashSet<IOperation>();
        foreach (OwnCall call in body.OwnCalls)
        {
            if (!iteration.Repeats(call.Operation))
                continue;
            if (IsOne(call))
                return true;
            own.Add(call.Operation);
        }

        return Operations.Any(iteration.Body, operation => !own.Contains(operation) && IsOne(operation) && iteration.Repeats(operation));
    }

    private bool IsInside(ITypeSymbol type) => context.Models.Of(type)?.Has(TypeTraits.Inside) == true;
}
