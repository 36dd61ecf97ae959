using DbRules.Catalog;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules.Transactions;

/// <summary>Calls write what belongs together, each with a commit of its own.</summary>
public sealed class SplitCalls() : DbRule(RuleCatalog.SplitCalls)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (UncoveredWrites split in body.Facts.Transactions.SplitCallsOf(body.Body))
        {
            body.Report(split.Second.Location, [split.First.Location, .. Way(split.First), .. Way(split.Second)], hint: null, split.Second.Name, SplitText.Earlier(split), Words(split));
        }
    });

    private static IEnumerable<Location> Way(Commit commit) => commit.Trip?.Locations.Skip(1) ?? [];

    private static string Words(UncoveredWrites split) =>
        string.Join(", ", new[] { split.First, split.Second }.Select(static commit => commit.Trip?.ToString()).OfType<string>());
}
