using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>
/// Which parameters, fields and properties take SQL: those whose attribute says so, and parameters of this compilation's methods that are passed on as SQL.
/// </summary>
internal sealed class SqlReceivers(CompilationContext context, MemberBodies bodies)
{
    private const int MaxDepth = 4;

    private readonly SmallTable<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether what is handed over is SQL.</summary>
    /// <param name="declared">The parameter, field or property.</param>
    /// <param name="site">The call that hands the text over.</param>
    /// <param name="text">The text; one that does not start as SQL does is not followed into other code.</param>
    /// <param name="body">The body that hands it over.</param>
    public bool TakesSql(ISymbol declared, IOperation site, IOperation text, BodyFacts body)
    {
        ISymbol definition = declared.OriginalDefinition;
        if (_known.TryGetValue(definition, out bool known))
            return known;
        if (IsMarked(definition))
            return _known.GetOrAdd(definition, true);
        return declared is IParameterSymbol parameter
            && site is IInvocationOperation or IObjectCreationOperation
            && body.TextsOf(text, isFull: false).Any(static found => SqlWords.StartsAsSql(found.Script!.Text.Joined))
            && _known.GetOrAdd(definition, PassesOn(parameter, 0));
    }

    /// <summary>Whether <c>[StringSyntax]</c> names SQL.</summary>
    private static bool IsMarked(ISymbol declared)
    {
        foreach (AttributeData attribute in declared.GetAttributes())
        {
            if (attribute is { AttributeClass.Name: "StringSyntaxAttribute", ConstructorArguments: [{ Value: string syntax }, ..] } && syntax.Equals("sql", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether the body of a parameter's method sends it, unchanged, as SQL.</summary>
    private bool PassesOn(IParameterSymbol parameter, int depth)
    {
        IParameterSymbol definition = parameter.OriginalDefinition;
        if (depth >= MaxDepth || definition.ContainingSymbol is not IMethodSymbol method || context.Models.Of(method) is not null)
            return false;
        if (method.IsAbstract)
            return context.Own.Contains(method) && definition.Name.Equals("sql", StringComparison.OrdinalIgnoreCase);
        if (CalleeBodies.MayRunOverride(method) || bodies.Of(method) is not { } body)
            return false;
        return body.Roots.Any(root => Operations.Any(root, operation => IsSent(operation, definition, body.Origins, depth)));
    }

    private bool IsSent(IOperation operation, IParameterSymbol parameter, Origins origins, int depth)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } assignment when Is(assignment.Value):
                return context.Models.Of(property)?.Plays("return", ParameterRole.Sql) == true;
            case IArgumentOperation { Parameter: { } taken } argument when Is(argument.Value):
                return (argument.Parent switch
                {
                    IInvocationOperation call => context.Models.Of(call.TargetMethod),
                    IObjectCreationOperation { Constructor: { } constructor } => context.Models.Of(constructor),
                    _ => null,
                }) is { } model
                    ? model.Plays(taken.Name, ParameterRole.Sql)
                    : IsFirstTextOfCommand(argument) || PassesOn(taken, depth + 1);
            default:
                return false;
        }

        bool Is(IOperation value) => origins.Resolve(value) is IParameterReferenceOperation { Parameter: var read } && SymbolEqualityComparer.Default.Equals(read, parameter);
    }

    private bool IsFirstTextOfCommand(IArgumentOperation argument) =>
        argument.Parent is IObjectCreationOperation { Type: { } type } && context.Models.Of(type)?.Has(TypeTraits.Command) == true;
}
