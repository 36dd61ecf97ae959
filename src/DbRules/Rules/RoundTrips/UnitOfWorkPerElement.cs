using DbRules.Catalog;

namespace DbRules.Rules.RoundTrips;

/// <summary>A call that a loop runs once per element, and that reaches a query and commits a write.</summary>
public sealed class UnitOfWorkPerElement() : DbRule(RuleCatalog.UnitOfWorkPerElement)
{
    protected override void Register(RuleContext rule) => RepeatedReads.On(rule, RepeatedRead.UnitOfWork);
}
