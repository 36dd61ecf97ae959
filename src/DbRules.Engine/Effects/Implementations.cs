using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>
/// Which members of this compilation, and of projects that it references as source, run for a virtual call or a request. Candidates are
/// found by the names in base lists, so that only they are bound. Thread-safe.
/// </summary>
internal sealed class Implementations
{
    private readonly Compilation _compilation;
    private readonly ModelIndex _models;
    private readonly CalleeBodies _bodies;
    private readonly EditorMemory _memory;
    private readonly Later<Compilation, Dictionary<string, List<DeclaredType>>> _byBase;
    private readonly Later<Implementations, Dictionary<ITypeSymbol, List<IMethodSymbol>>> _handlers;
    private readonly SmallTable<INamedTypeSymbol, ImmutableArray<INamedTypeSymbol>> _families = new(SymbolEqualityComparer.Default);

    public Implementations(CompilationContext context, EditorMemory memory)
    {
        _memory = memory;
        _compilation = memory.Compilation;
        _models = context.Models;
        _bodies = context.Bodies;
        _byBase = new(_compilation, ReadBases);
        _handlers = new(this, static own => own.FindHandlers());
    }

    /// <summary>The definitions of the members that a virtual call may run: one for each class that has its own. Empty when none is in view.</summary>
    /// <param name="member">The definition of the called member.</param>
    /// <param name="receiver">The definition of the type that the call goes through.</param>
    /// <param name="constructed">The containing type as called; implementations for other type arguments do not count. Null when any may run.</param>
    public ImmutableArray<IMethodSymbol> Of(IMethodSymbol member, INamedTypeSymbol receiver, INamedTypeSymbol? constructed)
    {
        if (_memory.Answers is not { } answers || member.GetDocumentationCommentId() is not { } name || receiver.GetDocumentationCommentId() is not { } through)
            return Find(member, receiver, constructed);
        var asked = (name, through, constructed?.ToDisplayString());
        if (answers.Implementations.Of(asked, _compilation) is { } kept && kept.Answer.Select(MethodAt).ToImmutableArray() is var known && !known.Contains(null!))
            return known!;
        ImmutableArray<IMethodSymbol> found = Find(member, receiver, constructed);
        ImmutableArray<DeclaredPlace> places = [.. found.Select(static method => DeclaredPlace.Of(method)).OfType<DeclaredPlace>()];
        // Those of another project are not found again by their place.
        if (places.Length == found.Length && places.All(place => place.IsIn(_compilation)))
            answers.Implementations.Keep(asked, places, [.. places.Select(static place => place.File)]);
        return found;
    }

