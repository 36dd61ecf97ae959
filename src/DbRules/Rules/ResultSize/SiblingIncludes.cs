using DbRules.Catalog;
using DbRules.Hints;

namespace DbRules.Rules.ResultSize;

/// <summary>One query joins two collections of the same row.</summary>
public sealed class SiblingIncludes() : DbRule(RuleCatalog.SiblingIncludes)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static call =>
    {
        if (call.Facts.ResultSize.SiblingIncludeOf(call.Call) is { } pair)
            call.ReportAt(pair.Second, SplitQueryHints.From(pair), pair.Names.First, pair.Names.Second);
    });
}
