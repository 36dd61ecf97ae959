using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Flow;

/// <summary>Tells tasks, and what they yield.</summary>
internal static class Tasks
{
    /// <summary>Whether a type is <c>Task</c> or <c>ValueTask</c>, with a result or without.</summary>
    public static bool IsTask(ITypeSymbol? type) => type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    /// <summary>Whether a member hands out work that may go on when it has returned: a task or an asynchronous stream, and it is no member of a task itself.</summary>
    public static bool Starts(IMethodSymbol? method) => method is not null && (IsTask(method.ReturnType) || method.ReturnType.Name == "IAsyncEnumerable") && !IsTask(method.ContainingType);

    /// <summary>What a task yields when it is awaited; null for a task that yields nothing and for any other type.</summary>
    public static ITypeSymbol? YieldOf(ITypeSymbol? type) => IsTask(type) && type is INamedTypeSymbol { TypeArguments: [var result] } ? result : null;

    /// <summary>What a task yields when it is awaited; any other type as it is.</summary>
    public static ITypeSymbol ResultOf(ITypeSymbol type) => YieldOf(type) ?? type;
}
