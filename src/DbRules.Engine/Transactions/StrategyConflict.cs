using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>A transaction of a session that retries failed commands, outside a unit of work that could be run again: the first command in it throws.</summary>
/// <param name="Begin">What opens the transaction.</param>
/// <param name="Session">The type of the session.</param>
/// <param name="Command">The first command that throws.</param>
/// <param name="Unit">The statements that a strategy can run as one unit; null when running them again would not be right, or when that is not known.</param>
public sealed record StrategyConflict(IOperation Begin, INamedTypeSymbol Session, DbCall Command, RetryUnit? Unit);
