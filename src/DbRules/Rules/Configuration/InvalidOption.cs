using DbRules.Catalog;
using DbRules.Options;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.Configuration;

/// <summary>Reports <c>dbrules.*</c> options whose value cannot be taken: once for each key and value.</summary>
public sealed class InvalidOption() : ConfigurationRule(RuleCatalog.InvalidOption)
{
    protected internal override void Register(AnalysisContext context) => context.RegisterCompilationAction(static compilation =>
    {
        var reported = new HashSet<(string Key, string Value)>();
        // The compiler does not say which .editorconfig holds a value; the first source file that it applies to shows the way.
        foreach (SyntaxTree tree in compilation.Compilation.SyntaxTrees)
        {
            AnalyzerConfigOptions options = compilation.Options.AnalyzerConfigOptionsProvider.GetOptions(tree);
            foreach (RuleOption option in RuleOptions.All)
            {
                if (options.TryGetValue(option.Key, out string? text) && !option.Accepts(text) && reported.Add((option.Key, text)))
                {
                    compilation.ReportDiagnostic(Diagnostic.Create(
                        RuleCatalog.InvalidOption, Location.None, option.Key, text, FileName(tree.FilePath), "it takes " + option.Allowed, option.DefaultText));
                }
            }
        }
    });

    private static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}
