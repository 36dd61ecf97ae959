using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;

namespace DbRules.Rules.ResultSize;

/// <summary>An asynchronous round trip that could be given the token of its method and is not.</summary>
public sealed class TokenNotPassed() : DbRule(RuleCatalog.TokenNotPassed)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        foreach (DbCall call in context.Body.Calls)
        {
            if (context.Facts.MissingTokenOf(call) is { } token)
                context.Report(call.Location, [], AsyncCallHint.Of(call, token), call.Name, token.Token);
        }
    });
}
