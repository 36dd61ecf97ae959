using DbRules.Catalog;
using DbRules.Engine.Lifetimes;
using DbRules.Hints;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules.Lifetimes;

/// <summary>A connection that a context owns is disposed by other code.</summary>
public sealed class LentConnectionDisposed() : DbRule(RuleCatalog.LentConnectionDisposed)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (LentRelease release in body.Facts.Lifetimes.LentReleasesOf(body.Body))
        {
            // The end of the object may be the end of the context too.
            DiagnosticSeverity severity = release.IsKept ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning;
            body.Report(release.Connection.Location, [release.Site.Syntax.GetLocation()], LentConnectionHint.Of(release), severity, release.Owner);
        }
    });
}
