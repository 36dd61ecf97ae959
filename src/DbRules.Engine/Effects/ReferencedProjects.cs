using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>What members of referenced projects do, from their source where the workspace has it. Null when that is not known.</summary>
/// <param name="compilation">The compilation that refers to them.</param>
/// <param name="factsOf">The facts of a referenced project.</param>
internal sealed class ReferencedProjects(Compilation compilation, Func<Compilation, DbFacts> factsOf)
{
    /// <summary>The summary of a member that another assembly declares, without locations: a finding may name no place in another project.</summary>
    public MethodSummary? Of(FunctionNode node)
    {
        if (compilation.GetMetadataReference(node.Symbol.ContainingAssembly) is not CompilationReference { Compilation: var project })
            return null;
        return InProject(node.Symbol, project) is { } symbol ? factsOf(project).SummaryOf(symbol).WithTrips(static trip => trip.WithoutLocations()) : null;
    }

    /// <summary>The project's own symbol for a member. A reference may show it through another one, where the two see different frameworks.</summary>
    private static IMethodSymbol? InProject(IMethodSymbol symbol, Compilation project)
    {
        if (ReferenceEquals(symbol.ContainingAssembly, project.Assembly))
            return symbol;
        return DocumentationCommentId.CreateDeclarationId(symbol) is { } id ? DocumentationCommentId.GetFirstSymbolForDeclarationId(id, project) as IMethodSymbol : null;
    }
}
