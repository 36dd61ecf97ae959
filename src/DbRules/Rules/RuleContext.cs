using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.SqlTexts;
using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules;

/// <summary>What a rule may ask to look at.</summary>
public sealed class RuleContext
{
    private readonly ImmutableArray<RuleCheck>.Builder _checks;
    private readonly DiagnosticDescriptor _descriptor;

    internal RuleContext(ImmutableArray<RuleCheck>.Builder checks, DiagnosticDescriptor descriptor)
    {
        _checks = checks;
        _descriptor = descriptor;
    }

    /// <summary>
    /// Runs a check on every member body that does something to a store, runs other code under analysis, or holds what somebody must release; not in tests, migrations and
    /// seeding.
    /// </summary>
    public void OnBody(Action<BodyContext> check) => _checks.Add(new RuleCheck(_descriptor, check));

    /// <summary>As <see cref="OnBody"/>, in tests, migrations and seeding too: what is reported fails there as well.</summary>
    public void OnBodyOfAnyRole(Action<BodyContext> check) => _checks.Add(new RuleCheck(_descriptor, check) { IsOfAnyRole = true });

    /// <summary>Runs a check on every call that talks to a store.</summary>
    public void OnCall(Action<CallContext> check) => OnBody(body =>
    {
        foreach (DbCall call in body.Body.Calls)
            check(new CallContext(body, call));
    });

    /// <summary>Runs a check on every SQL text that code sends to a store and that is in view.</summary>
    public void OnSql(Action<SqlContext> check) => OnBody(body =>
    {
        ImmutableArray<SentSql> all = body.SentSql;
        // Choices between texts share words, and a word is reported once.
        HashSet<Location>? reported = all.Length > 1 ? [] : null;
        foreach (SentSql sql in all)
            check(new SqlContext(body, sql, reported));
    });

    /// <summary>As <see cref="OnSql"/>, for every statement of every text, those inside others too.</summary>
    public void OnStatement(Action<SqlContext, SqlStatement> check) => OnSql(sql =>
    {
        IReadOnlyList<SqlStatement> statements = sql.Statements;
        for (int i = 0; i < statements.Count; i++)
            check(sql, statements[i]);
    });

    /// <summary>Runs a check on every call to other code under analysis.</summary>
    public void OnOwnCall(Action<BodyContext, OwnCall> check) => OnBody(body =>
    {
        foreach (OwnCall call in body.Body.OwnCalls)
            check(body, call);
    });
}
