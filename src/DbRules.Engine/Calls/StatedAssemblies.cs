using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>The referenced assemblies that state what their members do. Thread-safe.</summary>
internal sealed class StatedAssemblies
{
    private readonly Later<Compilation, ImmutableArray<StatedSummaries>> _all;
    private readonly Later<StatedAssemblies, HashSet<string>> _virtualIds;
    private readonly Later<StatedAssemblies, HashSet<string>> _virtualNames;

    public StatedAssemblies(Compilation compilation)
    {
        _all = new(compilation, static compilation => [.. Find(compilation).Distinct()]);
        _virtualIds = new(this, static own => [.. own.All.SelectMany(static stated => stated.VirtualIds)]);
        _virtualNames = new(this, static own => [.. own._virtualIds.Value.Select(StatedSummaries.NameIn)]);
    }

    /// <summary>What each of them states.</summary>
    public ImmutableArray<StatedSummaries> All => _all.Value;

    /// <summary>Whether a compilation references one.</summary>
    public static bool Any(Compilation compilation) => Find(compilation).Any();

    /// <summary>Whether one of them tells what a member does, or what a virtual call of it runs.</summary>
    /// <param name="member">The definition of a member of a referenced assembly.</param>
    public bool SpeakOf(IMethodSymbol member)
    {
        var own = StatedSummaries.Of(member.ContainingAssembly);
        bool isVirtual = member.IsAbstract || member.IsVirtual || member.IsOverride;
        // An interface of such an assembly is known to be one of the code under analysis, whoever implements it.
        if (own.IsPresent && member.IsAbstract)
            return true;
        bool mayBeVirtual = isVirtual && _virtualNames.Value.Contains(member.Name);
        if ((!own.IsPresent && !mayBeVirtual) || StatedSummaries.IdOf(member) is not { } id)
            return false;
        return own.TextOf(id) is not null || (mayBeVirtual && _virtualIds.Value.Contains(id));
    }

    private static IEnumerable<StatedSummaries> Find(Compilation compilation)
    {
        // Reference by reference: a list of all assemblies is made anew for each who asks.
        foreach (MetadataReference reference in compilation.References)
        {
            if (reference is PortableExecutableReference && compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly && StatedSummaries.Of(assembly) is { IsPresent: true } stated)
                yield return stated;
        }
    }
}
