using DbRules.Engine.Flow;
using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>Says in which dialect the SQL of a call is written.</summary>
internal sealed class Dialects(CompilationContext context)
{
    /// <summary>The dialect behind a connection, by its type where the code makes it or holds it, else the only one that the project references.</summary>
    public SqlDialect Of(IOperation? connection, Origins origins) => Parse(OfValue(connection, origins) ?? context.Models.OnlyDialect);

    /// <summary>As the other, with a word of the dialect that is used where types do not tell it.</summary>
    public SqlDialect Of(IOperation? holder, Origins origins, string? otherwise)
    {
        SqlDialect dialect = Parse(OfValue(holder, origins) ?? otherwise);
        return dialect == SqlDialect.Unknown ? Parse(context.Models.OnlyDialect) : dialect;
    }

    /// <summary>As the other, for a call: its command may say more than its connection, and a word that is no dialect's counts as none.</summary>
    public SqlDialect Of(DbCall call, string? otherwise)
    {
        Origins origins = call.Body.Origins;
        IOperation? receiver = call.Query is null && call.Invocation is { } invocation ? Operations.Receiver(invocation) : null;
        return Of(receiver, origins, OfValue(call.Session, origins) ?? otherwise);
    }

    private static SqlDialect Parse(string? word) => SqlDialects.TryParse(word, out SqlDialect dialect) ? dialect : SqlDialect.Unknown;

    private string? OfValue(IOperation? value, Origins origins) => value is null ? null : context.DialectOf(Operations.Unwrap(value).Type) ?? context.DialectOf(origins.Resolve(value).Type);
}
