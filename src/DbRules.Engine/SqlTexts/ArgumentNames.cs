using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Says which names an argument gives values to: the members of an object, what was added to a bag of values, or parameter objects.</summary>
internal sealed class ArgumentNames(ModelIndex models, BodyFacts body)
{
    /// <summary>The names that an object of values gives; null when that is not known.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="send">The call that takes it.</param>
    public GivenParameters? Of(IOperation argument, IOperation send)
    {
        IOperation value = body.Origins.Resolve(argument);
        if (value is IDefaultValueOperation || value is { ConstantValue: { HasValue: true, Value: null } })
            return new GivenParameters([], isAll: true);
        if (value is IArrayCreationOperation or ICollectionExpressionOperation && value.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object })
            return OfList(value);
        ITypeSymbol? type = value.Type is { } own && Sequences.IsSequence(own) && own.SpecialType != SpecialType.System_String ? Sequences.ElementType(own) : value.Type;
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsTupleType: false, SpecialType: SpecialType.None } row || ScalarTypes.IsScalar(row) || row.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return null;
        if (IsBag(row))
            return SymbolEqualityComparer.Default.Equals(row, value.Type) ? OfBag(argument, value, send) : null;
        if (row.AllInterfaces.Any(static parent => parent.SpecialType == SpecialType.System_Collections_IEnumerable || parent.Name.EndsWith("Parameters", StringComparison.Ordinal) || parent.Name.EndsWith("Parameter", StringComparison.Ordinal)))
            return null;
        // What a variable of a class holds may be of a type that derives from it.
        bool isAll = row.IsAnonymousType || row.IsSealed || row.IsValueType || (value is IObjectCreationOperation && SymbolEqualityComparer.Default.Equals(row, value.Type));
        return new GivenParameters(MembersOf(row), isAll);
    }

    /// <summary>The names of parameter objects in a list of values, and of plain values among them; null when that is not known.</summary>
    public GivenParameters? OfList(IOperation? argument)
    {
        if (argument is null || ElementsOf(body.Origins.Resolve(argument)) is not { } elements)
            return null;
        var names = new List<string>();
        for (int i = 0; i < elements.Count; i++)
        {
            IOperation value = body.Origins.Resolve(elements[i]);
            if (ScalarTypes.IsScalar(value.Type))
                names.Add("p" + i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            else if (NameOfParameter(value) is { } name)
                names.Add(name);
            else
                return null;
        }

        return new GivenParameters(names, isAll: true);
    }

    /// <summary>The elements that code lists; null where it does not.</summary>
    public static IReadOnlyList<IOperation>? ElementsOf(IOperation list) => list switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: 0 } }] } => [],
        ICollectionExpressionOperation collection when !collection.Elements.Any(static element => element is ISpreadOperation) => collection.Elements,
        _ => null,
    };

    /// <summary>The name that a parameter object is given where it is made, or by one assignment each; null when that is not known.</summary>
    public string? NameOfParameter(IOperation parameter)
    {
        IOperation made = body.Origins.Resolve(parameter);
        if (made is IObjectCreationOperation creation)
        {
            if (NameAmong(creation.Arguments) is { } stated)
                return stated;
            foreach (IOperation initializer in creation.Initializer?.Initializers ?? [])
            {
                if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var property }, Value: var value } && IsNameOfParameter(property))
                    return Text(value);
            }
        }

        if (Operations.Referenced(parameter) is not ILocalSymbol local)
            return null;
        Assignment[] named = [.. body.Origins.OfMembers(local).Where(static assignment => assignment.Site is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var property } } && IsNameOfParameter(property))];
        return named is [{ Value: { } only }] ? Text(only) : null;
    }

    /// <summary>The constant given for a parameter that is called a name; null when there is none.</summary>
    public static string? NameAmong(IEnumerable<IArgumentOperation> arguments) => arguments
        .Where(static argument => argument.Parameter is { Type.SpecialType: SpecialType.System_String, Name: var name } && IsNameOfParameter(name))
        .Select(static argument => Text(argument.Value))
        .FirstOrDefault(static name => name is not null);

    private static bool IsNameOfParameter(string name) => name.Equals("parameterName", StringComparison.OrdinalIgnoreCase) || name is "name";

    private static string? Text(IOperation value) => value.ConstantValue is { HasValue: true, Value: string { Length: > 0 } name } ? SqlNames.ParameterName(name) : null;

    private static IEnumerable<string> MembersOf(INamedTypeSymbol row)
    {
        for (INamedTypeSymbol? type = row; type is not null && type.SpecialType == SpecialType.None; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod: not null } or IFieldSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public })
                    yield return member.Name;
            }
        }
    }

    /// <summary>A type of a library that values are added to by their names.</summary>
    private static bool IsBag(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.IsEmpty && !type.IsAnonymousType && type.GetMembers("Add").OfType<IMethodSymbol>().Any(static add => add.Parameters is [{ Type.SpecialType: SpecialType.System_String, Name: var name }, ..] && IsNameOfParameter(name));

    /// <summary>The names that this body adds to a bag that it makes; null where others may add to it.</summary>
    private GivenParameters? OfBag(IOperation argument, IOperation made, IOperation send)
    {
        if (made is not IObjectCreationOperation { Initializer: null } creation)
            return null;
        var names = new List<string>();
        foreach (IArgumentOperation template in creation.Arguments)
        {
            if (Of(template.Value, send) is not { IsAll: true } given)
                return null;
            names.AddRange(given.Names);
        }

        if (Operations.Unwrap(argument) == made)
            return new GivenParameters(names, isAll: true);
        if (Operations.Referenced(argument) is not ILocalSymbol local)
            return null;
        return body.Origins.MentionsOf(local).All(mention => TryReadUse(mention, send, names)) ? new GivenParameters(names, isAll: true) : null;
    }

    private bool TryReadUse(IOperation reference, IOperation send, List<string> names)
    {
        switch (reference.Parent)
        {
            case IInvocationOperation call when call.Instance == reference && call.TargetMethod.DeclaringSyntaxReferences.IsEmpty:
                if (!call.TargetMethod.Name.StartsWith("Add", StringComparison.Ordinal))
                    return true;
                if (NameAmong(call.Arguments) is { } name)
                {
                    names.Add(name);
                    return true;
                }

                if (call.Arguments is not [{ Value: var template }] || Of(template, send) is not { IsAll: true } given)
                    return false;
                names.AddRange(given.Names);
                return true;
            case IPropertyReferenceOperation:
                return true;
            default:
                // The call that is asked about, and others that a row describes: none of them adds a value of its own.
                IOperation? current = reference.Parent;
                while (current is IConversionOperation or IArgumentOperation)
                    current = current.Parent;
                return current is IInvocationOperation taker && (taker == send || models.Of(taker.TargetMethod) is not null);
        }
    }
}
