using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>
/// All rules that suggest by default. Apart from those that warn, since a build on the command line does not run an analyzer that has only suggestions.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SuggestionRules() : HostedRules(DiagnosticSeverity.Info);
