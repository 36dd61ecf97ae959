using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Transactions;

/// <summary>A transaction that a body makes ambient and disposes again.</summary>
public sealed class AmbientScope
{
    private readonly IOperation? _function;

    private AmbientScope(BodyFacts body, IObjectCreationOperation creation, ILocalSymbol? local, ImmutableArray<IOperation> lifetime)
    {
        Body = body;
        Creation = creation;
        Local = local;
        Lifetime = lifetime;
        _function = Operations.EnclosingFunction(creation);
    }

    /// <summary>The body that the scope stands in.</summary>
    public BodyFacts Body { get; }

    /// <summary>What makes the scope.</summary>
    public IObjectCreationOperation Creation { get; }

    /// <summary>The local that holds the scope; null when none does.</summary>
    public ILocalSymbol? Local { get; }

    /// <summary>The name of its type.</summary>
    public string Name => Creation.Type!.Name;

    /// <summary>Where to report: the type's name with <c>new</c>.</summary>
    public Location Location => Creation.Syntax switch
    {
        ObjectCreationExpressionSyntax { NewKeyword: var start, Type: var type } => Location.Create(start.SyntaxTree!, TextSpan.FromBounds(start.SpanStart, type.Span.End)),
        ImplicitObjectCreationExpressionSyntax { NewKeyword: var start } => start.GetLocation(),
        _ => Creation.Syntax.GetLocation(),
    };

    /// <summary>The statements that run, wholly or in part, while the transaction is ambient, in source order.</summary>
    internal ImmutableArray<IOperation> Lifetime { get; }

    /// <summary>The scopes of a body whose lifetime it shows, in source order.</summary>
    internal static IEnumerable<AmbientScope> In(BodyFacts body)
    {
        foreach (IObjectCreationOperation creation in body.Ambient)
        {
            if (Of(body, creation) is { } scope)
                yield return scope;
        }
    }

    /// <summary>Whether an operation runs in the scope's own function while the transaction is ambient.</summary>
    internal bool Covers(IOperation operation)
    {
        if (Body.FunctionAround(operation) != _function)
            return false;
        foreach (IOperation statement in Lifetime)
        {
            if (Operations.IsInside(operation, statement))
                return true;
        }

        return false;
    }

    /// <summary>The first place in the scope's own function that awaits something while the transaction is ambient, of those that a condition selects; null when there is none.</summary>
    internal IOperation? FirstAwait(Func<IOperation, bool> selects)
    {
        IOperation? first = null;
        foreach (IOperation statement in Lifetime)
        {
            Operations.Visit(statement, 0, (operation, _) =>
            {
                if (first is not null || operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                    return false;
                if (IsAwait(operation) && selects(operation))
                    first = operation;
                return true;
            });
        }

        return first;
    }

    /// <summary>Whether an operation stands in the scope's own function, and in no lambda of it.</summary>
    internal bool IsBeside(IOperation operation) => Operations.EnclosingFunction(operation) == _function;

    private static bool IsAwait(IOperation operation) =>
        operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true };

    private static AmbientScope? Of(BodyFacts body, IObjectCreationOperation creation)
    {
        Destination destination = Destination.Of(creation);
        ImmutableArray<IOperation> lifetime = destination.IsOneOfSeveral ? [] : destination.Declaration switch
        {
            IUsingOperation { Body: { } block } => [block],
            IUsingDeclarationOperation declaration => Behind(declaration),
            IVariableDeclarationGroupOperation { Parent: IBlockOperation } declaration => UntilReleased(Behind(declaration), destination.Local!),
            _ => [],
        };
        return lifetime.IsEmpty ? null : new AmbientScope(body, creation, destination.Local, lifetime);
    }

    private static ImmutableArray<IOperation> Behind(IOperation statement) =>
        statement.Parent is IBlockOperation block ? [.. block.Operations.SkipWhile(other => other != statement).Skip(1)] : [];

    /// <summary>The statements up to that which disposes the local, by itself, in its <c>finally</c> or at the end of its <c>using</c>; none when none does.</summary>
    private static ImmutableArray<IOperation> UntilReleased(ImmutableArray<IOperation> statements, ILocalSymbol local)
    {
        for (int i = 0; i < statements.Length; i++)
        {
            if (statements[i] switch
            {
                IUsingOperation { Resources: ILocalReferenceOperation { Local: var used } } => SymbolEqualityComparer.Default.Equals(used, local),
                ITryOperation { Finally: { } handler } => Operations.Any(handler, operation => IsDisposal(operation, local)),
                IExpressionStatementOperation { Operation: { } call } => IsDisposal(call, local),
                _ => false,
            })
            {
                return statements.RemoveRange(i + 1, statements.Length - i - 1);
            }
        }

        return [];
    }

    /// <summary>Whether an operation disposes a local by its name, and not at the end of a <c>using</c>.</summary>
    internal static bool IsDisposal(IOperation operation, ILocalSymbol local) =>
        operation is IInvocationOperation { TargetMethod: { Name: "Dispose", Parameters.IsEmpty: true }, Instance: { } disposed } && SymbolEqualityComparer.Default.Equals(Operations.Referenced(disposed), local);
}
