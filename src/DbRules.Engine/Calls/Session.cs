using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>
/// The context or connection that calls go through, as the code names it: the local, parameter or field and the properties that lead to it. Two calls with
/// equal sessions go through the same object, as far as one function is concerned.
/// </summary>
public sealed class Session : IEquatable<Session>
{
    internal Session(ImmutableArray<ISymbol> path, ITypeSymbol? type)
    {
        Path = path;
        Type = type;
    }

    /// <summary>The symbols from the start to the session; empty for the object that the code is part of.</summary>
    public ImmutableArray<ISymbol> Path { get; }

    /// <summary>The static type of the session; null when unknown.</summary>
    public ITypeSymbol? Type { get; }

    /// <summary>Whether it belongs to the object that the code is part of: a field or property of it, a parameter of its constructor, or the object itself.</summary>
    public bool IsOwn => Path.IsEmpty || Path[0] is IFieldSymbol or IPropertySymbol or IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } };

    /// <summary>
    /// Whether it is one that the object is given: held by an instance field or property of it, or by a parameter of its primary constructor, and of a known
    /// type. A container hands the same one to all objects of one request.
    /// </summary>
    public bool IsInjected => Type is not null
        && Path is [IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false }] or [IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }];

    /// <summary>Whether it is one object for all code: held by a static field or property.</summary>
    public bool IsStatic => Path is [{ IsStatic: true }];

    public bool Equals(Session? other) => other is not null && Path.SequenceEqual(other.Path, SymbolEqualityComparer.Default);

    public override bool Equals(object? obj) => Equals(obj as Session);

    public override int GetHashCode() => Path.IsEmpty ? 0 : SymbolEqualityComparer.Default.GetHashCode(Path[Path.Length - 1]);
}
