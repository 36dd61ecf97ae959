using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// Tells a query that reads back what the same pass has just written: its key was made in the pass, or it counts what the pass saved. No query
/// before the loop could answer it.
/// </summary>
internal sealed class ReadBacks(BodyFacts body)
{
    private static readonly string[] CreatingVerbs = ["Create", "Add", "Insert", "Save", "Register", "Store", "Import", "Clone", "Copy", "Upsert", "Persist"];

    public bool IsReadBack(DbCall call, Iteration iteration) => ReadsWhatWasSaved(call, iteration) || KeyIsMadeInPass(call, iteration);

    /// <summary>Rows of the same entity were staged and saved, or written at once, earlier in the pass.</summary>
    private bool ReadsWhatWasSaved(DbCall call, Iteration iteration)
    {
        if (call.Query?.Entity is not { } entity)
            return false;
        bool staged = false;
        foreach (DbCall earlier in body.Calls)
        {
            if (earlier.Operation.Syntax.SpanStart >= call.Operation.Syntax.SpanStart)
                break;
            if (earlier == call || !iteration.Repeats(earlier.Operation))
                continue;
            staged |= earlier.Model?.Has(DbEffect.Stages) == true && Stages(earlier, entity);
            if (earlier.MayWrite && (staged || SymbolEqualityComparer.Default.Equals(earlier.Query?.Entity, entity)))
                return true;
        }

        return false;
    }

    private bool Stages(DbCall call, ITypeSymbol entity) =>
        call.Invocation is { } staging
        && ((Operations.Receiver(staging)?.Type is INamedTypeSymbol { TypeArguments: [var element] } && SymbolEqualityComparer.Default.Equals(element, entity))
            || staging.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(Operations.Unwrap(argument.Value).Type, entity)));

    /// <summary>The query asks for something that a call with a creating name returned or took in this pass.</summary>
    private bool KeyIsMadeInPass(DbCall call, Iteration iteration) => Operations.Any(
        call.Operation,
        part => part is ILocalReferenceOperation { Local: var local } && body.Origins.SingleValue(local) is { } value && iteration.Repeats(value) && IsMade(local, value, call, iteration),
        insideExpressionTrees: true);

    private bool IsMade(ILocalSymbol local, IOperation value, DbCall call, Iteration iteration) =>
        (value is IInvocationOperation maker && Creates(maker))
        || (value is IObjectCreationOperation && Operations.Any(iteration.Body, operation =>
            operation is IInvocationOperation taker
            && Creates(taker)
            && taker.Syntax.SpanStart < call.Operation.Syntax.SpanStart
            && taker.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(Operations.Referenced(argument.Value), local))));

    private bool Creates(IInvocationOperation call)
    {
        // Making a command or a context writes nothing.
        if (body.IsModelled(call.TargetMethod))
            return false;
        foreach (string verb in CreatingVerbs)
        {
            if (call.TargetMethod.Name.StartsWith(verb, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
