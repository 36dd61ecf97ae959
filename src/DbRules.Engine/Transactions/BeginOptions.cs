using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>What the options that a transaction is begun with say, as the rows of their enums describe them.</summary>
internal sealed class BeginOptions(ModelIndex models)
{
    /// <summary>The argument whose enum has a member with an effect; null when the overload takes none, or leaves it to its default.</summary>
    public IArgumentOperation? Argument(IEnumerable<IArgumentOperation> arguments, DbEffect effect) =>
        arguments.FirstOrDefault(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && Member(argument.Parameter?.Type, effect) is not null);

    /// <summary>The member of an enum that has an effect; null for any other type, and for an enum without one.</summary>
    public IFieldSymbol? Member(ITypeSymbol? type, DbEffect effect) =>
        type?.TypeKind == TypeKind.Enum ? type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(member => Has(member, effect)) : null;

    /// <summary>The member of an enum that an expression surely is; null when the code does not show it.</summary>
    public static IFieldSymbol? Constant(IOperation value) =>
        value is { ConstantValue: { HasValue: true, Value: { } constant }, Type: { TypeKind: TypeKind.Enum } type } ? WithValue(type, constant) : null;

    /// <summary>Whether an enum's member has an effect.</summary>
    public bool Has(IFieldSymbol? member, DbEffect effect) => member is not null && models.Of(member)?.Has(effect) == true;

    /// <summary>Whether a scope may, or surely does, take part in no transaction.</summary>
    public bool MaySuspend(IObjectCreationOperation scope) =>
        Argument(scope.Arguments, DbEffect.Suspends) is { } option && (Constant(option.Value) is not { } member || Has(member, DbEffect.Suspends));

    /// <summary>
    /// The isolation level that an object of options holds; null when the code does not show it. A level that is not set is the first of its enum.
    /// </summary>
    public IFieldSymbol? LevelIn(IOperation options, Origins origins)
    {
        IPropertySymbol? property = options.Type?.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => Member(property.Type, DbEffect.FailsOnConflict) is not null);
        if (property is null)
            return null;
        IOperation made = origins.Resolve(options);
        if (made is not (IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true }))
            return null;
        List<IOperation> values = [];
        if (made is IObjectCreationOperation { Initializer: { } initializer })
            values.AddRange(initializer.Initializers.OfType<ISimpleAssignmentOperation>().Where(assignment => IsTarget(assignment.Target, property)).Select(assignment => assignment.Value));
        if (Operations.Unwrap(options) is ILocalReferenceOperation { Local: var local })
            values.AddRange(origins.OfMembers(local).Where(assignment => assignment.Site is ISimpleAssignmentOperation { Target: var target } && IsTarget(target, property)).Select(assignment => assignment.Value!));
        return values switch
        {
            [] => WithValue(property.Type, 0),
            [var value] => Constant(origins.Resolve(value)),
            _ => null,
        };
    }

    private static bool IsTarget(IOperation target, IPropertySymbol property) =>
        target is IPropertyReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Property, property);

    private static IFieldSymbol? WithValue(ITypeSymbol type, object constant) =>
        type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(member => member.HasConstantValue && Equals(member.ConstantValue, constant));
}
