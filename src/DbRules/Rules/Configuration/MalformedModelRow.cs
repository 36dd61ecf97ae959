using DbRules.Catalog;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.Configuration;

/// <summary>Reports rows of the user's <c>.dbmodel</c> files that are not understood.</summary>
public sealed class MalformedModelRow() : ConfigurationRule(RuleCatalog.MalformedModelRow)
{
    protected internal override void Register(AnalysisContext context) => context.RegisterCompilationAction(static compilation =>
    {
        ModelSet models = ModelSet.Create(compilation.Options.AdditionalFiles, compilation.CancellationToken);
        if (models == ModelSet.BuiltIn)
            return;
        // A row that cannot be read, and a row that names what the project does not have.
        foreach (ModelProblem problem in models.Problems.Concat(models.Check(compilation.Compilation, compilation.CancellationToken)))
        {
            Location location = problem.ToLocation();
            compilation.ReportDiagnostic(Diagnostic.Create(RuleCatalog.MalformedModelRow, location, problem.Message));
        }
    });
}
