using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Transactions;

/// <summary>
/// The names of members that write to a store, and where files have them. Compilations that see the same libraries share one, and a file is searched once: an IDE makes a
/// new compilation at every keystroke, but only one new file. Thread-safe.
/// </summary>
internal sealed class WritingNames
{
    private const DbEffect Writing = DbEffect.Saves | DbEffect.Writes | DbEffect.WritesBySql;

    /// <summary>By the first file, which is the user's where there is one, so that nothing outlives its project.</summary>
    private static readonly ConditionalWeakTable<ModelFile, StrongBox<ImmutableArray<WritingNames>>> Known = new();

    private readonly ModelFile[] _seen;
    private readonly ConditionalWeakTable<SyntaxTree, int[]> _places = new();
    private readonly TextSearch _files;
    private readonly TextSearch _members;

    private WritingNames(ModelFile[] files)
    {
        _seen = files;
        // In a whole file, where one member sends what reads and what writes, one that only writes stands beside it.
        _files = new TextSearch([.. Shortest(ModelIndex.MembersOf(files, Writing).Where(static member => !member.Has(DbEffect.Reads)))]);
        _members = new TextSearch([.. Shortest(ModelIndex.MembersOf(files, Writing))]);
    }

    /// <summary>The names of the libraries that a compilation sees.</summary>
    public static WritingNames Of(ModelIndex models)
    {
        ModelFile[] files = [.. models.FilesInSight];
        if (files.Length == 0)
            return new WritingNames(files);
        StrongBox<ImmutableArray<WritingNames>> known = Known.GetValue(files[0], static _ => new([]));
        lock (known)
        {
            if (known.Value.FirstOrDefault(names => names._seen.SequenceEqual(files)) is { } before)
                return before;
            var created = new WritingNames(files);
            known.Value = known.Value.Add(created);
            return created;
        }
    }

    /// <summary>Where a file has such a name; nowhere when it has none of a member that only writes. A place may come twice.</summary>
    public int[] PlacesIn(SyntaxTree file) => _places.TryGetValue(file, out int[]? places) ? places : _places.GetValue(file, Search);

    private int[] Search(SyntaxTree file) => file.GetText() is var text && _files.FindsAnyIn(text) ? [.. _members.PlacesIn(text)] : [];

    /// <summary>The names of members; of two that begin alike the shorter one finds both.</summary>
    private static IEnumerable<string> Shortest(IEnumerable<MemberModel> members)
    {
        string? last = null;
        foreach (string name in new SortedSet<string>(members.Select(static member => member.Name), StringComparer.Ordinal))
        {
            if (last is not null && name.StartsWith(last, StringComparison.Ordinal))
                continue;
            last = name;
            yield return name;
        }
    }
}
