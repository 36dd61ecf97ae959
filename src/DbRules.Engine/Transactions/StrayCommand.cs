using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>A command that is sent on the connection of an open transaction without being given that transaction.</summary>
/// <param name="Call">The call that sends it.</param>
/// <param name="Evidence">What shows that the transaction is open: the call that opens it, a call on the connection that is given it, or its declaration.</param>
/// <param name="Transaction">The local, parameter or field that holds the transaction; null when none does.</param>
/// <param name="Pass">How the command can be given the transaction; null when the code offers no way that surely compiles.</param>
public sealed record StrayCommand(DbCall Call, Location Evidence, ISymbol? Transaction, TransactionPass? Pass)
{
    /// <summary>The creation of the command object, which several calls may send; the call itself where there is none.</summary>
    internal IOperation Command { get; init; } = Call.Operation;
}

/// <summary>How a command is given a transaction.</summary>
/// <param name="Target">The call or object creation that gets one more argument; the creation of the command whose property is set.</param>
/// <param name="Parameter">The parameter that takes the transaction; null where a property of the command is set.</param>
/// <param name="Position">The place of that parameter among the arguments as written; -1 where a property is set.</param>
/// <param name="Begin">Where the property cannot be set before: the call that opens the transaction; null when it is open from the start.</param>
/// <param name="NeedsInner">Whether the holder is a wrapper of which the command takes the transaction inside.</param>
public sealed record TransactionPass(IOperation Target, string? Parameter, int Position, IOperation? Begin, bool NeedsInner);
