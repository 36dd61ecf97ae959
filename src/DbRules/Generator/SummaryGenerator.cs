using System.Collections.Immutable;
using DbRules.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Generator;

/// <summary>
/// Writes what the members of a library do to a store into its assembly, as attributes, so that a build of another project that sees only the
/// assembly knows it too. An edit that changes no summary changes no output. In an IDE the package leaves it off: there the source answers.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SummaryGenerator : IIncrementalGenerator
{
    /// <summary>The key that the package sets to <c>true</c> in a global analyzer config for the builds that want the file.</summary>
    public const string OptionKey = "dbrules.export_summaries";

    /// <summary>The name of the step whose result is the text of the file.</summary>
    public const string StepName = "DbRulesSummaries";

    private const string ModelExtension = ".dbmodel";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<bool> isOn = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => IsOn(options));
        IncrementalValueProvider<ImmutableArray<AdditionalText>> models = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(ModelExtension, StringComparison.OrdinalIgnoreCase))
            .Collect();
        IncrementalValueProvider<string?> text = context.CompilationProvider.Combine(models).Combine(isOn)
            .Select(static (input, cancellation) => input.Right ? Write(input.Left.Left, input.Left.Right, cancellation) : null)
            .WithTrackingName(StepName);
        context.RegisterSourceOutput(text, static (output, text) =>
        {
            if (text is not null)
                output.AddSource("DbRules.Summaries.g.cs", text);
        });
    }

    private static bool IsOn(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(OptionKey, out string? value) && string.Equals(value.Trim(), "true", StringComparison.OrdinalIgnoreCase);

    private static string? Write(Compilation compilation, ImmutableArray<AdditionalText> models, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, string> summaries = DbFacts.Export(compilation, models, cancellation);
        return summaries.Count == 0 ? null : SummarySource.Write(compilation, summaries);
    }
}
