using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds connections of others that code opens by hand, uses, and leaves open.</summary>
internal sealed class HeldConnections(CompilationContext context, Sessions sessions, Borrowing borrowing, KeptResources kept)
{
    /// <summary>Members with such names open for those who call them.</summary>
    private static readonly string[] OpeningVerbs = ["Open", "Ensure", "Connect", "Begin", "Start", "Init", "Initialize", "Reopen"];

    /// <summary>Those of a body, in source order.</summary>
    public IEnumerable<HeldConnection> Of(BodyFacts body)
    {
        foreach (DbCall call in body.Calls)
        {
            if (call.Model?.Parameters.TryGetValue(ParameterRole.Acquires, out string? what) == true && what != "return" && Of(call, body) is { } found)
                yield return found;
        }
    }

    private HeldConnection? Of(DbCall opening, BodyFacts body)
    {
        if (OpenedBy(opening) is not { } opened || sessions.Of(opened, body.Origins) is not { Path: [.., var root] path } session || session.Type is not { } type)
            return null;
        bool isContext = context.Models.Of(type)?.Has(TypeTraits.Context) == true;
        // A local is this function's own, or another's that hands it over open; whoever gives a connection may close it.
        if (path[0] is ILocalSymbol || (path[0] is IParameterSymbol { ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.Constructor } } && !isContext) || OpensForOthers(opening.Operation, body))
            return null;
        if (!isContext && IsGuarded(opening.Operation))
            return null;
        DbCall[] uses = [.. body.Calls.Where(call => call != opening && IsOf(call) && call.Operation.Syntax.SpanStart > opening.Operation.Syntax.Span.End)];
        if (uses.Length == 0 || body.Calls.Any(call => IsOf(call) && Keeps(call)) || body.Roots.Any(part => Operations.Any(part, ReleasesOrHands)) || IsClosedElsewhere(root, body) || kept.IsNeverReleased(root))
            return null;
        IOperation? statement = StatementAround(opening.Operation);
        IOperation? lender = null;
        if (statement is not null && GuardOf(statement) is { } guard)
            (statement, lender) = (guard, LenderOf(opened, body));
        bool endsWithBlock = statement?.Parent is IBlockOperation block && uses.All(use => Operations.IsInside(use.Operation, block) && IsOverBehind(use.Operation)) && (statement is IExpressionStatementOperation || lender is not null);
        return new HeldConnection(opening, root.Name) { Statement = endsWithBlock ? statement!.Syntax.GetLocation() : null, Lender = lender?.Syntax.GetLocation() };

        bool IsOf(DbCall call) => call.Session is { } used && session.Equals(sessions.Of(used, body.Origins));

        // Made to live on: the schema of a database in memory, the transaction of a unit of work, a reader for the caller.
        bool Keeps(DbCall call) => call.Model is { } model
            && (model.Has(DbEffect.ChangesSchema) || ((model.Has(DbEffect.Begins) || model.Plays("return", ParameterRole.Acquires)) && IsHandedOn(call.Operation, body)));

