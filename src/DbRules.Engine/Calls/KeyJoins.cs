using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>The key of a related row, read through a navigation that a query needs for nothing else.</summary>
/// <param name="Read">The whole expression, <c>order.Customer.Id</c>.</param>
/// <param name="Owner">What has the navigation, <c>order</c>.</param>
/// <param name="Navigation">The navigation.</param>
/// <param name="ForeignKey">The property of the owner that has the same value.</param>
public readonly record struct KeyJoin(IPropertyReferenceOperation Read, IOperation Owner, IPropertySymbol Navigation, IPropertySymbol ForeignKey);

/// <summary>Finds joins that a query makes only to read the key that the row itself has.</summary>
internal sealed class KeyJoins(CompilationContext context, ForeignKeys foreignKeys)
{
    /// <summary>The needless reads in a call's query and in its own lambdas; empty when there is none or when that is not known.</summary>
    public IReadOnlyList<KeyJoin> Of(DbCall call) =>
        call is { IsRoundTrip: true, Query: { Kind: QueryRootKind.Store, Session.Type: INamedTypeSymbol session } query } && !query.Has(QueryStep.Other) && IsInView(session) ? In(call, query, session) : [];

    private IReadOnlyList<KeyJoin> In(DbCall call, QueryShape query, INamedTypeSymbol session)
    {
        var lambdas = new List<IOperation>();
        foreach (QueryStepUse use in query.Steps)
            AddArguments(use.Call, lambdas);
        if (call.Invocation is { } terminal)
            AddArguments(terminal, lambdas);

        // An expression that stands elsewhere may read more of the related row.
        if (lambdas.Any(value => value is not IConversionOperation { Operand: IAnonymousFunctionOperation } && value.Type is { Name: "Expression", ContainingNamespace.Name: "Expressions" }))
            return [];
        var reads = new List<KeyJoin>();
        foreach (IOperation lambda in lambdas.Where(IsTranslated))
        {
            Operations.Any(lambda, operation =>
            {
                if (operation is IPropertyReferenceOperation read && JoinOf(read, session) is { } join)
                    reads.Add(join);
                return false;
            }, insideExpressionTrees: true);
        }

        return reads.Count == 0 ? reads : [.. reads.Where(read => IsInOwnExpression(read, call, query) && !lambdas.Any(lambda => NeedsNavigation(lambda, read)))];
    }

    /// <summary>The configuration stands in this compilation, where the schema can see it.</summary>
    private bool IsInView(INamedTypeSymbol session) => context.Bodies.Declares(session);

    private static void AddArguments(IInvocationOperation call, List<IOperation> lambdas)
    {
        IOperation? receiver = Operations.Receiver(call);
        lambdas.AddRange(call.Arguments.Select(argument => argument.Value).Where(value => value != receiver));
    }

    /// <summary>A lambda that becomes SQL; one that runs in memory reads what was loaded.</summary>
    private static bool IsTranslated(IOperation value) => Operations.IsExpressionTree(value);

    private KeyJoin? JoinOf(IPropertyReferenceOperation read, INamedTypeSymbol session)
    {
        if (read.Instance is not IPropertyReferenceOperation { Instance: { } owner, Property: var navigation }
            || owner is not (IParameterReferenceOperation or IPropertyReferenceOperation)
            || owner.Type is not INamedTypeSymbol entity
            || foreignKeys.BehindRequired(navigation, read.Property) is not { } foreignKey
            || !IsSetOf(session, entity))
        {
            return null;
        }

        return new KeyJoin(read, owner, navigation, foreignKey);
    }

    /// <summary>The context has a set of the type: a class of the same shape that a projection makes is none.</summary>
    private bool IsSetOf(INamedTypeSymbol session, INamedTypeSymbol entity)
    {
        for (INamedTypeSymbol? type = session; type is not null; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers())
            {
                if (member is IPropertySymbol { Type: INamedTypeSymbol { TypeArguments: [var element] } set } && SymbolEqualityComparer.Default.Equals(element, entity) && context.Models.Of(set)?.Has(TypeTraits.Query) == true)
                    return true;
            }
        }

        return false;
    }

    /// <summary>A query that a local holds may be run several times; it is reported where it stands, once.</summary>
    private static bool IsInOwnExpression(KeyJoin read, DbCall call, QueryShape query) =>
        Operations.IsInside(read.Read, call.Operation) || call.Body.Calls.First(other => other.Query is { } shape && shape.Steps.Any(use => Operations.IsInside(read.Read, use.Call))) == call;

    /// <summary>The query uses the related row for something else too, so the join stays.</summary>
    private static bool NeedsNavigation(IOperation argument, KeyJoin join)
    {
        if (argument.ConstantValue is { HasValue: true, Value: string path })
            return path.Split('.').Contains(join.Navigation.Name);
        return Operations.Any(
            argument,
            operation => operation is IPropertyReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Property, join.Navigation)
                && !(reference.Parent is IPropertyReferenceOperation { Property: var member } && SymbolEqualityComparer.Default.Equals(member, join.Read.Property)),
            insideExpressionTrees: true);
    }
}
