using Microsoft.CodeAnalysis;

namespace DbRules.Engine;

/// <summary>The projects that a compilation references as source, as a workspace gives them; a command-line build has none.</summary>
internal static class SourceProjects
{
    public static IEnumerable<Compilation> ReferencedBy(Compilation compilation) => compilation.References.OfType<CompilationReference>().Select(static reference => reference.Compilation);

    /// <summary>The assemblies of these projects, as the compilation sees them.</summary>
    public static HashSet<IAssemblySymbol> AssembliesReferencedBy(Compilation compilation) =>
        new(compilation.References.OfType<CompilationReference>().Select(compilation.GetAssemblyOrModuleSymbol).OfType<IAssemblySymbol>(), SymbolEqualityComparer.Default);
}
