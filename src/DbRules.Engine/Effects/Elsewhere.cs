using DbRules.Engine.Calls;

namespace DbRules.Engine.Effects;

/// <summary>What code of other assemblies does, from the source of their projects or from what they state.</summary>
internal sealed class Elsewhere(ReferencedProjects projects, ReferencedAssemblies assemblies, Callees callees)
{
    /// <summary>The summary of a member that another assembly declares; null when that is not known.</summary>
    public MethodSummary? Of(FunctionNode node) => projects.Of(node) ?? (node.Receiver is null ? assemblies.Of(node.Symbol) : null);

    /// <summary>What a virtual call or a request runs in assemblies whose source is not at hand: one summary for each of them.</summary>
    public IReadOnlyList<MethodSummary> AlternativesOf(FunctionNode node) => assemblies.AlternativesOf(node, callees.IsRequest(node));
}
