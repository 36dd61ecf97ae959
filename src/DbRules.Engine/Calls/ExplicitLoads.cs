using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A call that reads the rows which one entity refers to.</summary>
/// <param name="Navigation">The navigation as the code names it.</param>
/// <param name="Place">Where the query that reads the entities can load the navigation instead; null where it cannot, or where that query is not in view.</param>
/// <param name="Statement">The statement that does nothing but this and is not needed then; null when the call is part of more, or runs for some elements only.</param>
public sealed record ExplicitLoad(string Navigation, IncludePlace? Place, IOperation? Statement);

/// <summary>Describes explicit loading.</summary>
internal sealed class ExplicitLoads(CompilationContext context, RowOrigins rows, Navigations navigations)
{
    /// <summary>Whether a call loads the rows that one entity refers to, or queries them.</summary>
    public bool IsExplicitLoad(DbCall call) =>
        call.Model?.Has(DbEffect.LoadsNavigation) == true
        || (call.Query?.Root is IInvocationOperation root && context.Models.Of(root.TargetMethod)?.Has(DbEffect.LoadsNavigation) == true);

    /// <summary>
    /// What such a call loads in each pass. Null when it may send nothing: the query that reads the entity may have loaded the navigation already, or is not in view.
    /// </summary>
    public ExplicitLoad? Of(DbCall call, Iteration iteration, BodyScope scope)
    {
        bool isQuery = call.Model?.Has(DbEffect.LoadsNavigation) != true;
        IInvocationOperation? load = isQuery ? call.Query?.Root as IInvocationOperation : call.Invocation;
        IInvocationOperation? entry = load?.Instance is { } instance ? scope.Origins.Resolve(instance) as IInvocationOperation : null;
        IOperation? selector = entry?.Arguments.FirstOrDefault()?.Value;
        string? name = selector is null ? null : NameOf(selector);
        // A query runs whatever is loaded already.
        if (isQuery)
            return new ExplicitLoad(name ?? CodeText.Short((selector ?? call.Operation).Syntax), null, null);
        IOperation? entity = entry?.Instance is { } owner ? (scope.Origins.Resolve(owner) as IInvocationOperation)?.Arguments.FirstOrDefault()?.Value : null;
        if (name is null || entity is null || rows.OfRow(entity, scope) is not { Call.Query: { } query } origin || LoadedPaths.Of(query, context.Models) is not { } loaded)
            return null;
        IPropertySymbol? navigation = Navigations.PropertyOf(Operations.Unwrap(entity).Type, name);
        if (navigation is null || navigations.IsAutoIncluded(navigation) || loaded.Contains(origin.Path.Add(navigation)) || IsConnected(navigation, origin))
            return null;
        bool isPartOfQuery = loaded.Contains(origin.Path)
            && navigations.KindOf(navigation, query.SessionType) != NavigationKind.None
            && Operations.RootSymbol(entity) is { } element
            && iteration.Elements.Contains(element, SymbolEqualityComparer.Default);
        return new ExplicitLoad(name, isPartOfQuery ? IncludePlace.Of(origin.Call, origin.Path.Add(navigation), context.Models) : null, StatementOf(call.Operation, iteration));
    }

    /// <summary>A reference counts as loaded as soon as the context has connected it with a row that another query has read.</summary>
    private bool IsConnected(IPropertySymbol navigation, RowOrigin origin) =>
        !Sequences.IsSequence(navigation.Type)
        && Navigations.TargetOf(navigation) is { } target
        && origin.Scopes.Any(scope => scope.Facts.Calls.Any(call => call != origin.Call && !IsExplicitLoad(call) && RelatedRows.MayRead(call, target)));

    private static string? NameOf(IOperation selector)
    {
        if (selector is { ConstantValue: { HasValue: true, Value: string text } })
            return text;
        return selector is IConversionOperation { Operand: IAnonymousFunctionOperation lambda }
            && CalleeBodies.ReturnedValues(lambda.Body) is [var value]
            && Operations.Unwrap(value) is IPropertyReferenceOperation { Instance: IParameterReferenceOperation } property
            ? property.Property.Name
            : null;
    }

    /// <summary>The statement that is the call alone, directly in the loop's block: every pass that comes this far runs it.</summary>
    private static IOperation? StatementOf(IOperation call, Iteration iteration)
    {
        IOperation? statement = call.Parent;
        while (statement is IAwaitOperation or IConversionOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
            statement = statement.Parent;
        return iteration.IsStatement && statement is IExpressionStatementOperation { Parent: IBlockOperation { Parent: var loop } block } && loop == iteration.Operation && block.Operations.Length > 1 ? statement : null;
    }
}
