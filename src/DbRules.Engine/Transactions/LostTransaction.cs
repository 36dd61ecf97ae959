using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>A transaction whose writes are undone although the code goes on as if they were kept.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Write">The call that writes in it.</param>
/// <param name="Exit">The value that the code returns on the path without a commit; null when no path commits.</param>
/// <param name="Place">Where a commit belongs; null when the code does not show which exit commits.</param>
public sealed record LostTransaction(OpenTransaction Transaction, IOperation Write, IOperation? Exit, CommitPlace? Place);

/// <summary>Where a commit belongs.</summary>
/// <param name="Block">The block at whose end it stands; null where it stands before a return.</param>
/// <param name="Return">The return statement that it stands before; null where it stands at the end of a block.</param>
/// <param name="Token">The cancellation token that the transaction was opened with; null when it was given none.</param>
public sealed record CommitPlace(IOperation? Block, IOperation? Return, IOperation? Token);
