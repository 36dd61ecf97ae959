using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds the one token that code at a place would pass on.</summary>
internal sealed class CancellationTokens
{
    private readonly SmallTable<BodyFacts, TokenLocals> _locals = new();

    /// <summary>
    /// The name of the token that is at hand: the only one among parameters and locals of the function, or of the functions around it that wait for it.
    /// Null when there is none or a choice, when the code makes tokens of its own, or where the token has been cancelled already.
    /// </summary>
    public string? At(IOperation operation, BodyFacts body)
    {
        TokenLocals locals = _locals.GetOrAdd(body, Read);
        IOperation place = operation;
        while (true)
        {
            IOperation? function = Operations.EnclosingFunction(place);
            IMethodSymbol? symbol = (function as IAnonymousFunctionOperation)?.Symbol ?? (function as ILocalFunctionOperation)?.Symbol ?? body.Owner as IMethodSymbol;
            if (symbol is null)
                return null;
            int count = 0;
            ISymbol? token = null;
            foreach (IParameterSymbol parameter in symbol.Parameters)
            {
                if (parameter.RefKind == RefKind.None && WellKnownTypes.IsCancellationToken(parameter.Type))
                {
                    token = parameter;
                    count++;
                }
            }

            foreach (IVariableDeclaratorOperation local in locals.Tokens)
            {
                if (IsDeclaredBefore(place, local, function))
                {
                    token = local.Symbol;
                    count++;
                }
            }

            if (count > 1 || (token is null && (function is not IAnonymousFunctionOperation { Symbol.IsStatic: false } lambda || !IsAwaited(lambda))))
                return null;
            if (locals.Sources.Any(source => function is null || Operations.IsInside(source, function)))
                return null;
            if (token is not null)
                return IsCancelledBefore(operation, token) ? null : Written(token.Name);
            place = function!;
        }
    }

    /// <summary>Whether somebody waits for what a call or lambda gives: work that is left alone may go on when the token's owner is done.</summary>
    public static bool IsAwaited(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is IAwaitOperation or IReturnOperation)
                return true;
        }

        return false;
    }

    private static string Written(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>One walk answers for all calls of a body.</summary>
    private static TokenLocals Read(BodyFacts body)
    {
        var found = new TokenLocals();
        foreach (IOperation root in body.Roots)
        {
            Operations.Visit(root, found, static (operation, found) =>
            {
                if (operation is IVariableDeclaratorOperation { Symbol.Type: var type } declarator)
                {
                    if (type.Name == "CancellationTokenSource")
                        found.Sources.Add(declarator);
                    else if (WellKnownTypes.IsCancellationToken(type))
                        found.Tokens.Add(declarator);
                }

                return true;
            });
        }

        return found;
    }

    /// <summary>Whether a local is declared with its value in front of a place, in a block of the function around it.</summary>
    private static bool IsDeclaredBefore(IOperation place, IVariableDeclaratorOperation local, IOperation? function) =>
        local.Parent?.Parent is IVariableDeclarationGroupOperation { Parent: IBlockOperation block } group
        && group.Syntax.SpanStart < place.Syntax.SpanStart
        && Operations.IsInside(place, block)
        && Operations.EnclosingFunction(group) == function;

    /// <summary>Whether code stands behind a loop, or in a branch, that waits for the token's cancellation.</summary>
    private static bool IsCancelledBefore(IOperation operation, ISymbol token)
    {
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalOperation { Condition: var condition } && condition != child && AsksFor(condition, token))
                return true;
            if (parent is IBlockOperation { Operations: var statements }
                && statements.Any(statement => statement.Syntax.SpanStart < child.Syntax.SpanStart && statement is IWhileLoopOperation { Condition: { } until } && AsksFor(until, token)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AsksFor(IOperation condition, ISymbol token) => Operations.Any(condition, operation =>
        operation is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested", Instance: { } asked } && SymbolEqualityComparer.Default.Equals(Operations.Referenced(asked), token));

    /// <summary>The locals of one body that have to do with tokens, those of its lambdas and local functions included.</summary>
    private sealed class TokenLocals
    {
        public List<IVariableDeclaratorOperation> Tokens { get; } = [];

        public List<IVariableDeclaratorOperation> Sources { get; } = [];
    }
}
