using System.Collections.Immutable;
using DbRules.Engine;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Hints;
using DbRules.Options;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>One call, with what a rule may ask about it and the way to report it.</summary>
public readonly struct CallContext
{
    private readonly OperationBlockAnalysisContext _block;
    private readonly DiagnosticDescriptor _descriptor;

    internal CallContext(OperationBlockAnalysisContext block, DbFacts facts, DbCall call, DiagnosticDescriptor descriptor)
    {
        _block = block;
        Facts = facts;
        Call = call;
        _descriptor = descriptor;
    }

    public DbFacts Facts { get; }

    public DbCall Call { get; }

    /// <summary>
    /// The iteration that repeats this call for each element of a sequence longer than <see cref="RuleOptions.SmallSequence"/>; null when none does
    /// or when the code is a test, a migration or seeding.
    /// </summary>
    public Iteration? PerElement =>
        Call.RepetitionBeyond(Option(RuleOptions.SmallSequence)).PerElement is { } iteration && Call.Body.Role == CodeRole.Production ? iteration : null;

    /// <summary>As <see cref="PerElement"/>, for a call that surely reads from a store; null for any other call.</summary>
    public Iteration? ReadPerElement => PerElement is { } iteration && Call.IsRoundTrip && Call.Reads ? iteration : null;

    /// <summary>The value of an option in the file of the call.</summary>
    public T Option<T>(RuleOption<T> option)
        where T : notnull => option.In(_block.Options.AnalyzerConfigOptionsProvider.GetOptions(Call.Operation.Syntax.SyntaxTree));

    /// <summary>Reports the call, with the iteration as evidence.</summary>
    public void Report(Iteration iteration, Hint? hint)
    {
        Location loop = LoopText.Header(iteration);
        ImmutableDictionary<string, string?> properties = hint?.ToProperties() ?? ImmutableDictionary<string, string?>.Empty;
        _block.ReportDiagnostic(Diagnostic.Create(_descriptor, Call.Location, [loop], properties, Call.Name, LoopText.Phrase(iteration)));
    }
}
