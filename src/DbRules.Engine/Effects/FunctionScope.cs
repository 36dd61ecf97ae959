using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>One function in the body that it is part of.</summary>
internal sealed class FunctionScope(FunctionNode node, BodyFacts body)
{
    /// <summary>As the option <c>dbrules.small_sequence</c> says by default: a summary is the same for all files.</summary>
    public const int SmallSequence = 4;

    private Iteration[]? _calls;

    /// <summary>The function as an iteration: a call of it is a pass.</summary>
    private Iteration[] Calls => _calls ??= [.. (Operation is null ? body.Roots : [Operation]).Select(part => new Iteration(part, part, null, [.. Function.Parameters], Exemption.None, null))];

    public IMethodSymbol Function { get; } = node.Symbol;

    /// <summary>The lambda or local function; null for the member itself.</summary>
    public IOperation? Operation { get; } = node.Function;

    /// <summary>What is known of the arguments.</summary>
    public FlaggedCode Flags { get; } = new(node.Given, node.Symbol, body.Origins);

    /// <summary>Whether an operation stands in the function and may run.</summary>
    public bool Contains(IOperation operation) => (Operation is null || Operations.IsInside(operation, Operation)) && !Flags.IsOff(operation);

    /// <summary>How a call that stands in the body counts for a call of the function.</summary>
    public Weight WeightOf(OwnCall call) => call.Body.FunctionAround(call.Operation) == Operation ? WeightOf(call.Operation, call.RepetitionBeyond(SmallSequence)) : Weight.Unknown;

    /// <summary>The ordinal of the function's parameter whose elements repeat a call; null when none does.</summary>
    public int? SourceOf(OwnCall call) => Callees.ParameterOf(call.RepetitionBeyond(SmallSequence).PerElement?.Source, Function);

    /// <summary>
    /// Loops that have a reason of their own to ask per element: callers have no say in it. A worker runs on by itself: who starts it does not wait for its rounds.
    /// </summary>
    private static bool IsElsewhere(Exemption exemption) =>
        exemption is Exemption.ErrorHandling or Exemption.Polling or Exemption.FreshSession or Exemption.PerInstallation or Exemption.Note or Exemption.ReadBack or Exemption.SetBased;

    public Weight WeightOf(IOperation operation, Repetition repetition)
    {
        if (body.Role != CodeRole.Production || IsElsewhere(repetition.Exemption) || Operations.IsInCatch(operation) || (TypeTests.Has(Function) && TypeTests.Guard(operation)))
            return Weight.Unknown;
        // A call of the function is a pass: what outlives it may remember.
        if (repetition.Exemption == Exemption.CachedLookup || Calls.Any(call => Operations.IsInside(operation, call.Body) && body.RunsOnMissOnly(operation, call)))
            return Weight.OnMiss;
        return repetition.PerElement is null ? Weight.Once : Weight.PerElement;
    }
}
