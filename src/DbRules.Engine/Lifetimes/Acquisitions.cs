using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds what a body acquires. Remembered per body.</summary>
internal sealed class Acquisitions(CompilationContext context, Callees callees, MemberBodies bodies, Func<FunctionNode, MethodSummary> summaryOf)
{
    private const int DeepestHelper = 3;

    private readonly SmallTable<BodyFacts, ImmutableArray<Acquisition>> _known = new();

    /// <summary>What a body acquires, in source order.</summary>
    public ImmutableArray<Acquisition> Of(BodyFacts body) => body.Acquired.IsEmpty ? [] : _known.GetOrAdd(body, this, static (facts, acquisitions) => acquisitions.Read(facts));

    /// <summary>What somebody must release of a type; null when it is nothing of that kind.</summary>
    public ResourceKind? KindOf(ITypeSymbol? type)
    {
        if (type is null || context.Models.Of(type) is not { } model)
            return null;
        // Some clients cannot be disposed at all.
        if (model.Has(TypeTraits.Pool))
            return ResourceKind.Pool;
        if (!IsDisposable(type))
            return null;
        return model switch
        {
            _ when model.Has(TypeTraits.Connection) => ResourceKind.Connection,
            _ when model.Has(TypeTraits.Context) => ResourceKind.Context,
            _ when model.Has(TypeTraits.Reader) => ResourceKind.Reader,
            _ when model.Has(TypeTraits.Transaction) => ResourceKind.Transaction,
            _ when model.Has(TypeTraits.Command) || model.Has(TypeTraits.Adapter) => ResourceKind.Command,
            _ => null,
        };
    }

    private static bool IsDisposable(ITypeSymbol type) => type.OriginalDefinition.AllInterfaces.Any(static one => one is { Name: "IDisposable" or "IAsyncDisposable", ContainingNamespace.Name: "System" });

    private ImmutableArray<Acquisition> Read(BodyFacts body)
    {
        ImmutableArray<Acquisition>.Builder found = ImmutableArray.CreateBuilder<Acquisition>();
        foreach (IOperation operation in body.Acquired)
        {
            if (operation.Type is not { } given || Tasks.ResultOf(given) is not { } type || KindOf(type) is not { } kind)
                continue;
            OwnCall? own = OwnCallAt(body, operation);
            if (own is null || operation is IObjectCreationOperation || (callees.TargetOf(own) is { } made && summaryOf(made).ReturnsAcquired))
                found.Add(new Acquisition(operation, type, kind) { IsOpen = own is null ? IsOpenedBy(operation) : IsOpenedBy(own) });
        }

        return found.ToImmutable();
    }

    private static OwnCall? OwnCallAt(BodyFacts body, IOperation operation)
    {
        foreach (OwnCall call in body.OwnCalls)
        {
            if (call.Operation == operation)
                return call;
        }

        return null;
    }

    private bool IsOpenedBy(IOperation operation) => operation is IInvocationOperation call && context.Models.Of(call.TargetMethod)?.Has(DbEffect.RoundTrip) == true;

    /// <summary>A helper opens what it returns when it opens anything, or when another helper does so for it.</summary>
    private bool IsOpenedBy(OwnCall call, int depth = DeepestHelper) =>
        depth > 0 && callees.TargetOf(call) is { Receiver: null } target && (target.Body ?? bodies.Of(target.Symbol)) is { } body
        && (body.Calls.Any(static inner => inner.Model?.Plays("this", ParameterRole.Acquires) == true || (inner.Model?.Plays("return", ParameterRole.Acquires) == true && inner.IsRoundTrip))
            || body.OwnCalls.Any(inner => body.Acquired.Contains(inner.Operation) && IsOpenedBy(inner, depth - 1)));
}
