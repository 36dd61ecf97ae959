using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>Finds the types that a provider has for commands which go to the store together.</summary>
internal sealed class BatchTypes(ModelIndex models)
{
    private readonly SmallTable<ITypeSymbol, (INamedTypeSymbol Batch, INamedTypeSymbol Command)?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// The batch that can be made on a connection, and the command that goes into it; null where the type of the connection does not say that its
    /// provider has them, as the base class of all connections does not.
    /// </summary>
    public (INamedTypeSymbol Batch, INamedTypeSymbol Command)? Of(ITypeSymbol? connection) => connection is null ? null : _known.GetOrAdd(connection, Find);

    private (INamedTypeSymbol, INamedTypeSymbol)? Find(ITypeSymbol connection)
    {
        for (ITypeSymbol? type = connection; type is not null; type = type.BaseType)
        {
            if (models.Of(type)?.Has(TypeTraits.Session) != true || type.ContainingNamespace is not { } space)
                return null;
            INamedTypeSymbol? batch = null;
            INamedTypeSymbol? command = null;
            foreach (INamedTypeSymbol candidate in space.GetTypeMembers())
            {
                if (candidate is not { IsAbstract: false, TypeKind: TypeKind.Class, DeclaredAccessibility: Accessibility.Public } || models.Of(candidate) is not { } model)
                    continue;
                if (model.Has(TypeTraits.Batch) && candidate.InstanceConstructors.Any(constructor => IsPublic(constructor) && Takes(constructor, ParameterRole.Connection, type)))
                    batch = candidate;
                else if (model.Has(TypeTraits.Batched) && candidate.InstanceConstructors.Any(constructor => IsPublic(constructor) && TakesText(constructor)))
                    command = candidate;
            }

            if (batch is not null && command is not null)
                return (batch, command);
        }

        return null;
    }

    private static bool IsPublic(IMethodSymbol constructor) => constructor.DeclaredAccessibility == Accessibility.Public;

    private bool Takes(IMethodSymbol constructor, ParameterRole role, ITypeSymbol type) =>
        models.Of(constructor) is { } model && constructor.Parameters is [{ } first, ..] && model.Plays(first.Name, role) && SymbolEqualityComparer.Default.Equals(first.Type, type);

    private bool TakesText(IMethodSymbol constructor) =>
        constructor.Parameters is [{ Type.SpecialType: SpecialType.System_String } text, .. var others] && models.Of(constructor)?.Plays(text.Name, ParameterRole.Sql) == true && others.All(static other => other.IsOptional);
}
