using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>Says in which dialect the SQL of a call is written.</summary>
internal sealed class Dialects(ModelIndex models)
{
    /// <summary>The dialect behind a connection or command, by its type where the code makes it or holds it, else the only one that the project references.</summary>
    public SqlDialect Of(IOperation? connection, Origins origins)
    {
        string? word = OfType(connection is null ? null : Operations.Unwrap(connection).Type) ?? OfType(connection is null ? null : origins.Resolve(connection).Type) ?? models.OnlyDialect;
        return SqlDialects.TryParse(word, out SqlDialect dialect) ? dialect : SqlDialect.Unknown;
    }

    /// <summary>As the other, for a call: its command may say more than its connection.</summary>
    public SqlDialect Of(DbCall call)
    {
        Origins origins = call.Body.Origins;
        IOperation? receiver = call.Query is null && call.Invocation is { } invocation ? Operations.Receiver(invocation) : null;
        return receiver is not null && (OfType(Operations.Unwrap(receiver).Type) ?? OfType(origins.Resolve(receiver).Type)) is { } word && SqlDialects.TryParse(word, out SqlDialect dialect)
            ? dialect
            : Of(call.Session, origins);
    }

    private string? OfType(ITypeSymbol? type) => type is null ? null : models.Of(type)?.Dialect;
}
