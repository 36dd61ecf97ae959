using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>
/// What the files in view state by their syntax. Each file is read once, and only where its text has one of the words: an IDE makes a new compilation at every
/// keystroke, but only one new file. Make one for the process where the words are always the same. Thread-safe.
/// </summary>
/// <param name="read">Reads a file.</param>
/// <param name="words">What the text of a file contains that states something; letter case counts.</param>
internal sealed class FileSearch<T>(Func<CompilationUnitSyntax, IEnumerable<T>> read, params string[] words)
{
    private static readonly StrongBox<ImmutableArray<T>> Nothing = new([]);

    private readonly ConditionalWeakTable<SyntaxTree, StrongBox<ImmutableArray<T>>> _stated = new();

    /// <summary>What the files state, file by file.</summary>
    public List<T> In(IEnumerable<SyntaxTree> files)
    {
        var found = new List<T>();
        TextSearch? search = null;
        foreach (SyntaxTree file in files)
        {
            if (!_stated.TryGetValue(file, out StrongBox<ImmutableArray<T>>? stated))
                stated = _stated.GetValue(file, file => Read(file, search ??= new TextSearch(words)));
            if (stated != Nothing)
                found.AddRange(stated.Value);
        }

        return found;
    }

    private StrongBox<ImmutableArray<T>> Read(SyntaxTree file, TextSearch search) =>
        search.FindsAnyIn(file.GetText()) && file.GetRoot() is CompilationUnitSyntax root && read(root).ToImmutableArray() is { IsEmpty: false } found ? new(found) : Nothing;
}
