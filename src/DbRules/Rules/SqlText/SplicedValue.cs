using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Engine.SqlTexts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.SqlText;

/// <summary>A value becomes part of the text of a statement.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SplicedValue() : DbRule(RuleCatalog.SplicedValue)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Engine.SqlTexts.SplicedValue value in body.SplicedValues)
        {
            body.Report(
                value.Location,
                [],
                hint: null,
                CodeText.Short(value.Value.Syntax),
                value.Harm == SpliceHarm.DependsOnCulture ? "written as the culture of the machine has it" : "and can change the statement");
        }
    });
}
