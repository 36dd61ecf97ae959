using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>What members of referenced assemblies do, as these assemblies themselves state it. Thread-safe.</summary>
internal sealed class ReferencedAssemblies(StatedAssemblies assemblies)
{
    private readonly SmallTable<string, MethodSummary?> _parsed = new(StringComparer.Ordinal);

    /// <summary>The summary of one member; null when its assembly states none of any member, or none that this version understands.</summary>
    public MethodSummary? Of(IMethodSymbol member)
    {
        if (member.ContainingAssembly is not { } assembly || StatedSummaries.Of(assembly) is not { IsPresent: true } stated || StatedSummaries.IdOf(member) is not { } id)
            return null;
        return stated.TextOf(id) is { } text ? Parse(text) : MethodSummary.Nothing;
    }

    /// <summary>What a virtual call does as far as each of the assemblies implements it; for a request what its handlers do. Empty when none does.</summary>
    /// <param name="node">The virtual call or request.</param>
    /// <param name="isRequest">Whether it is a request.</param>
    public IReadOnlyList<MethodSummary> AlternativesOf(FunctionNode node, bool isRequest)
    {
        if (assemblies.All.IsEmpty)
            return [];
        var found = new List<MethodSummary>();
        string[] ids = isRequest ? [StatedSummaries.RequestId(node.Receiver!)] : [.. VirtualIdsOf(node)];
        foreach (StatedSummaries stated in assemblies.All)
        {
            if (ids.Select(stated.TextOf).FirstOrDefault(static text => text is not null) is { } text)
                found.Add(Parse(text) ?? MethodSummary.Unknown);
        }

        return found;
    }

    /// <summary>What may stand for a virtual call, the nearest first.</summary>
    private static IEnumerable<string> VirtualIdsOf(FunctionNode node)
    {
        if (StatedSummaries.IdOf(node.Symbol) is not { } id)
            yield break;
        if (node.Symbol.ContainingType.TypeKind != TypeKind.Interface)
        {
            yield return StatedSummaries.VirtualId(id, node.Receiver);
        }
        else if (node.Constructed is { } constructed)
        {
            yield return StatedSummaries.VirtualId(id, constructed);
            yield return StatedSummaries.AnyVirtualId(id);
        }
        else
        {
            yield return StatedSummaries.VirtualId(id, null);
        }
    }

    private MethodSummary? Parse(string text) => _parsed.GetOrAdd(text, SummaryText.Read);
}
