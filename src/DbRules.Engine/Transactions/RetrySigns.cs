using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>What in the code around a transaction may run it again when it fails. A sign is enough: where the code deals with failures at all, somebody has thought of it.</summary>
internal static class RetrySigns
{
    private static readonly string[] Words = ["Retry", "Retri", "Resilien", "Strategy", "Polic", "Attempt", "Transient", "Deadlock"];

    /// <summary>Kinds of classes that a host runs again when they fail, by the ends of their names or of what they derive from.</summary>
    private static readonly string[] HostedEndings = ["Job", "Consumer", "Handler", "Worker", "BackgroundService", "HostedService", "Saga", "Activity", "Processor", "Subscriber", "Listener", "Task", "Function", "Functions"];

    /// <summary>Whether something in view may run a part of a body again.</summary>
    public static bool Any(IOperation begin, BodyFacts body)
    {
        if (body.Owner is not { } owner || Operations.EnclosingFunction(begin) is not null)
            return true;
        for (IOperation? parent = begin.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILoopOperation and not IForEachLoopOperation || parent is ITryOperation { Catches: { IsEmpty: false } catches } attempt && Operations.IsInside(begin, attempt.Body) && !catches.All(Rethrows))
                return true;
        }

        return owner.ContainingType is not { } type || IsHosted(type) || SpeaksOfRetries(type, begin.Syntax.SyntaxTree.GetRoot());
    }

    /// <summary>Whether a handler hands every failure on.</summary>
    private static bool Rethrows(ICatchClauseOperation handler) =>
        handler.Handler.Operations.LastOrDefault() is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } && handler.Filter is null;

    private static bool IsHosted(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (IsHostedName(current.Name))
                return true;
        }

        return type.AllInterfaces.Any(static contract => IsHostedName(contract.Name));
    }

    private static bool IsHostedName(string name) => HostedEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Whether a name in the file, be it an attribute's, a member's or a variable's, speaks of running something again.</summary>
    private static bool SpeaksOfRetries(INamedTypeSymbol type, SyntaxNode file) =>
        HasWord(type.Name) || file.DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && HasWord(token.ValueText));

    private static bool HasWord(string name) => Words.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
