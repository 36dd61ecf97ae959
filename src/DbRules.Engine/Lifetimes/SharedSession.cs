using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Lifetimes;

/// <summary>A connection or context that is not made for many callers, and that all callers share.</summary>
/// <param name="Name">The static member that holds it, or the type that is registered.</param>
/// <param name="Kind">Whether it is a connection or a context.</param>
/// <param name="Location">Where it is put there, or registered.</param>
public sealed record SharedSession(string Name, ResourceKind Kind, Location Location)
{
    /// <summary>Whether a static member holds it; otherwise an object of which the application has one.</summary>
    public bool IsStatic { get; init; }

    /// <summary>The constructor parameter by which the registered type holds it, or an object that does; null where the registered object is itself the connection or context.</summary>
    public IParameterSymbol? Captured { get; init; }
}
