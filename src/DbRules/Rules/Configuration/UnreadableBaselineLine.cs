using DbRules.Baseline;
using DbRules.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Rules.Configuration;

/// <summary>Reports lines of a <c>DbRules.baseline.txt</c> that list no finding and are no comment.</summary>
public sealed class UnreadableBaselineLine() : ConfigurationRule(RuleCatalog.UnreadableBaselineLine)
{
    protected internal override void Register(AnalysisContext context) => context.RegisterAdditionalFileAction(static file =>
    {
        if (!BaselineText.IsBaseline(file.AdditionalFile.Path) || file.AdditionalFile.GetText(file.CancellationToken) is not { } text)
            return;
        foreach (TextLine line in text.Lines)
        {
            string content = line.ToString();
            if (!BaselineText.IsComment(content) && FindingKey.Parse(content) is null)
                file.ReportDiagnostic(Diagnostic.Create(RuleCatalog.UnreadableBaselineLine, Location.Create(file.AdditionalFile.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span)), content));
        }
    });
}
