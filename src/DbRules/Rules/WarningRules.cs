using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>All rules that warn by default.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WarningRules() : HostedRules(DiagnosticSeverity.Warning);
