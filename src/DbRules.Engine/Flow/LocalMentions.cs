using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Where a member body names each of its locals, found in one walk. Expression trees are left out.</summary>
internal sealed class LocalMentions
{
    private readonly Dictionary<ILocalSymbol, List<ILocalReferenceOperation>> _all = new(SymbolEqualityComparer.Default);

    public LocalMentions(IReadOnlyList<IOperation> roots)
    {
        foreach (IOperation root in roots)
        {
            Operations.Visit(root, _all, static (operation, all) =>
            {
                if (operation is ILocalReferenceOperation mention)
                {
                    if (!all.TryGetValue(mention.Local, out List<ILocalReferenceOperation>? mentions))
                        all.Add(mention.Local, mentions = []);
                    mentions.Add(mention);
                }

                return true;
            });
        }
    }

    /// <summary>Those of one local, in source order; empty when there is none.</summary>
    public IReadOnlyList<ILocalReferenceOperation> Of(ILocalSymbol local) => _all.TryGetValue(local, out List<ILocalReferenceOperation>? mentions) ? mentions : [];
}
