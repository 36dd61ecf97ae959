using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>What is a cache by its own name or that of its type, whatever library or code of its own it comes from.</summary>
internal static class CacheNames
{
    /// <summary>Parts of an expression between a cache and what is made of its answer. More are not followed.</summary>
    private const int LongestChain = 8;

    private static readonly string[] Questions = ["TryGet", "Get", "Find", "Lookup", "Peek", "Contains", "Has"];

    /// <summary>Whether a name says that something remembers results.</summary>
    public static bool Contains(string? name) => name?.IndexOf("cache", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether a call asks a cache for something: <c>_cache.TryGet(id, out var row)</c>. Code that does not bind is asked by its text.</summary>
    public static bool IsAsked(IOperation call) =>
        call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member, Expression: var holder } }
        && IsQuestion(member)
        && (Contains(NameOf(holder)) || Contains((call as IInvocationOperation)?.Instance?.Type?.Name));

    /// <summary>Whether a value is what a cache, in its own code, finds when it asks itself: <c>(await GetEntryAsync(key)).Value</c>.</summary>
    public static bool IsOwnAnswer(IOperation value)
    {
        IOperation? part = value;
        for (int depth = 0; part is not null && depth < LongestChain; depth++)
        {
            part = Operations.Unwrap(part);
            if (part is IInvocationOperation { Instance: IInstanceReferenceOperation, TargetMethod: { Name: var name, ContainingType.Name: var type } } && IsQuestion(name) && Contains(type))
                return true;
            part = part switch
            {
                IInvocationOperation call => Operations.Receiver(call),
                IMemberReferenceOperation member => member.Instance,
                _ => null,
            };
        }

        return false;
    }

    private static bool IsQuestion(string name) => Array.Exists(Questions, question => name.StartsWith(question, StringComparison.Ordinal));

    private static string? NameOf(ExpressionSyntax holder) => holder switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        InvocationExpressionSyntax call => NameOf(call.Expression),
        _ => null,
    };
}
