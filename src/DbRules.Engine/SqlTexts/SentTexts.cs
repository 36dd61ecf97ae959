using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds the SQL texts of a body. Remembered per body.</summary>
internal sealed class SentTexts(CompilationContext context)
{
    private readonly ConditionalWeakTable<BodyFacts, Found> _known = new();

    /// <summary>The SQL texts that are in view, in source order: each expression once, whoever takes it.</summary>
    public ImmutableArray<SentSql> Of(BodyFacts body) => body.Calls.IsEmpty ? [] : _known.GetValue(body, facts => new Found(Read(facts))).All;

    private ImmutableArray<SentSql> Read(BodyFacts body)
    {
        ImmutableArray<SentSql>.Builder? found = null;
        HashSet<SyntaxNode>? seen = null;
        foreach (DbCall call in body.Calls)
        {
            if (ExpressionOf(call) is not { } expression || !(seen ??= []).Add(expression.Syntax) || TextOf(call, expression) is not { IsUnknown: false } text)
                continue;
            (found ??= ImmutableArray.CreateBuilder<SentSql>()).Add(new SentSql(body, expression, text, call));
        }

        return found?.ToImmutable() ?? [];
    }

    /// <summary>The SQL of a call, or of the root of the query that it runs; null when it takes none.</summary>
    private IOperation? ExpressionOf(DbCall call)
    {
        if (call.Query is not { } query)
            return call.Body.TextOf(call);
        return query is { Kind: QueryRootKind.Store, Origin: IInvocationOperation root } && context.Models.Of(root.TargetMethod)?.Parameters.TryGetValue(ParameterRole.Sql, out string? sql) == true
            ? Operations.Argument(root, sql)
            : null;
    }

    private static CommandText TextOf(DbCall call, IOperation expression) => call.Query is null ? call.Command : call.Body.TextOf(expression);

    private sealed class Found(ImmutableArray<SentSql> all)
    {
        public ImmutableArray<SentSql> All { get; } = all;
    }
}
