using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;

namespace DbRules.Rules.RoundTrips;

/// <summary>A join that a query needs only for a key that the row itself holds as its foreign key.</summary>
public sealed class JoinForKey() : DbRule(RuleCatalog.JoinForKey)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        foreach (DbCall call in context.Body.Calls)
        {
            foreach (KeyJoin join in context.Facts.KeyJoinsOf(call))
                context.Report(join.Read.Syntax.GetLocation(), [call.Location], KeyJoinHint.Of(join), CodeText.Short(join.Read.Syntax), join.Navigation.Type.Name, join.ForeignKey.Name);
        }
    });
}
