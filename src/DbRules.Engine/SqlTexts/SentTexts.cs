using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds the SQL texts of a body. Remembered per body.</summary>
internal sealed class SentTexts(CompilationContext context)
{
    private readonly Remembered<BodyFacts, Found> _known = new();
    private readonly SqlReceivers _receivers = new(context);

    /// <summary>The SQL texts that are in view, in source order: each expression once, whoever takes it, and each branch of a choice between texts.</summary>
    public ImmutableArray<SentSql> Of(BodyFacts body) => IsWithout(body) ? [] : FoundIn(body).All.Value;

    /// <summary>
    /// As <see cref="Of"/>, with what is there only on some ways taken in: texts that the body may send, but need not. Constants are left out.
    /// </summary>
    public ImmutableArray<SentSql> FullOf(BodyFacts body) => IsWithout(body) ? [] : FoundIn(body).Full.Value;

    private Found FoundIn(BodyFacts body) => _known.Of(body, this, static (facts, texts) => texts.Read(facts));

    private static bool IsWithout(BodyFacts body) => body.Calls.IsEmpty && body.SqlSites.IsEmpty;

    private Found Read(BodyFacts body)
    {
        List<Sending>? sendings = null;
        HashSet<SyntaxNode>? seen = null;
        foreach (DbCall call in body.Calls)
        {
            if (ExpressionOf(call) is { } expression && (seen ??= []).Add(expression.Syntax))
                (sendings ??= []).Add(new Sending(expression, call, null));
        }

        foreach (SqlSite site in body.SqlSites)
        {
            if ((seen ??= []).Add(site.Text.Syntax) && (site.Declared is null || _receivers.TakesSql(site.Declared, site.Site, site.Text, body)))
                (sendings ??= []).Add(new Sending(site.Text, null, site.Site));
        }

        if (sendings is null)
            return Found.Nothing;
        Sending[] all = [.. sendings.OrderBy(static sending => sending.Expression.Syntax.SpanStart)];
        return new Found(
            new(() => [.. all.Where(sending => !IsContinued(sending, body)).SelectMany(sending => TextsOf(sending, body, isFull: false))]),
            new(() => [.. all.Where(static sending => !sending.Expression.ConstantValue.HasValue).SelectMany(sending => TextsOf(sending, body, isFull: true))]));
    }

    private static IEnumerable<SentSql> TextsOf(Sending sending, BodyFacts body, bool isFull) =>
        body.TextsOf(sending.Expression, isFull).Select(text => new SentSql(body, sending.Expression, text, sending.Call, sending.Site));

    /// <summary>The SQL of a call, or of the root of the query that it runs; null when it takes none.</summary>
    private IOperation? ExpressionOf(DbCall call)
    {
        if (call.Query is not { } query)
            return call.Body.TextOf(call);
        return query is { Kind: QueryRootKind.Store, Origin: IInvocationOperation root } && context.Models.Of(root.TargetMethod)?.Parameters.TryGetValue(ParameterRole.Sql, out string? sql) == true
            ? Operations.Argument(root, sql)
            : null;
    }

    /// <summary>Whether the text that a command is given is only a part: other code of the body puts more behind it.</summary>
    private static bool IsContinued(Sending sending, BodyFacts body)
    {
        if (sending.Site is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property, Instance: { } holder } })
            return false;
        ISymbol? command = Operations.Referenced(holder);
        return body.Origins.Of(property).Any(assignment => assignment.Site is IAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } other } }
            && SymbolEqualityComparer.Default.Equals(Operations.Referenced(other), command)
            && (assignment.Value is not { } value || Operations.Any(value, operation => operation is IPropertyReferenceOperation { Property: var read } && SymbolEqualityComparer.Default.Equals(read, property))));
    }

    /// <summary>An expression that is sent as SQL.</summary>
    private sealed record Sending(IOperation Expression, DbCall? Call, IOperation? Site);

    private sealed class Found(Lazy<ImmutableArray<SentSql>> all, Lazy<ImmutableArray<SentSql>> full)
    {
        public static readonly Found Nothing = new(new(() => []), new(() => []));

        public Lazy<ImmutableArray<SentSql>> All { get; } = all;

        public Lazy<ImmutableArray<SentSql>> Full { get; } = full;
    }
}
