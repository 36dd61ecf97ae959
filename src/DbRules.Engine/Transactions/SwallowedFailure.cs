using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>A <c>catch</c> inside a transaction that lets the code go on to the commit although a write has failed.</summary>
/// <param name="Handler">The <c>catch</c>.</param>
/// <param name="Write">The call whose failure it swallows.</param>
/// <param name="Commit">The commit that the code reaches all the same.</param>
public sealed record SwallowedFailure(ICatchClauseOperation Handler, IOperation Write, IOperation Commit);