    private IMethodSymbol? MethodAt(DeclaredPlace place) => place.Declaration is { } declaration ? _bodies.MethodOf(declaration) : null;

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol member, INamedTypeSymbol receiver, INamedTypeSymbol? constructed)
    {
        var found = new List<IMethodSymbol>();
        foreach (INamedTypeSymbol type in FamilyOf(receiver))
        {
            if (type is not { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false })
                continue;
            IMethodSymbol? implementation = member.ContainingType.TypeKind == TypeKind.Interface
                ? InterfaceMember(type, member, constructed)
                : Override(type, member);
            if (implementation?.OriginalDefinition is { IsAbstract: false } definition && !found.Contains(definition, SymbolEqualityComparer.Default))
                found.Add(definition);
        }

        return [.. found];
    }

    /// <summary>The members that handle a request of a type; empty when no handler is in view.</summary>
    public IReadOnlyList<IMethodSymbol> HandlersOf(ITypeSymbol request) => _handlers.Value.TryGetValue(request, out List<IMethodSymbol>? handlers) ? handlers : [];

    /// <summary>The requests that have a handler in view.</summary>
    public IEnumerable<ITypeSymbol> Requests => _handlers.Value.Keys;

    private ImmutableArray<INamedTypeSymbol> FamilyOf(INamedTypeSymbol type) => _families.GetOrAdd(
        type,
        type => [.. (type.TypeKind == TypeKind.Interface ? [] : new[] { type }).Concat(Descendants([type.Name], candidate => IsA(candidate, type)))]);

    /// <summary>The types whose base lists lead to one of the names and that satisfy the condition.</summary>
    private List<INamedTypeSymbol> Descendants(IEnumerable<string> baseNames, Func<INamedTypeSymbol, bool> isMember)
    {
        var found = new List<INamedTypeSymbol>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>(baseNames);
        while (pending.Count > 0)
        {
            if (!_byBase.Value.TryGetValue(pending.Dequeue(), out List<DeclaredType>? candidates))
                continue;
            foreach (DeclaredType candidate in candidates)
            {
                if (!seen.Add(candidate.MetadataName) || candidate.In(_compilation) is not { } type || !isMember(type))
                    continue;
                found.Add(type);
                pending.Enqueue(candidate.Name);
            }
        }

        return found;
    }

    private static bool IsA(INamedTypeSymbol type, INamedTypeSymbol definition)
    {
        if (definition.TypeKind == TypeKind.Interface)
            return type.AllInterfaces.Any(implemented => SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, definition));
        for (INamedTypeSymbol? parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(parent.OriginalDefinition, definition))
                return true;
        }

        return false;
    }

    private static IMethodSymbol? InterfaceMember(INamedTypeSymbol type, IMethodSymbol member, INamedTypeSymbol? constructed)
    {
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, member.ContainingType) || !Agrees(implemented, constructed))
                continue;
            foreach (ISymbol candidate in implemented.GetMembers(member.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, member))
                    return type.FindImplementationForInterfaceMember(candidate) is IMethodSymbol found ? Override(type, found.OriginalDefinition) ?? found : null;
            }
        }

        return null;
    }

    /// <summary>Whether an implemented interface may be the one that is called: equal type arguments, where both are known.</summary>
    private static bool Agrees(INamedTypeSymbol implemented, INamedTypeSymbol? constructed)
    {
        if (constructed is null)
            return true;
        for (int i = 0; i < implemented.TypeArguments.Length; i++)
        {
            ITypeSymbol argument = implemented.TypeArguments[i];
            if (argument is INamedTypeSymbol { IsGenericType: false } && !SymbolEqualityComparer.Default.Equals(argument, constructed.TypeArguments[i]))
                return false;
        }

        return true;
    }

    private static IMethodSymbol? Override(INamedTypeSymbol type, IMethodSymbol member)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol candidate in current.GetMembers(member.Name))
            {
                for (IMethodSymbol? overridden = candidate as IMethodSymbol; overridden is not null; overridden = overridden.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, member))
                        return (IMethodSymbol)candidate;
                }
            }
        }

        return null;
    }

    private Dictionary<ITypeSymbol, List<IMethodSymbol>> FindHandlers()
    {
        var found = new Dictionary<ITypeSymbol, List<IMethodSymbol>>(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol type in Descendants(_models.HandlerNames, type => type.AllInterfaces.Any(Handles)))
        {
            if (type.IsAbstract)
                continue;
            foreach (INamedTypeSymbol implemented in type.AllInterfaces.Where(Handles))
            {
                foreach (IMethodSymbol member in implemented.GetMembers().OfType<IMethodSymbol>())
                {
                    if (type.FindImplementationForInterfaceMember(member) is not IMethodSymbol { IsAbstract: false } handler)
                        continue;
                    if (!found.TryGetValue(implemented.TypeArguments[0], out List<IMethodSymbol>? handlers))
                        found.Add(implemented.TypeArguments[0], handlers = []);
                    handlers.Add(handler.OriginalDefinition);
                }
            }
        }

        return found;
    }

    private bool Handles(INamedTypeSymbol type) => type.TypeArguments.Length > 0 && _models.Of(type)?.Has(TypeTraits.Handles) == true;

    private static Dictionary<string, List<DeclaredType>> ReadBases(Compilation compilation)
    {
        var found = new Dictionary<string, List<DeclaredType>>(StringComparer.Ordinal);
        foreach (DeclaredType type in SourceProjects.ReferencedBy(compilation).Prepend(compilation).SelectMany(DeclaredTypes.In))
        {
            foreach (string name in type.Bases)
            {
                if (!found.TryGetValue(name, out List<DeclaredType>? types))
                    found.Add(name, types = []);
                types.Add(type);
            }
        }

        return found;
    }
}
