using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;

namespace DbRules.Engine.Transactions;

/// <summary>Finds transactions that a loop opens for each element, though the elements have no reason to be durable one by one.</summary>
internal sealed class RepeatedBegins(WriteReasons reasons)
{
    /// <summary>The iteration that opens the transaction for each element; null when none does, or when it may have a reason.</summary>
    public Iteration? Of(OpenTransaction transaction, BodyFacts body, int smallSequence)
    {
        DbCall? begin = body.Calls.FirstOrDefault(call => call.Operation == transaction.Begin);
        return begin?.RepetitionBeyond(smallSequence).PerElement is { IsStatement: true } iteration
            && !transaction.Escapes
            && !reasons.KeepsElementsApart(transaction.Begin, body, iteration)
            ? iteration
            : null;
    }
}
