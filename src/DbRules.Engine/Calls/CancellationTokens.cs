using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds the one token that code at a place would pass on.</summary>
internal sealed class CancellationTokens(WellKnownTypes types)
{
    /// <summary>
    /// The name of the token that is at hand: the only one among parameters and locals of the function, or of the functions around it that wait for it.
    /// Null when there is none or a choice, when the code makes tokens of its own, or where the token has been cancelled already.
    /// </summary>
    public string? At(IOperation operation, BodyFacts body)
    {
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
                if (parameter.RefKind == RefKind.None && types.IsCancellationToken(parameter.Type))
                {
                    token = parameter;
                    count++;
                }
            }

            foreach (ISymbol local in LocalsBefore(place, function))
            {
                token = local;
                count++;
            }

            if (count > 1 || (token is null && (function is not IAnonymousFunctionOperation { Symbol.IsStatic: false } lambda || !IsAwaited(lambda))))
                return null;
            // The whole function is walked last: most code has no token at hand.
            if ((function is null ? body.Roots : [function]).Any(root => Operations.Any(root, MakesTokens)))
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

    private static bool MakesTokens(IOperation operation) => operation is IVariableDeclaratorOperation { Symbol.Type.Name: "CancellationTokenSource" };

    /// <summary>The tokens in locals that are declared with their value in front of a place, in the blocks around it.</summary>
    private IEnumerable<ISymbol> LocalsBefore(IOperation place, IOperation? function)
    {
        for (IOperation? block = place.Parent; block is not null && block != function; block = block.Parent)
        {
            if (block is not IBlockOperation { Operations: var statements })
                continue;
            foreach (IOperation statement in statements)
            {
                if (statement.Syntax.SpanStart >= place.Syntax.SpanStart)
                    break;
                if (statement is not IVariableDeclarationGroupOperation group)
                    continue;
                foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
                {
                    if (types.IsCancellationToken(declarator.Symbol.Type))
                        yield return declarator.Symbol;
                }
            }
        }
    }

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
}
