using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds the writes of a loop that one call can do for all elements.</summary>
internal sealed class WritesForAll(CompilationContext context)
{
    /// <summary>How one call does what the loop does; null when it could write other rows, or when that is not known.</summary>
    public WriteForAll? Of(DbCall call, Iteration iteration)
    {
        if (!iteration.IsStatement
            || iteration is not { Operation: IForEachLoopOperation { IsAsynchronous: false, Syntax: ForEachStatementSyntax } loop, Elements: [ILocalSymbol element] }
            || !LoopEntry.HasRoom(loop)
            || OnlyStatement(loop.Body) is not IExpressionStatementOperation statement
            || Operations.ResultOf(call.Operation) is not { } result
            || WithoutConversion(statement.Operation) != result
            || call.Invocation is not { } write)
        {
            return null;
        }

        if (call.Query is not null)
            return KeyOf(call, iteration, result, write) is { } key ? new WriteForAll { Loop = loop, Statement = statement, Key = key } : null;
        if (call.Model is not { Parameters: var roles } || !roles.ContainsKey(ParameterRole.Values) || !TakesSequences(call))
            return null;
        IOperation? values = call.Argument(ParameterRole.Values);
        if (values is null || !IsSequenceOf(loop, element) || !OthersAreSame(call, iteration, write, values, loop))
            return null;
        IOperation plain = WithoutConversion(values);
        bool isElement = SymbolEqualityComparer.Default.Equals(Operations.Referenced(plain), element);
        if (!isElement && !(plain is IAnonymousObjectCreationOperation or IObjectCreationOperation && IsOfElement(plain, loop, element)))
            return null;
        return new WriteForAll { Loop = loop, Statement = statement, Values = plain, IsElement = isElement };
    }

    /// <summary>An extension of a connection takes any object for its values, so that a sequence runs the statement for each of them.</summary>
    private static bool TakesSequences(DbCall call) =>
        call.Invocation is { } write
        && call.Argument(ParameterRole.Connection) is not null
        && write.Arguments.Any(argument => argument.Value == call.Argument(ParameterRole.Values) && argument.Parameter?.Type.SpecialType == SpecialType.System_Object)
        && call.Model?.Has(DbEffect.Reads) != true;

    private static IOperation? OnlyStatement(IOperation body) => body is IBlockOperation block ? block.Operations is [var only] ? only : null : body;

    private static IOperation WithoutConversion(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        return operation;
    }

    /// <summary>Whether the loop's source is a sequence in memory of the variable's type, which is never null.</summary>
    private bool IsSequenceOf(IForEachLoopOperation loop, ILocalSymbol element)
    {
        ITypeSymbol? source = WithoutConversion(loop.Collection).Type;
        return loop.SemanticModel?.GetForEachStatementInfo((ForEachStatementSyntax)loop.Syntax) is { ElementConversion.IsIdentity: true, ElementType.NullableAnnotation: not NullableAnnotation.Annotated }
            && source is not null
            && source.NullableAnnotation != NullableAnnotation.Annotated
            && !context.Types.IsQueryable(source)
            && (source is IArrayTypeSymbol { Rank: 1 } || Sequences.IsSequence(source))
            && element.Type is { Name: not "KeyValuePair", IsRefLikeType: false };
    }

    private static bool OthersAreSame(DbCall call, Iteration iteration, IInvocationOperation write, IOperation values, IForEachLoopOperation loop)
    {
        Variance variance = call.Body.VarianceOf(iteration);
        IOperation? session = call.Argument(ParameterRole.Connection);
        return write.Arguments.All(argument => argument.Value == values
            || (LoopEntry.ExistsBefore(loop, argument.Value)
                && (argument.Value == session ? !LoopEntry.IsAssignedIn(loop, session, call.Body.Origins) : variance.Of(argument.Value) == Dependence.Invariant)));
    }

