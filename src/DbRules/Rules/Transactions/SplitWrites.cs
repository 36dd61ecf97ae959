using DbRules.Catalog;
using DbRules.Engine.Transactions;
using DbRules.Hints;
using DbRules.Options;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules.Transactions;

/// <summary>Writes that belong together become durable one by one.</summary>
public sealed class SplitWrites() : DbRule(RuleCatalog.SplitWrites)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        HashSet<IOperation>? reported = null;
        foreach (UncoveredWrites split in body.Facts.Transactions.SplitWritesOf(body.Body))
        {
            body.Report(split.Second.Location, [split.First.Location], RegionOf(split, body), split.Second.Name, SplitText.Earlier(split));
            (reported ??= []).UnionWith(split.All.Select(static write => write.Operation));
        }

        if (body.Body.Calls.IsEmpty)
            return;
        foreach (UncoveredStatements split in body.Facts.Transactions.SplitTextsOf(body.Body, body.Option(RuleOptions.SqlDialect)))
        {
            // The transaction around several calls goes around each of them.
            if (reported?.Contains(split.Write.Operation) != true)
                body.Report(split.SecondLocation, [split.FirstLocation], RegionOf(split.Writes, body), SplitText.Name(split.Second), $"'{SplitText.Name(split.First)}' of the same text");
        }
    });

    private static WriteRegionHint? RegionOf(UncoveredWrites writes, BodyContext body) => WriteRegionHint.Of(body.Facts.Transactions.RegionOf(writes, body.Body));
}
