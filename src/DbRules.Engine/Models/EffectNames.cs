using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Models;

/// <summary>The names by which code may talk to a store, as the rows of types say that a compilation has: a filter for syntax, before anything is bound.</summary>
internal sealed class EffectNames
{
    private const DbEffect Direct = DbEffect.RoundTrip | DbEffect.Writes | DbEffect.WritesBySql | DbEffect.Saves
        | DbEffect.Begins | DbEffect.Commits | DbEffect.RollsBack | DbEffect.Dispatches;

    private static readonly ParameterRole[] DelegateRoles = [ParameterRole.PerElement, ParameterRole.Runs, ParameterRole.OnMiss];

    public EffectNames(Compilation compilation, ModelSet models)
    {
        HashSet<string> references = models.ReferencedBy(compilation);
        ModelLayer ours = models.Layers[models.Layers.Length - 1];
        foreach (ModelLayer layer in models.Layers)
        {
            foreach (ModelFile file in layer.Files)
            {
                // Asking for types costs more than reading names: of our files those about libraries are asked for assemblies, and what the framework has is there.
                bool isLibrary = layer == ours && file.Types.Any(static type => type.Assemblies.Length > 0);
                if (isLibrary && file.IsOutOfSight(references))
                    continue;
                foreach (TypeRow type in file.Types)
                {
                    if (isLibrary || (layer == ours && !Dispatches(type)) || compilation.GetTypesByMetadataName(type.Model.Name).Length > 0)
                        Add(type);
                }
            }
        }

        // A name that also enumerates collections in memory says nothing without a query beside it.
        Effects.ExceptWith(Enumerators);
    }

    private void Add(TypeRow type)
    {
        string simpleName = SimpleName(type.Model.Name);
        if (type.Model.Has(TypeTraits.Query))
            Queries.Add(simpleName);
        if (type.Model.IsResource)
            Resources.Add(simpleName);
        foreach (MemberModel member in type.Rows.SelectMany(static row => row.Members).Select(static member => member.Model))
        {
            string name = member.Name == ModelWords.Constructor ? simpleName : member.Name;
            if ((member.Effect & Direct) != 0 || member.Plays(ModelWords.Result, ParameterRole.Acquires))
                Effects.Add(name);
            if (member.Has(DbEffect.Outside))
                Outside.Add(name);
            if (member.Has(DbEffect.Enumerates))
                Enumerators.Add(name);
            if (member.Has(DbEffect.QueryRoot))
                Queries.Add(name);
            if (DelegateRoles.Any(role => !member.ParametersOf(role).IsEmpty))
                Runners.Add(name);
        }
    }

    /// <summary>Members that send commands, hand requests to handlers, or return what somebody must release.</summary>
    public HashSet<string> Effects { get; } = new(StringComparer.Ordinal);

    /// <summary>Members that send a command when what they go over is a query.</summary>
    public HashSet<string> Enumerators { get; } = new(StringComparer.Ordinal);

    /// <summary>Types that are queries, and members that start one.</summary>
    public HashSet<string> Queries { get; } = new(StringComparer.Ordinal) { "IQueryable", "IOrderedQueryable" };

    /// <summary>Members that work on something other than a store.</summary>
    public HashSet<string> Outside { get; } = new(StringComparer.Ordinal);

    /// <summary>Members that run delegates that they are given.</summary>
    public HashSet<string> Runners { get; } = new(StringComparer.Ordinal);

    /// <summary>Types whose objects somebody must release.</summary>
    public HashSet<string> Resources { get; } = new(StringComparer.Ordinal);

    private static bool Dispatches(TypeRow type) => type.Rows.Any(static row => row.Members.Any(static member => member.Model.Has(DbEffect.Dispatches)));

    private static string SimpleName(string metadataName) => metadataName.Substring(metadataName.LastIndexOfAny(['.', '+']) + 1).Split('`')[0];
}
