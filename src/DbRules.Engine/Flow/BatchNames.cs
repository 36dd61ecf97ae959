using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Operators that cut a sequence into batches of a size, as their names say: helpers of a code base, and of libraries that nobody has described.</summary>
internal static class BatchNames
{
    private static readonly string[] Words = ["Batch", "Chunk", "Paginate", "Partition", "SplitInto"];

    /// <summary>Whether a call is named so and is given a number.</summary>
    public static bool AreOf(IInvocationOperation call) => Speaks(call.TargetMethod.Name) && call.Arguments.Any(static argument => IsNumber(argument.Value));

    /// <summary>As <see cref="AreOf"/>, for a call that does not bind because a reference is missing: what it returns is not known.</summary>
    public static bool AreOfUnbound(IOperation operation) =>
        operation is IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } }
        && Speaks(name) && operation.ChildOperations.Any(IsNumber);

    private static bool Speaks(string name) => Array.Exists(Words, word => name.IndexOf(word, StringComparison.Ordinal) >= 0);

    private static bool IsNumber(IOperation value) => Operations.Unwrap(value).Type?.SpecialType == SpecialType.System_Int32;
}