    /// <summary>Whether an expression can stand in a lambda over the element: nothing in it waits, assigns or needs another local of the loop.</summary>
    private static bool IsOfElement(IOperation values, IForEachLoopOperation loop, ILocalSymbol element) => !Operations.Any(values, part => part switch
    {
        ILocalReferenceOperation { Local: var local } => local.IsRef
            || (Operations.IsDeclaredInside(local, loop) && !Operations.IsDeclaredInside(local, values) && !SymbolEqualityComparer.Default.Equals(local, element)),
        IParameterReferenceOperation { Parameter.RefKind: not RefKind.None } => true,
        ISimpleAssignmentOperation { Parent: IAnonymousObjectCreationOperation or IObjectOrCollectionInitializerOperation } => false,
        IAssignmentOperation or IIncrementOrDecrementOperation or IAwaitOperation or IDeclarationExpressionOperation or IPatternOperation or IInvalidOperation => true,
        _ => false,
    }, insideExpressionTrees: true);

    /// <summary>A query that selects its rows by a key of the element, and sets values that no row decides.</summary>
    private KeyLookup? KeyOf(DbCall call, Iteration iteration, IOperation result, IInvocationOperation write)
    {
        if (call.Query is not { Kind: QueryRootKind.Store, Entity: { } row } query
            || KeyLookupLoop.Of(call, iteration, context.Types) is not { } loop
            || !Operations.IsInside(query.Root, call.Operation)
            || !loop.HasBefore(query.Root)
            || call.Body.IterationsAround(loop.Loop).Any(static around => around.Nature == Exemption.None)
            || !query.Steps.All(use => use.Step is QueryStep.Where or QueryStep.Options && !use.IsConditional && Operations.IsInside(use.Call, call.Operation)))
        {
            return null;
        }

        IOperation[] filters = [.. query.Steps.SelectMany(use => use.Call.Arguments.Where(argument => argument.Value != Operations.Receiver(use.Call))).Select(argument => argument.Value)];
        KeyPredicate?[] predicates = [.. filters.Select(filter => KeyPredicate.Find(filter, loop))];
        bool othersAreSame = filters.Where((_, index) => predicates[index] is null).All(loop.IsSame)
            && write.Arguments.Where(argument => argument.Value != Operations.Receiver(write) && argument.ArgumentKind != ArgumentKind.DefaultValue).All(argument => IsSame(argument.Value, loop) && !SetsByRow(argument.Value));
        if (!othersAreSame || filters.Any(AsksOtherRows) || predicates.Where(static predicate => predicate is not null).ToArray() is not [{ } key])
            return null;
        return new KeyLookup
        {
            Call = call,
            Shape = KeyLookupShape.Many,
            Loop = loop.Loop,
            Element = loop.Element,
            Source = loop.Source,
            Result = result,
            Key = key.Key,
            KeyOfElement = key.KeyOfElement,
            Member = key.Member.Name,
            IsUnique = false,
            Row = row,
            Condition = key.Condition,
        };
    }

    /// <summary>Whether what an argument takes from outside its own lambdas is the same in every pass.</summary>
    private static bool IsSame(IOperation argument, KeyLookupLoop loop)
    {
        return !Operations.Any(argument, Hinders, insideExpressionTrees: true);

        bool Hinders(IOperation part) => part switch
        {
            ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IInvocationOperation => !IsOfLambda(part) && !loop.IsSame(part),
            IAssignmentOperation or IInvalidOperation => true,
            _ => false,
        };

        bool IsOfLambda(IOperation part) => Operations.RootSymbol(part) is IParameterSymbol parameter && Operations.IsDeclaredInside(parameter, argument);
    }

    /// <summary>The rows of another query decide, which an earlier pass may have changed.</summary>
    private static bool AsksOtherRows(IOperation filter) => Operations.Any(filter, static part => part is IInvocationOperation, insideExpressionTrees: true);

    /// <summary>A value is made from the row's old one: a row that two elements name would change twice.</summary>
    private static bool SetsByRow(IOperation setters) => Operations.Any(
        setters,
        static part => part is IInvocationOperation { Arguments: [_, { Value: { } value }] } && HasLambda(value),
        insideExpressionTrees: true);

    private static bool HasLambda(IOperation value) => Operations.Any(value, static part => part is IAnonymousFunctionOperation, insideExpressionTrees: true);
}
