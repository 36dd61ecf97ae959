using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds the SQL texts of a body. Remembered per body.</summary>
internal sealed class SentTexts(CompilationContext context, MemberBodies bodies)
{
    private readonly SmallTable<BodyFacts, Found> _known = new();
    private readonly SqlReceivers _receivers = new(context, bodies);

    /// <summary>The SQL texts that are in view, in source order: each expression once, whoever takes it, and each branch of a choice between texts.</summary>
    public ImmutableArray<SentSql> Of(BodyFacts body) => body.MaySendSql ? FoundIn(body).All : [];

    /// <summary>
    /// As <see cref="Of"/>, with what is there only on some ways taken in: texts that the body may send, but need not. Constants are left out.
    /// </summary>
    public ImmutableArray<SentSql> FullOf(BodyFacts body) => body.MaySendSql ? FoundIn(body).Full : [];

    private Found FoundIn(BodyFacts body) => _known.GetOrAdd(body, this, static (facts, texts) => texts.Read(facts));

    private Found Read(BodyFacts body)
    {
        List<Sending>? sendings = null;
        foreach (DbCall call in body.Calls)
        {
            if (ExpressionOf(call) is { } expression && IsNew(expression, sendings))
                (sendings ??= []).Add(new Sending(expression, call, null));
        }

        foreach (SqlSite site in body.SqlSites)
        {
            if (IsNew(site.Text, sendings) && (site.Declared is null || _receivers.TakesSql(site.Declared, site.Site, site.Text, body)))
                (sendings ??= []).Add(new Sending(site.Text, null, site.Site));
        }

        if (sendings is null)
            return Found.Nothing;
        return new Found(body, sendings.Count == 1 ? sendings : [.. sendings.OrderBy(static sending => sending.Expression.Syntax.SpanStart)]);
    }

    private static bool IsNew(IOperation text, List<Sending>? sendings)
    {
        if (sendings is null)
            return true;
        foreach (Sending sending in sendings)
        {
            if (sending.Expression.Syntax == text.Syntax)
                return false;
        }

        return true;
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

    /// <summary>What is sent, and its texts: those that are asked for are read, and once.</summary>
    private sealed class Found(BodyFacts body, List<Sending> sendings)
    {
        public static readonly Found Nothing = new(BodyFacts.Empty, []);

        private ImmutableArray<SentSql> _all;
        private ImmutableArray<SentSql> _full;

        public ImmutableArray<SentSql> All => Texts(ref _all, isFull: false);

        public ImmutableArray<SentSql> Full => Texts(ref _full, isFull: true);

        private ImmutableArray<SentSql> Texts(ref ImmutableArray<SentSql> known, bool isFull)
        {
            if (known.IsDefault)
                ImmutableInterlocked.InterlockedInitialize(ref known, Read(isFull));
            return known;
        }

        private ImmutableArray<SentSql> Read(bool isFull)
        {
            ImmutableArray<SentSql>.Builder? texts = null;
            foreach (Sending sending in sendings)
            {
                if (isFull ? sending.Expression.ConstantValue.HasValue : IsContinued(sending, body))
                    continue;
                foreach (CommandText text in body.TextsOf(sending.Expression, isFull))
                    (texts ??= ImmutableArray.CreateBuilder<SentSql>(sendings.Count)).Add(new SentSql(body, sending.Expression, text, sending.Call, sending.Site));
            }

            return texts?.ToImmutable() ?? [];
        }
    }
}
