using System.Collections.Immutable;

namespace DbRules.Engine.Models;

/// <summary>What one member group of a library does, as one row of a <c>.dbmodel</c> file states it.</summary>
public sealed class MemberModel
{
    private readonly ParameterRoles _roles;

    internal MemberModel(string library, string typeName, string name, DbEffect effect, RowCount rows, QueryStep step,
        bool hasAsyncTwin, ParameterRoles roles)
    {
        Library = library;
        TypeName = typeName;
        Name = name;
        Effect = effect;
        Rows = rows;
        Step = step;
        HasAsyncTwin = hasAsyncTwin;
        _roles = roles;
    }

    /// <summary>The name that the file's <c>library</c> line gives, such as <c>EF Core</c>.</summary>
    public string Library { get; }

    /// <summary>The metadata name of the type that the row stands under.</summary>
    public string TypeName { get; }

    /// <summary>The member's own name, brackets expanded.</summary>
    public string Name { get; }

    public DbEffect Effect { get; }

    public RowCount Rows { get; }

    public QueryStep Step { get; }

    /// <summary>Whether the row states that a member of the same name with <c>Async</c> behind it, or without it, does the same.</summary>
    public bool HasAsyncTwin { get; }

    /// <summary>
    /// Parameter names by role, the first where a role has several. <c>this</c> and <c>return</c> stand for the receiver and the result.
    /// A row speaks for all overloads of its members, so an overload need not have every parameter.
    /// </summary>
    public ImmutableDictionary<ParameterRole, string> Parameters => _roles.First;

    /// <summary>All parameter names of a role; empty when the row gives it to none.</summary>
    public ImmutableArray<string> ParametersOf(ParameterRole role) => _roles.Of(role);

    /// <summary>Whether a parameter (or <c>this</c>, <c>return</c>) has a role.</summary>
    public bool Plays(string parameter, ParameterRole role) => ParametersOf(role).Contains(parameter);

    public bool Has(DbEffect effect) => (Effect & effect) == effect;

    public override string ToString() => $"{TypeName}.{Name}";
}
