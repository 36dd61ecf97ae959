using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// Tells what runs only where a context has not loaded it yet: <c>if (!entry.IsLoaded) entry.Load();</c>, or where a member is null that it may load: <c>if (_lines is null) entry.Load();</c>. Who calls such code with rows that bring the navigation sends nothing.
/// </summary>
internal sealed class LoadedChecks(ModelIndex models, Origins origins)
{
    /// <summary>Flags that keep what other flags said. More are not followed, so circular code ends.</summary>
    private const int LongestChain = 8;

    /// <summary>Whether a test around an operation, or in front of it in a block around it, says that something is not loaded.</summary>
    public bool Guard(IOperation operation)
    {
        bool loads = operation is IInvocationOperation { TargetMethod: var method } && models.Of(method)?.Has(DbEffect.LoadsNavigation) == true;
        return Guards.Of(operation).Any(guard => SaysUnloaded(guard, 0) || (loads && Guards.NullWhere(guard.Condition, guard.Holds).Any(static member => member.Kind is SymbolKind.Property or SymbolKind.Field)));
    }

    private bool SaysUnloaded(Guard guard, int depth)
    {
        Guard flag = Guards.FlagOf(guard);
        return flag.Condition switch
        {
            IPropertyReferenceOperation { Property: var property } => !flag.Holds && models.Of(property)?.Has(DbEffect.ProbesCache) == true,
            ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean } local } when depth < LongestChain => origins.Of(local).Any(assignment =>
                assignment.Value is { } value && Guards.PartsOf(value, flag.Holds).Any(part => SaysUnloaded(part, depth + 1))),
            _ => false,
        };
    }
}
