using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Effects;

/// <summary>
/// What earlier compilations of an editor have worked out, for one that declares the same: bodies of other files are not bound at every keystroke. Thread-safe.
/// </summary>
/// <param name="compilation">The compilation.</param>
/// <param name="bodies">Its bodies.</param>
/// <param name="kept">What is kept for it; null when nothing is, as for a project that others reference: it stays the same while these are edited.</param>
internal sealed class EditorMemory(Compilation compilation, MemberBodies bodies, Lazy<KeptAnswers>? kept)
{
    private readonly Later<(Compilation Compilation, Lazy<KeptAnswers>? Kept), EditedFiles> _edited =
        new((compilation, kept), static state => new EditedFiles(state.Kept!.Value.Files, state.Compilation));

    /// <summary>The compilation that answers must count in.</summary>
    public Compilation Compilation { get; } = compilation;

    /// <summary>What is kept; null in a build, which walks nearly all bodies before anybody asks.</summary>
    public KeptAnswers? Answers => kept is not null && !bodies.HasWalkedMost ? kept.Value : null;

    /// <summary>Where the files in view mention a name which they declare. Of what was searched before only the files that were edited since are searched again.</summary>
    public IEnumerable<SimpleNameSyntax> Mentioning(string name)
    {
        if (Answers is not { } answers)
            return ModelSources.Mentioning(ModelSources.Written(Compilation), name);
        EditedFiles edited = _edited.Value;
        IReadOnlyList<SimpleNameSyntax> before = answers.Mentioning(name, Compilation);
        return edited.New.Length == 0 ? before : before.Where(place => !edited.Gone.Contains(place.SyntaxTree)).Concat(ModelSources.Mentioning(ModelSources.Written(edited.New), name));
    }

    /// <summary>The files of the compilation that declare a type.</summary>
    public IEnumerable<WeakReference<SyntaxTree>> FilesOf(INamedTypeSymbol type)
    {
        foreach (SyntaxReference declaration in type.DeclaringSyntaxReferences)
        {
            if (Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                yield return KeptAnswers.File(declaration.SyntaxTree);
        }
    }

    /// <summary>As <see cref="FilesOf"/>, those of its base classes included.</summary>
    public IEnumerable<WeakReference<SyntaxTree>> FilesOfFamily(INamedTypeSymbol? type)
    {
        for (; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (WeakReference<SyntaxTree> file in FilesOf(type))
                yield return file;
        }
    }

    /// <summary>What was edited since the first compilation that declares the same.</summary>
    private sealed class EditedFiles(ImmutableArray<SyntaxTree> before, Compilation compilation)
    {
        /// <summary>The files as they were.</summary>
        public HashSet<SyntaxTree> Gone { get; } = [.. before.Where(file => !compilation.ContainsSyntaxTree(file))];

        /// <summary>The files as they are.</summary>
        public SyntaxTree[] New { get; } = [.. compilation.SyntaxTrees.Except(before)];
    }
}
