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

    public WritingFiles(ModelIndex models, Compilation compilation) => _search = new(() => new TextSearch([.. Shortest(models, compilation)]));

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
    /// The names of the members that write, of the libraries that the compilation sees; of two that begin alike the shorter one finds both. Where one member sends what reads and
    /// what writes, one that only writes stands beside it.
    /// </summary>
    private static IEnumerable<string> Shortest(ModelIndex models, Compilation compilation)
    {
        string? last = null;
        IEnumerable<MemberModel> writing = new[] { DbEffect.Saves, DbEffect.Writes, DbEffect.WritesBySql }.SelectMany(models.MembersWith).Where(static member => !member.Has(DbEffect.Reads));
        foreach (string name in writing.GroupBy(static member => member.TypeName).Where(type => compilation.GetTypesByMetadataName(type.Key).Length > 0)
            .SelectMany(static type => type).Select(static member => member.Name).Distinct().OrderBy(static name => name, StringComparer.Ordinal))
        {
            if (last is not null && name.StartsWith(last, StringComparison.Ordinal))
                continue;
            last = name;
            yield return name;
        }
    }
}
