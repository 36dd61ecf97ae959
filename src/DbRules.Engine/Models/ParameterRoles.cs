using System.Collections.Immutable;

namespace DbRules.Engine.Models;

/// <summary>The parameter names of a row by role. Members of one row share them.</summary>
internal sealed class ParameterRoles
{
    private readonly ImmutableArray<string>[] _names;
    private ImmutableDictionary<ParameterRole, string>? _first;

    /// <param name="names">The names at the number of their role; null where the row gives a role to none.</param>
    internal ParameterRoles(List<string>?[] names)
    {
        _names = new ImmutableArray<string>[names.Length];
        for (var role = 0; role < names.Length; role++)
            _names[role] = names[role] is { } given ? ImmutableArray.Create(given.ToArray()) : ImmutableArray<string>.Empty;
    }

    /// <summary>The first name of each role that has one.</summary>
    internal ImmutableDictionary<ParameterRole, string> First => _first ??= FirstNames();

    internal ImmutableArray<string> Of(ParameterRole role) => _names[(int)role];

    private ImmutableDictionary<ParameterRole, string> FirstNames()
    {
        var first = ImmutableDictionary.CreateBuilder<ParameterRole, string>();
        for (var role = 0; role < _names.Length; role++)
        {
            if (!_names[role].IsEmpty)
                first.Add((ParameterRole)role, _names[role][0]);
        }

        return first.ToImmutable();
    }
}
