using DbRules.Catalog;
using DbRules.Engine.Lifetimes;
using DbRules.Hints;

namespace DbRules.Rules.Lifetimes;

/// <summary>Something that is released while a query, a reader or a task which needs it leaves.</summary>
public sealed class DeferredEscape() : DbRule(RuleCatalog.DeferredEscape)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Engine.Lifetimes.DeferredEscape escape in body.DeferredEscapes)
        {
            DeferredExpression first = escape.Leaving[0];
            body.Report(escape.Location, escape.Leaving.Select(static one => one.Value.Syntax.GetLocation()), EscapeHint.Of(escape), first.Name, How(first), escape.Resource, escape.Releaser);
        }
    });

    private static string How(DeferredExpression leaving) => leaving.Kind switch
    {
        NeedKind.Task => "may still run",
        NeedKind.Query => "runs its query",
        NeedKind.Rows => "reads its rows",
        _ => "is read",
    };
}
