using System.Collections.Concurrent;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>Which files name a member that writes to a store: a filter by text, before the code of a called member is bound. Thread-safe.</summary>
internal sealed class WritingFiles
{
    private readonly ConcurrentDictionary<SyntaxTree, bool> _known = new();
    private readonly Lazy<TextSearch> _search;

    public WritingFiles(ModelIndex models) => _search = new(() => new TextSearch([.. Shortest(models)]));

    /// <summary>Whether a member is declared in such a file.</summary>
    public bool Declare(IMethodSymbol member)
    {
        foreach (SyntaxReference declaration in member.DeclaringSyntaxReferences)
        {
            if (_known.GetOrAdd(declaration.SyntaxTree, Search))
                return true;
        }

        return false;
    }

    private bool Search(SyntaxTree tree)
    {
        lock (_search)
            return _search.Value.FindsAnyIn(tree.GetText());
    }

    /// <summary>
    /// The names of the members that write, of the libraries that the compilation references; of two that begin alike the shorter one finds both. Where one member sends what reads and
    /// what writes, one that only writes stands beside it.
    /// </summary>
    private static IEnumerable<string> Shortest(ModelIndex models)
    {
        string? last = null;
        var names = new SortedSet<string>(models.MembersInSight(DbEffect.Saves | DbEffect.Writes | DbEffect.WritesBySql).Where(static member => !member.Has(DbEffect.Reads)).Select(static member => member.Name), StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (last is not null && name.StartsWith(last, StringComparison.Ordinal))
                continue;
            last = name;
            yield return name;
        }
    }
}
