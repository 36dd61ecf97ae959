using DbRules.Catalog;

namespace DbRules.Rules.RoundTrips;

/// <summary>A call per element of a member that no code in view implements, and that reads from a store or writes to it as its name says.</summary>
public sealed class ProbableCallPerElement() : DbRule(RuleCatalog.ProbableCallPerElement)
{
    protected override void Register(RuleContext rule) => rule.OnOwnCall(static (body, call) =>
    {
        if (!call.MayRepeat)
            return;
        // Few calls have such names: how often they run is asked last.
        bool reads = body.Facts.ProbablyReads(call);
        if (!(reads || body.Facts.ProbablyWrites(call)) || body.PerElement(call) is not { } iteration)
            return;
        if (reads || !body.Facts.HasReasonToWrite(call.Operation, body.Body, iteration))
            body.Report(call.Location, [LoopText.Header(iteration)], hint: null, call.Method!.ContainingType.Name, call.Name, reads ? "queries" : "writes to", LoopText.Phrase(iteration));
    });
}
