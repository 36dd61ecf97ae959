using System.Collections.Immutable;
using DbRules.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Baseline;

/// <summary>
/// Silences the findings that a <c>DbRules.baseline.txt</c> among the additional files lists. They stay in error logs as suppressed, so that the baseline
/// can be written anew while it is in force.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BaselineSuppressor : DiagnosticSuppressor
{
    /// <summary>The key that the package sets to <c>true</c> in a global analyzer config for builds that only collect findings.</summary>
    public const string CollectKey = "dbrules.collect";

    private static readonly Lazy<ImmutableDictionary<string, (SuppressionDescriptor? Known, SuppressionDescriptor Collected)>> Descriptors = new(Create);

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
        [.. Descriptors.Value.Values.Select(static pair => pair.Known).OfType<SuppressionDescriptor>(), .. Descriptors.Value.Values.Select(static pair => pair.Collected)];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        ImmutableArray<KnownFindings> baselines = KnownFindings.Of(context.Options.AdditionalFiles, context.CancellationToken);
        bool collects = context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(CollectKey, out string? value) && value.Trim() == "true";
        if (baselines.IsEmpty && !collects)
            return;

        var places = new Dictionary<(string Id, SyntaxTree? Tree, int Start), bool>();
        // By place, so that of equal findings the same ones are known in every build.
        foreach (Diagnostic finding in context.ReportedDiagnostics.OrderBy(static finding => finding.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static finding => finding.Location.SourceSpan))
        {
            (SuppressionDescriptor? known, SuppressionDescriptor collected) = Descriptors.Value[finding.Id];
            (string, SyntaxTree?, int) place = (finding.Id, finding.Location.SourceTree, finding.Location.SourceSpan.Start);
            if (!places.TryGetValue(place, out bool isKnown))
                places[place] = isKnown = known is not null && baselines.Any(baseline => baseline.Take(finding));
            if (isKnown)
                context.ReportSuppression(Suppression.Create(known!, finding));
            else if (collects)
                context.ReportSuppression(Suppression.Create(collected, finding));
        }
    }

    /// <summary>Findings about the configuration of the rules are mended, not listed.</summary>
    private static ImmutableDictionary<string, (SuppressionDescriptor? Known, SuppressionDescriptor Collected)> Create() => RuleCatalog.All.ToImmutableDictionary(
        static rule => rule.Id,
        static rule => (
            rule.Category == Category.Configuration ? null : new SuppressionDescriptor(SuppressionIds.Known, rule.Id, "Listed in " + BaselineText.FileName),
            new SuppressionDescriptor(SuppressionIds.Collected, rule.Id, "Collected by the dbrules tool")));
}
