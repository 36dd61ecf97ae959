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
                context.Report(call.Location, [], HintOf(call, twin), call.Name, AdviceOf(twin));
        }
    });

    /// <summary>A list of rows without a limit is a finding of its own, so that no fix makes one.</summary>
    private static AsyncCallHint? HintOf(DbCall call, AsyncTwin twin) => twin is { IsList: true, HasLimit: false } ? null : AsyncCallHint.Of(call, twin);

    private static string AdviceOf(AsyncTwin twin) => twin switch
    {
        { IsList: true } => $"await '{twin.Name}', since the loop sends commands of its own",
        { IsEnumeration: true } => "enumerate it with 'await foreach'",
        _ => $"await '{twin.Name}'",
    };
}
