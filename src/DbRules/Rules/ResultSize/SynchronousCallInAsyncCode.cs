using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;

namespace DbRules.Rules.ResultSize;

/// <summary>A round trip that blocks the thread of a method that could await it.</summary>
public sealed class SynchronousCallInAsyncCode() : DbRule(RuleCatalog.SynchronousCallInAsyncCode)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        foreach (DbCall call in context.Body.Calls)
        {
            if (context.Facts.AsyncTwinOf(call) is { } twin)
                context.Report(call.Location, [], AsyncCallHint.Of(call, twin), call.Name, twin.IsEnumeration ? "enumerate it with 'await foreach'" : $"await '{twin.Name}'");
        }
    });
}
