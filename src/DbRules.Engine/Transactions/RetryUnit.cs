using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Transactions;

/// <summary>Statements that a retrying strategy may run again as one unit of work. Spans are positions in the file of the body.</summary>
/// <param name="First">The first statement.</param>
/// <param name="Last">The last statement, of the same block.</param>
/// <param name="Session">The session as the code names it; empty for the object that the code belongs to.</param>
/// <param name="Token">The cancellation token that the transaction is given; null when it is given none.</param>
public sealed record RetryUnit(TextSpan First, TextSpan Last, string Session, string? Token);
