using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// Which calls wait for somebody else than a store, where neither a row nor code in view says what they do. When in doubt one that hands out a task does.
/// </summary>
internal static class UnknownWaits
{
    private const TypeTraits Store = TypeTraits.Session | TypeTraits.Query | TypeTraits.Command | TypeTraits.Reader | TypeTraits.Transaction | TypeTraits.Adapter | TypeTraits.Pool;

    /// <summary>Endings of names that look like those of stores and stand for files.</summary>
    private static readonly string[] FileStores = ["FileStore", "BlobStore", "ObjectStore", "MediaStore"];

    /// <summary>What a call of a library does that no row describes. One that is given a connection, a query or the like works on that.</summary>
    public static WorkOutside Of(IInvocationOperation call, CompilationContext context)
    {
        IMethodSymbol method = call.TargetMethod;
        if (!(method.ReturnsVoid || Tasks.Starts(method)) || context.Models.IsDatabaseLibrary(method.ContainingAssembly))
            return WorkOutside.None;
        WorkOutside outside = Of(method, context.Models);
        return outside == WorkOutside.Certain && IsGivenStore(call, context) ? WorkOutside.None : outside;
    }

    /// <summary>What a member of the project does of which no code is in view.</summary>
    public static WorkOutside OfUnseen(IMethodSymbol? method, ModelIndex models) => method is not null && Tasks.Starts(method) ? Of(method, models) : WorkOutside.None;

    private static WorkOutside Of(IMethodSymbol method, ModelIndex models)
    {
        if (method.ContainingType is not { } type)
            return WorkOutside.None;
        if (models.Of(type)?.Has(TypeTraits.Inside) == true)
            return WorkOutside.Possible;
        bool isStore = StoreNames.IsStore(type) && !FileStores.Any(ending => type.Name.EndsWith(ending, StringComparison.Ordinal));
        return isStore || !Tasks.Starts(method) ? WorkOutside.None : WorkOutside.Certain;
    }

    private static bool IsGivenStore(IInvocationOperation call, CompilationContext context)
    {
        if (call.Instance is { } instance && IsStore(instance, context))
            return true;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && IsStore(argument.Value, context))
                return true;
        }

        return false;
    }

    private static bool IsStore(IOperation value, CompilationContext context) =>
        Operations.Unwrap(value).Type is { } type && (context.Types.IsQueryable(type) || (context.Models.Of(type) is { } model && (model.Traits & Store) != 0));
}
