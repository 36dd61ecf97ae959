using DbRules.Catalog;

namespace DbRules.Rules.RoundTrips;

/// <summary>A call per element of a member that no code in view implements, and that reads from a store or writes to it as its name says.</summary>
public sealed class ProbableCallPerElement() : DbRule(RuleCatalog.ProbableCallPerElement)
{
    protected override void Register(RuleContext rule) => rule.OnOwnCall(static (body, call) =>
    {
        // Few calls have such names.
        bool reads = call.MayRepeat && body.Facts.ProbablyReads(call);
        if (!reads && !(call.MayRepeat && body.Facts.ProbablyWrites(call)) || body.PerElement(call) is not { } iteration)
            return;
        string? does = reads ? "queries" : !body.Facts.HasReasonToWrite(call.Operation, body.Body, iteration) ? "writes to" : null;
        if (does is not null)
            body.Report(call.Location, [LoopText.Header(iteration)], hint: null, call.Method!.ContainingType.Name, call.Name, does, LoopText.Phrase(iteration));
    });
}
