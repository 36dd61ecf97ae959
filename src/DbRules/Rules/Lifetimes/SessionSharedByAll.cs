using DbRules.Catalog;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules.Lifetimes;

/// <summary>A connection or context that all callers share.</summary>
public sealed class SessionSharedByAll() : DbRule(RuleCatalog.SessionSharedByAll)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (SharedSession shared in body.Facts.Lifetimes.SharedBy(body.Body))
        {
            // A singleton is often set up apart from the code that uses it, and may be used by one worker alone.
            DiagnosticSeverity severity = shared.IsStatic ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
            body.Report(shared.Location, [], hint: null, severity, Where(shared), shared.Kind == ResourceKind.Context ? "context" : "connection");
        }
    });

    private static string Where(SharedSession shared) => shared switch
    {
        { IsStatic: true } => $"'{shared.Name}' is static",
        { Captured: { } parameter } => $"Singleton '{shared.Name}' keeps '{parameter.Name}'",
        _ => $"'{shared.Name}' is a singleton",
    };
}
