using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>What one compilation states about its members to those that reference its assembly, by id (<see cref="StatedSummaries"/>).</summary>
/// <param name="compilation">The compilation.</param>
/// <param name="reach">Which of its functions may do something to a store.</param>
/// <param name="context">What its bodies share.</param>
/// <param name="implementations">Which members run for virtual calls and requests.</param>
/// <param name="summaries">What the functions do.</param>
internal sealed class SummaryExport(Compilation compilation, Reach reach, CompilationContext context, Implementations implementations, Summaries summaries)
{
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly bool _hasFriends = compilation.Assembly.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute");

    /// <summary>The texts by id, in the order of the ids.</summary>
    public IReadOnlyDictionary<string, string> Write(CancellationToken cancellation)
    {
        foreach (MentioningMember member in reach.Members)
        {
            cancellation.ThrowIfCancellationRequested();
            if (context.Bodies.MethodOf(member.Declaration) is { } method && IsVisible(method))
                Add(StatedSummaries.IdOf(method), summaries.Of(new FunctionNode(method.PartialImplementationPart ?? method, null)));
        }

        foreach (DeclaredType declared in DeclaredTypes.In(compilation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (compilation.Assembly.GetTypeByMetadataName(declared.MetadataName) is { TypeKind: TypeKind.Class or TypeKind.Struct } type)
                AddVirtualCalls(type);
        }

        foreach (ITypeSymbol request in implementations.Requests)
        {
            if (IsVisible(request))
                AddRequest(request);
        }

        return _texts;
    }

    private void Add(string? id, MethodSummary summary)
    {
        if (id is not null && !summary.Equals(MethodSummary.Nothing) && !_texts.ContainsKey(id))
            _texts.Add(id, SummaryText.Write(summary));
    }

    /// <summary>What the calls do that may run members of a type: those of the interfaces that it implements and of the classes that it derives from.</summary>
    private void AddVirtualCalls(INamedTypeSymbol type)
    {
        foreach (INamedTypeSymbol contract in type.AllInterfaces)
        {
            if (!context.Own.IsSameProduct(contract.ContainingAssembly) || !IsVisible(contract))
                continue;
            foreach (IMethodSymbol member in VirtualMembers(contract))
            {
                AddVirtualCall(member, null, null);
                if (contract.IsGenericType)
                {
                    AddVirtualCall(member, null, contract.OriginalDefinition);
                    if (contract.TypeArguments.All(static argument => argument is INamedTypeSymbol))
                        AddVirtualCall(member, null, contract);
                }
            }
        }

        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (!context.Own.IsSameProduct(ancestor.ContainingAssembly) || !IsVisible(ancestor))
                continue;
            for (INamedTypeSymbol? declaring = ancestor; declaring is not null && context.Own.IsSameProduct(declaring.ContainingAssembly); declaring = declaring.BaseType)
            {
                foreach (IMethodSymbol member in VirtualMembers(declaring))
                    AddVirtualCall(member, ancestor.OriginalDefinition, null);
            }
        }
    }

    private IEnumerable<IMethodSymbol> VirtualMembers(INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.OriginalDefinition.GetMembers())
        {
            if (member is IMethodSymbol { IsStatic: false } method && (method.IsAbstract || method.IsVirtual) && reach.Names.Contains(Reach.NameOf(method)))
                yield return method;
        }
    }

    /// <param name="member">The definition of the called member.</param>
    /// <param name="receiver">The definition of the class that the call goes through; null for interfaces.</param>
    /// <param name="constructed">The interface as called, its definition for implementations that take any type arguments; null for all implementations.</param>
    private void AddVirtualCall(IMethodSymbol member, INamedTypeSymbol? receiver, INamedTypeSymbol? constructed)
    {
        if (StatedSummaries.IdOf(member) is not { } memberId)
            return;
        bool isOpen = constructed is { IsDefinition: true };
        string id = isOpen ? StatedSummaries.AnyVirtualId(memberId) : StatedSummaries.VirtualId(memberId, receiver ?? constructed);
        if (_texts.ContainsKey(id))
            return;
        var node = new FunctionNode(member, receiver ?? member.ContainingType) { Constructed = constructed };
        if (summaries.OfImplementations(node) is { } summary)
            _texts.Add(id, SummaryText.Write(summary));
    }

    private void AddRequest(ITypeSymbol request)
    {
        MethodSummary summary = Alternatives.All(implementations.HandlersOf(request).Select(handler => summaries.Of(new FunctionNode(handler, null))));
        Add(StatedSummaries.RequestId(request), summary);
    }

    private bool IsVisible(ISymbol symbol)
    {
        for (ISymbol? current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            bool isVisible = current.DeclaredAccessibility switch
            {
                Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal or Accessibility.NotApplicable => true,
                Accessibility.Internal or Accessibility.ProtectedAndInternal => _hasFriends || !ReferenceEquals(current.ContainingAssembly, compilation.Assembly),
                _ => false,
            };
            if (!isVisible)
                return false;
        }

        return true;
    }
}
