using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>A transaction that fails where a concurrent one gets in its way, and that nothing in view runs again.</summary>
/// <param name="Location">Where it begins.</param>
/// <param name="Name">What begins it: the name of the member, or of the type that is made.</param>
/// <param name="Level">The name of the isolation level; null when the code leaves it to the default.</param>
/// <param name="Write">What it writes.</param>
public sealed record ConflictRisk(Location Location, string Name, string? Level, SureWrite Write);

/// <summary>Finds transactions at strict isolation levels that write and that no code in view repeats.</summary>
internal sealed class UnretriedTransactions(ModelIndex models, BeginOptions options, SureWrites writes, Sessions sessions, RetryingContexts retrying)
{
    /// <summary>A transaction that a session begins.</summary>
    public ConflictRisk? Of(DbCall begin)
    {
        if (begin is not { Model: { } model, Invocation: { } call } || !model.Has(DbEffect.Begins) || Level(call) is not { } level || RetrySigns.Any(call, begin.Body) || Retries(begin))
            return null;
        foreach (SureWrite write in WritesBehind(call, begin.Body))
            return Fails(write) ? new ConflictRisk(begin.Location, begin.Name, level.Name, write) : null;
        return null;
    }

    private IEnumerable<SureWrite> WritesBehind(IInvocationOperation begin, BodyFacts body)
    {
        IOperation? function = body.FunctionAround(begin);
        return writes.In(body, operation => body.FunctionAround(operation) == function && body.CanFollow(begin, operation));
    }

    /// <summary>A transaction that a scope makes ambient.</summary>
    public ConflictRisk? Of(AmbientScope scope)
    {
        IObjectCreationOperation creation = scope.Creation;
        if (creation.Constructor is not { } constructor
            || models.Of(constructor) is not { } model
            || !model.Has(DbEffect.FailsOnConflict)
            || model.ParametersOf(ParameterRole.Transaction).Any(name => Operations.Argument(creation.Arguments, name) is not null)
            || options.MaySuspend(creation))
        {
            return null;
        }

        string? level = null;
        if (creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Type is { IsValueType: true, TypeKind: TypeKind.Struct } type && HoldsLevel(type)) is { } given)
        {
            IFieldSymbol? held = options.LevelIn(given.Value, scope.Body.Origins);
            if (!options.Has(held, DbEffect.FailsOnConflict))
                return null;
            level = held!.Name;
        }

        if (RetrySigns.Any(creation, scope.Body))
            return null;
        foreach (SureWrite write in writes.In(scope))
            return Fails(write) ? new ConflictRisk(scope.Location, constructor.ContainingType.Name, level, write) : null;
        return null;
    }

    /// <summary>The session runs what failed again by itself, or refuses to work in a transaction that its strategy does not run.</summary>
    private bool Retries(DbCall begin) => sessions.Of(begin)?.Type is INamedTypeSymbol type && retrying.Of(type) == RetryUse.On;

    private bool HoldsLevel(ITypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>().Any(property => options.Member(property.Type, DbEffect.FailsOnConflict) is not null);

    private IFieldSymbol? Level(IInvocationOperation begin) =>
        options.Argument(begin.Arguments, DbEffect.FailsOnConflict) is { } argument && BeginOptions.Constant(argument.Value) is { } level && options.Has(level, DbEffect.FailsOnConflict) ? level : null;

    /// <summary>SQLite has one writer at a time anyway, and for MySQL repeatable read is what every transaction is.</summary>
    private static bool Fails(SureWrite write) => write.Dialect is not (SqlDialect.Sqlite or SqlDialect.MySql);
}
