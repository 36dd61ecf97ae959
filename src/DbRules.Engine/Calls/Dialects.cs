using DbRules.Engine.Flow;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

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

    /// <summary>As the other, for a call: its command may say more than its connection, a static method stands in a class of its library, and a word that is no dialect's counts as none.</summary>
    public SqlDialect Of(DbCall call, string? otherwise)
    {
        Origins origins = call.Body.Origins;
        IOperation? receiver = call.Query is null && call.Invocation is { } invocation ? Operations.Receiver(invocation) : null;
        return Of(receiver, origins, OfValue(call.Session, origins) ?? context.DialectOf(call.Invocation?.TargetMethod.ContainingType) ?? otherwise);
    }

    private static SqlDialect Parse(string? word) => SqlDialects.TryParse(word, out SqlDialect dialect) ? dialect : SqlDialect.Unknown;

    /// <summary>The word that the type of a value stands for, or of the object whose property it is, as <c>db.Database</c>.</summary>
    private string? OfValue(IOperation? value, Origins origins)
    {
        if (value is null)
            return null;
        IOperation held = Operations.Unwrap(value);
        IOperation made = origins.Resolve(value);
        return context.DialectOf(held.Type) ?? context.DialectOf(made.Type) ?? (made is IPropertyReferenceOperation { Instance.Type: { } owner } ? context.DialectOf(owner) : null);
    }
}
