using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Models;

/// <summary>Finds the row of one layer that speaks about a method or property: its own, or that of what it overrides, implements or hides.</summary>
internal readonly struct MemberResolution(ModelLayer layer, IAssemblySymbol ownAssembly)
{
    public MemberModel? Find(ISymbol member) => Stated(member) ?? Implemented(member) ?? Hidden(member);

    private MemberModel? Stated(ISymbol member)
    {
        for (var current = member; current is not null; current = Overridden(current))
        {
            if (Row(current) is { } row)
                return row;
        }

        return null;
    }

    private MemberModel? Implemented(ISymbol member)
    {
        foreach (var contract in ExplicitContracts(member))
        {
            if (Row(contract) is { } row)
                return row;
        }

        var type = member.ContainingType;
        foreach (var contract in type.AllInterfaces)
        {
            if (layer.Find(contract.OriginalDefinition)?.Member(member.MetadataName) is { } row
                && PromisesImplemented(contract, member, type))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>
    /// A member that hides one of an <c>and-derived</c> type, as providers do to return their own types. Other assemblies may also
    /// overload it, and the name is enough; in the compilation's own assembly the body is at hand, so that only real hiding counts.
    /// </summary>
    private MemberModel? Hidden(ISymbol member)
    {
        if (member.IsStatic || member is IMethodSymbol { MethodKind: MethodKind.Constructor })
            return null;
        var isForeign = !SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, ownAssembly);
        for (var type = member.ContainingType.BaseType; type is not null; type = type.BaseType)
        {
            if (HiddenIn(type, member, isForeign) is { } row)
                return row;
        }

        foreach (var type in member.ContainingType.AllInterfaces)
        {
            if (HiddenIn(type, member, isForeign) is { } row)
                return row;
        }

        return null;
    }

    private MemberModel? HiddenIn(INamedTypeSymbol type, ISymbol member, bool isForeign) =>
        layer.Find(type.OriginalDefinition) is { Model.AndDerived: true } known
        && known.Member(member.MetadataName) is { } row
        && (isForeign || HidesOneOf(type, member))
            ? row
            : null;

    // The two that follow are methods of their own: a lambda here would allocate for each base type of each member that is asked about.
    private static bool PromisesImplemented(INamedTypeSymbol contract, ISymbol member, INamedTypeSymbol type) =>
        contract.GetMembers().Any(promised => IsImplementedBy(member, promised, type));

    private static bool HidesOneOf(INamedTypeSymbol type, ISymbol member) =>
        type.GetMembers(member.Name).Any(hidden => HasSameParameters(hidden, member));

    private MemberModel? Row(ISymbol member) => layer.Find(Home(member).OriginalDefinition)?.Member(member.MetadataName);

    /// <summary>The type whose rows name a member: for a member of an <c>extension</c> block the static class around it.</summary>
    private static INamedTypeSymbol Home(ISymbol member) =>
        member.ContainingType is { TypeKind: TypeKind.Extension, ContainingType: { } outer } ? outer : member.ContainingType;

    private static bool IsImplementedBy(ISymbol member, ISymbol promised, INamedTypeSymbol type)
    {
        if (promised.MetadataName != member.MetadataName || type.FindImplementationForInterfaceMember(promised) is not { } implementation)
            return false;
        for (var current = member; current is not null; current = Overridden(current))
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, implementation.OriginalDefinition))
                return true;
        }

        return false;
    }

    private static bool HasSameParameters(ISymbol left, ISymbol right)
    {
        var (ours, theirs) = (Parameters(left), Parameters(right));
        return ours.Length == theirs.Length
            && ours.Zip(theirs, (one, other) => SymbolEqualityComparer.Default.Equals(one.Type.OriginalDefinition, other.Type.OriginalDefinition)).All(same => same);
    }

    private static ImmutableArray<IParameterSymbol> Parameters(ISymbol member) => member switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        _ => [],
    };

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod?.OriginalDefinition,
        IPropertySymbol property => property.OverriddenProperty?.OriginalDefinition,
        _ => null,
    };

    private static IEnumerable<ISymbol> ExplicitContracts(ISymbol member) => member switch
    {
        IMethodSymbol method => method.ExplicitInterfaceImplementations,
        IPropertySymbol property => property.ExplicitInterfaceImplementations,
        _ => [],
    };
}
