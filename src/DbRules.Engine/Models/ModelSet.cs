using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Models;

/// <summary>The rows that hold for a project: the user's, which come first, and ours.</summary>
public sealed class ModelSet
{
    /// <summary>The end of the name of a file with rows.</summary>
    public const string FileExtension = ".dbmodel";

    private static readonly Lazy<ModelSet> BuiltInSet = new(ReadBuiltIn);
    private static readonly ConditionalWeakTable<SourceText, ModelLayer> LayersByText = new();

    private readonly ImmutableArray<ModelLayer> _users;

    private ModelSet(ImmutableArray<ModelLayer> users, ModelLayer builtIn)
    {
        _users = users;
        Layers = users.Add(builtIn);
        Problems = [.. users.SelectMany(layer => layer.Files).SelectMany(file => file.Problems)];
    }

    /// <summary>Our own rows alone. Read once for each process.</summary>
    public static ModelSet BuiltIn => BuiltInSet.Value;

    /// <summary>What the reader could not use in the user's files. Empty when all is well.</summary>
    public ImmutableArray<ModelProblem> Problems { get; }

    /// <summary>The rows by rank: the first layer that speaks wins.</summary>
    internal ImmutableArray<ModelLayer> Layers { get; }

    /// <summary>
    /// Our rows and those of the given files whose name ends in <c>.dbmodel</c>; other files are passed over, and so are files that
    /// cannot be read. Where two files speak about one member, the one whose path sorts first wins. A file is read once for each text.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ModelSet Create(ImmutableArray<AdditionalText> files, CancellationToken cancellationToken = default)
    {
        // Most projects have none.
        ImmutableArray<ModelLayer>.Builder? users = null;
        foreach (var file in files)
        {
            if (file.Path.EndsWith(FileExtension, StringComparison.OrdinalIgnoreCase) && file.GetText(cancellationToken) is { } text)
                (users ??= ImmutableArray.CreateBuilder<ModelLayer>()).Add(LayerOf(text, file.Path));
        }

        if (users is null)
            return BuiltIn;
        users.Sort((left, right) => string.CompareOrdinal(left.Files[0].Path, right.Files[0].Path));
        return new ModelSet(users.ToImmutable(), BuiltIn.Layers[0]);
    }

    /// <summary>
    /// What the user's files name that this compilation does not have: types (unless marked <c>optional</c>, or of an assembly that is
    /// not referenced), members, parameters. Empty when all is well. Costs a look-up for each row, so ask once for each compilation.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ImmutableArray<ModelProblem> Check(Compilation compilation, CancellationToken cancellationToken = default) =>
        [.. _users.SelectMany(layer => layer.Files).SelectMany(file => new ModelCheck(compilation, file, cancellationToken).Run())];

    /// <summary>Whether a compilation sees a library that sends commands to a store. Most that are asked do not: nothing is made for them.</summary>
    public bool SeesDatabaseLibrary(Compilation compilation)
    {
        HashSet<string> references = ReferencedBy(compilation);
        foreach (var layer in Layers)
        {
            if (layer.Libraries.IsSeenBy(compilation, references))
                return true;
        }

        return false;
    }

    /// <summary>The assemblies that a compilation references, of those that rows name: few of the hundreds that a compilation has.</summary>
    internal HashSet<string> ReferencedBy(Compilation compilation)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var reference in compilation.SourceModule.ReferencedAssemblies)
        {
            foreach (var layer in Layers)
            {
                if (layer.Assemblies.Contains(reference.Name))
                    found.Add(reference.Name);
            }
        }

        return found;
    }

    /// <summary>Whether another set has the same rows, of the same files.</summary>
    internal bool HasRowsOf(ModelSet other) => ReferenceEquals(this, other) || Layers.SequenceEqual(other.Layers);

    private static ModelLayer LayerOf(SourceText text, string path)
    {
        if (LayersByText.TryGetValue(text, out var known) && known.Files[0].Path == path)
            return known;
        var layer = new ModelLayer([ModelReader.Read(text, path)]);
        return known is null ? LayersByText.GetValue(text, _ => layer) : layer;
    }

    private static ModelSet ReadBuiltIn()
    {
        var assembly = typeof(ModelSet).Assembly;
        var files = ImmutableArray.CreateBuilder<ModelFile>();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.EndsWith(FileExtension, StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            files.Add(ModelReader.Read(SourceText.From(stream), name));
        }

        return new ModelSet([], new ModelLayer(files.ToImmutable()));
    }
}
