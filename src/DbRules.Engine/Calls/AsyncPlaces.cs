using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Where code can await, and means to.</summary>
internal sealed class AsyncPlaces(ModelIndex models)
{
    /// <summary>Whether the function around an operation is asynchronous. Cheap: to be asked first.</summary>
    public static bool IsInAsyncFunction(IOperation operation, ISymbol? owner) =>
        (FunctionSymbol(Operations.EnclosingFunction(operation)) ?? owner as IMethodSymbol)?.IsAsync == true;

    /// <summary>Whether the language allows an <c>await</c> at an operation of an asynchronous function.</summary>
    public static bool AllowsAwait(IOperation operation, BodyFacts body) =>
        IsInAsyncFunction(operation, body.Owner) && !IsForbidden(operation) && !IsUnsafe(operation.Syntax) && !FunctionsAround(operation, body).Any(static root => Operations.Any(root, IsReference));

    /// <summary>
    /// Whether the language allows an <c>await</c> at an operation of an asynchronous function, and nothing around it shows that the code is to stay on its thread.
    /// </summary>
    /// <param name="operation">The operation to await.</param>
    /// <param name="body">The body that it stands in.</param>
    /// <param name="twin">The name of the member that would be awaited.</param>
    public bool CanAwait(IOperation operation, BodyFacts body, string twin)
    {
        IOperation? function = Operations.EnclosingFunction(operation);
        if ((FunctionSymbol(function) ?? body.Owner as IMethodSymbol) is not { IsAsync: true } symbol || symbol.Name == twin)
            return false;
        // At its start a program has nothing else to do.
        if (function is null && symbol is { IsStatic: true, Name: "Main" or "<Main>$" or "$Main" })
            return false;
        if (symbol.Parameters.Any(parameter => parameter.Type.SpecialType == SpecialType.System_Boolean && IsAboutAsync(parameter.Name)))
            return false;
        return AllowsAwait(operation, body)
            && !IsBarred(operation, twin)
            && !FunctionsAround(operation, body).Any(root => Operations.Any(root, BelongsToThread));
    }

    /// <summary>Whether an operation stands in a <c>catch</c> or <c>finally</c>, in whatever function: it cleans up.</summary>
    public static bool IsInCleanup(IOperation operation)
    {
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is ICatchClauseOperation || (parent is ITryOperation { Finally: { } final } && final == child))
                return true;
        }

        return false;
    }

    /// <summary>Whether an operation stands in a <c>lock</c> or in the filter of a handler.</summary>
    private static bool IsForbidden(IOperation operation)
    {
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent, parent = parent.Parent)
        {
            if (parent is ILockOperation || (parent is ICatchClauseOperation { Filter: { } filter } && filter == child))
                return true;
        }

        return false;
    }

    private static bool IsBarred(IOperation operation, string twin)
    {
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IInvocationOperation { TargetMethod.ReturnsByRef: true }:
                case IArgumentOperation { Parameter.RefKind: not RefKind.None }:
                // One arm blocks and the other awaits: the code offers both.
                case IConditionalOperation { WhenFalse: { } whenFalse, WhenTrue: { } whenTrue }
                    when (child == whenTrue && Mentions(whenFalse, twin)) || (child == whenFalse && Mentions(whenTrue, twin)):
                    return true;
            }
        }

        return false;
    }

    private static bool Mentions(IOperation arm, string method) => Operations.Any(arm, operation => operation is IInvocationOperation call && call.TargetMethod.Name == method);

    private static IEnumerable<IOperation> FunctionsAround(IOperation operation, BodyFacts body) => Operations.EnclosingFunction(operation) is { } function ? [function] : body.Roots;

    /// <summary>A reference into the stack, which no <c>await</c> keeps.</summary>
    private static bool IsReference(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => local.IsRef || local.Type.IsRefLikeType,
        IVariableDeclaratorOperation { Symbol: var local } => local.IsRef || local.Type.IsRefLikeType,
        _ => false,
    };

    /// <summary>A transaction that belongs to the thread.</summary>
    private bool BelongsToThread(IOperation operation) => operation is IObjectCreationOperation { Constructor: { } constructor } && models.Of(constructor)?.Has(DbEffect.Begins) == true;

    private static bool IsUnsafe(SyntaxNode node)
    {
        for (SyntaxNode? parent = node; parent is not null; parent = parent.Parent)
        {
            if (parent is UnsafeStatementSyntax
                || (parent is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.UnsafeKeyword))
                || (parent is LocalFunctionStatementSyntax function && function.Modifiers.Any(SyntaxKind.UnsafeKeyword)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAboutAsync(string name) => name.IndexOf("sync", StringComparison.OrdinalIgnoreCase) >= 0;

    private static IMethodSymbol? FunctionSymbol(IOperation? function) => (function as IAnonymousFunctionOperation)?.Symbol ?? (function as ILocalFunctionOperation)?.Symbol;
}
