using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Models;

/// <summary>The names by which code may talk to a store, as the rows of types say that a compilation has: a filter for syntax, before anything is bound.</summary>
internal sealed class EffectNames
{
    private const DbEffect Direct = DbEffect.RoundTrip | DbEffect.Writes | DbEffect.WritesBySql | DbEffect.Saves
        | DbEffect.Begins | DbEffect.Commits | DbEffect.RollsBack | DbEffect.Dispatches;

    public EffectNames(Compilation compilation, ModelSet models)
    {
        foreach (TypeRow type in models.Layers.SelectMany(static layer => layer.Files).SelectMany(static file => file.Types))
        {
            if (compilation.GetTypesByMetadataName(type.Model.Name).IsEmpty)
                continue;
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
                if (member.Has(DbEffect.Enumerates))
                    Enumerators.Add(name);
                if (member.Has(DbEffect.QueryRoot))
                    Queries.Add(name);
            }
        }
    }

    /// <summary>Members that send commands, hand requests to handlers, or return what somebody must release.</summary>
    public HashSet<string> Effects { get; } = new(StringComparer.Ordinal);

    /// <summary>Members that send a command when what they go over is a query.</summary>
    public HashSet<string> Enumerators { get; } = new(StringComparer.Ordinal);

    /// <summary>Types that are queries, and members that start one.</summary>
    public HashSet<string> Queries { get; } = new(StringComparer.Ordinal) { "IQueryable", "IOrderedQueryable" };

    /// <summary>Types whose objects somebody must release.</summary>
    public HashSet<string> Resources { get; } = new(StringComparer.Ordinal);

    private static string SimpleName(string metadataName) => metadataName.Substring(metadataName.LastIndexOfAny(['.', '+']) + 1).Split('`')[0];
}