        bool ReleasesOrHands(IOperation operation)
        {
            if (operation is not (ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IInvocationOperation or IParameterReferenceOperation)
                || !IsSessionLike(operation.Type) || !session.Equals(sessions.Of(operation, body.Origins)))
            {
                return operation is IFieldReferenceOperation { Field: var option } && context.Models.Of(option)?.Has(DbEffect.ClosesConnection) == true;
            }

            return Destination.Of(operation) switch
            {
                { Kind: DestinationKind.Receiver, Site: IInvocationOperation { TargetMethod: var method } } => borrowing.Releases(method),
                { Kind: DestinationKind.Argument, Site: IArgumentOperation argument } => borrowing.Of(argument, body) != ArgumentUse.Borrows && !IsLending(argument),
                { Kind: DestinationKind.Using or DestinationKind.Returned } => true,
                _ => false,
            };
        }
    }

    /// <summary>Whether somebody else may use what a call hands out after the function has ended.</summary>
    private static bool IsHandedOn(IOperation call, BodyFacts body) => Destination.Of(call) switch
    {
        { Kind: DestinationKind.Returned or DestinationKind.Elsewhere or DestinationKind.Argument } => true,
        { Kind: DestinationKind.Local, Local: { } local } => body.Origins.MentionsOf(local).Any(static mention => Destination.Of(mention).Kind is DestinationKind.Returned or DestinationKind.Elsewhere),
        _ => false,
    };

    /// <summary>Whether a use is through when its statement is: no task goes on behind it.</summary>
    private static bool IsOverBehind(IOperation use)
    {
        if (!Tasks.IsTask(use.Type) && use.Type is not { Name: "IAsyncEnumerable" })
            return true;
        IOperation? parent = use.Parent;
        while (parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } } or IConversionOperation)
            parent = parent.Parent;
        return parent is IAwaitOperation or IForEachLoopOperation;
    }

    private static IOperation? OpenedBy(DbCall opening) => opening.Invocation is { } call ? Operations.Receiver(call) : null;

    private bool IsSessionLike(ITypeSymbol? type) => type is not null && context.Models.Of(type)?.Has(TypeTraits.Session) == true;

    /// <summary>Whether a call that is given the context closes it, or only takes something from it.</summary>
    private bool IsLending(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation call && context.Models.Of(call.TargetMethod) is { } model && !model.Plays(argument.Parameter!.Name, ParameterRole.Releases);

    private static bool OpensForOthers(IOperation opening, BodyFacts body)
    {
        if (body.Owner is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            return true;
        string name = Operations.EnclosingFunction(opening) is ILocalFunctionOperation { Symbol.Name: var local } ? local : method.Name;
        return OpeningVerbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal) && !(name.Length > verb.Length && char.IsLower(name[verb.Length])))
            || (body.Owner is IMethodSymbol { ReturnType: { } result } && result.Name.EndsWith("Connection", StringComparison.Ordinal));
    }

    /// <summary>Whether it is opened only where nobody has yet: the connection is there to stay open.</summary>
    private static bool IsGuarded(IOperation opening)
    {
        for (IOperation? parent = opening.Parent; parent is not (null or IMethodBodyOperation or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is IConditionalOperation { Condition: var condition } && Operations.Any(condition, static operation => operation is IPropertyReferenceOperation { Property.Name: "State" }))
                return true;
        }

        return false;
    }

    /// <summary>Whether some member of the class closes or disposes it, as its text says.</summary>
    private static bool IsClosedElsewhere(ISymbol root, BodyFacts body)
    {
        for (INamedTypeSymbol? type = body.Owner?.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (SyntaxReference declaration in type.DeclaringSyntaxReferences)
            {
                foreach (SyntaxNode node in declaration.GetSyntax().DescendantNodes())
                {
                    if (node is SimpleNameSyntax { Identifier.ValueText: "Close" or "CloseAsync" or "CloseConnection" or "CloseConnectionAsync" or "Dispose" or "DisposeAsync" } && Names(node, root))
                        return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the statement around a name speaks of a member too.</summary>
    private static bool Names(SyntaxNode name, ISymbol root) =>
        name.Ancestors().FirstOrDefault(static node => node is StatementSyntax or ArrowExpressionClauseSyntax) is { } statement
        && statement.DescendantNodes().OfType<IdentifierNameSyntax>().Any(other => other.Identifier.ValueText == root.Name);

    /// <summary>The <c>if</c> that does nothing but open a connection that is not open yet.</summary>
    private static IConditionalOperation? GuardOf(IOperation statement)
    {
        IOperation? parent = statement.Parent is IBlockOperation { Operations.Length: 1 } block ? block.Parent : statement.Parent;
        return parent is IConditionalOperation { WhenFalse: null, Condition: IBinaryOperation { LeftOperand: IPropertyReferenceOperation { Property.Name: "State" } } } guard ? guard : null;
    }

    private static IOperation? LenderOf(IOperation opened, BodyFacts body) =>
        body.Origins.Resolve(opened) is IInvocationOperation call && body.Lent.Contains(call) ? Operations.Receiver(call) : null;

    private static IExpressionStatementOperation? StatementAround(IOperation opening)
    {
        IOperation? statement = opening.Parent;
        while (statement is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } or IConversionOperation or IParenthesizedOperation)
            statement = statement.Parent;
        return statement as IExpressionStatementOperation;
    }
}
