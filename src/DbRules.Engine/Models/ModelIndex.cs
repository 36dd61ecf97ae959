using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Models;

/// <summary>The rows of one compilation, resolved to symbols as they are asked for and remembered. Thread-safe.</summary>
public sealed class ModelIndex
{
    /// <summary>Whether this compilation sees a library that sends commands to a store.</summary>
    public bool SeesDatabaseLibrary => throw new NotImplementedException();

    /// <summary>A cheap first filter: whether any row names a member so.</summary>
    public bool MayModel(string memberName) => throw new NotImplementedException();

    /// <summary>
    /// The row for a method: its own type's, or that of the member it overrides, implements or (for <c>and-derived</c> rows) hides.
    /// Reduced extension methods and constructed generics are followed to their definition. Null when no row speaks.
    /// </summary>
    public MemberModel? Of(IMethodSymbol method) => throw new NotImplementedException();

    /// <summary>The row for a property. Null when no row speaks.</summary>
    public MemberModel? Of(IPropertySymbol property) => throw new NotImplementedException();

    /// <summary>The row for a type, a base type or an interface of it (<c>and-derived</c>). Null when no row speaks.</summary>
    public TypeModel? Of(ITypeSymbol type) => throw new NotImplementedException();
}
