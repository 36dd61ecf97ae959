using Microsoft.CodeAnalysis;

namespace DbRules.Rules;

/// <summary>What a rule asks about a member body.</summary>
/// <param name="Descriptor">What it reports.</param>
/// <param name="Ask">Asks, and reports.</param>
internal sealed record RuleCheck(DiagnosticDescriptor Descriptor, Action<BodyContext> Ask)
{
    /// <summary>Whether it speaks of tests, migrations and seeding as well.</summary>
    public bool IsOfAnyRole { get; init; }

    /// <summary>Whether nothing of it would be shown in a file. The compiler drops what a rule reports there in any case; this saves the work.</summary>
    public bool IsOff(CompilationOptions options, SyntaxTree tree, CancellationToken cancellation)
    {
        if (options.SpecificDiagnosticOptions.TryGetValue(Descriptor.Id, out ReportDiagnostic stated))
            return stated == ReportDiagnostic.Suppress;
        return options.SyntaxTreeOptionsProvider is { } trees
            && (trees.TryGetDiagnosticValue(tree, Descriptor.Id, cancellation, out stated) || trees.TryGetGlobalDiagnosticValue(Descriptor.Id, cancellation, out stated))
                ? stated == ReportDiagnostic.Suppress
                : !Descriptor.IsEnabledByDefault;
    }
}
