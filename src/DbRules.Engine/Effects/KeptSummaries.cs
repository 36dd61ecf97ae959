using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Effects;

/// <summary>What a function does, and the files whose code says so.</summary>
/// <param name="Summary">The summary; nothing in it is bound.</param>
/// <param name="Files">The files.</param>
internal sealed record KeptSummary(MethodSummary Summary, ImmutableHashSet<WeakReference<SyntaxTree>> Files);

/// <summary>
/// What functions do, kept for the compilations to come: an editor makes one at every keystroke, and most change no more than the code of one body. All of these share what is
/// kept here as long as they declare the same; an answer counts in those that have the files it comes from. Thread-safe.
/// </summary>
internal sealed class KeptSummaries
{
    /// <summary>Of the files that a compilation begins with one may have been edited, and the next tells what is kept for it.</summary>
    private const int AskedFiles = 2;

    private static readonly ConditionalWeakTable<SyntaxTree, KeptSummaries> Latest = new();
    private static readonly ConditionalWeakTable<SyntaxTree, WeakReference<SyntaxTree>> Known = new();

    private readonly string? _assembly;
    private readonly CompilationOptions _options;
    private readonly ImmutableArray<SyntaxTree> _files;
    // Another project is another compilation as soon as it is edited; this one must not keep it.
    private readonly ImmutableArray<WeakReference<object>> _references;
    private readonly ModelSet _models;
    private readonly SchemaFiles _schema;
    private readonly ConcurrentDictionary<FunctionPlace, KeptSummary> _summaries = new();

    private KeptSummaries(Compilation compilation, ImmutableArray<SyntaxTree> files, ModelSet models, SchemaFiles schema)
    {
        _assembly = compilation.AssemblyName;
        _options = compilation.Options;
        _files = files;
        _references = [.. compilation.References.Select(static reference => new WeakReference<object>(Referenced(reference)))];
        _models = models;
        _schema = schema;
    }

    /// <summary>What is kept for a compilation.</summary>
    public static KeptSummaries For(Compilation compilation, ModelSet models, SchemaFiles schema)
    {
        ImmutableArray<SyntaxTree> files = [.. compilation.SyntaxTrees];
        foreach (SyntaxTree file in files.Take(AskedFiles))
        {
            if (Latest.TryGetValue(file, out KeptSummaries? kept) && kept.IsFor(compilation, files, models, schema))
                return kept;
        }

        var created = new KeptSummaries(compilation, files, models, schema);
        lock (Latest)
        {
            foreach (SyntaxTree file in files)
            {
                Latest.Remove(file);
                Latest.Add(file, created);
            }
        }

        return created;
    }

    /// <summary>A file, as <see cref="KeptSummary.Files"/> names it: one object for each.</summary>
    public static WeakReference<SyntaxTree> File(SyntaxTree tree) => Known.GetValue(tree, static tree => new(tree));

    /// <summary>Whether a summary of a function can be kept: of a member with one declaration, which is found again by its place.</summary>
    public static bool CanKeep(FunctionNode node) => node is { Receiver: null, Body: null, Symbol: { MethodKind: not MethodKind.LocalFunction, DeclaringSyntaxReferences.Length: 1 } };

    /// <summary>What a function of a compilation does; null when nothing is kept, or when one of the files behind it is another one now.</summary>
    public KeptSummary? Of(FunctionNode node, Compilation compilation) =>
        _summaries.TryGetValue(PlaceOf(node), out KeptSummary? kept) && kept.Files.All(file => file.TryGetTarget(out SyntaxTree? tree) && compilation.ContainsSyntaxTree(tree)) ? kept : null;

    public void Keep(FunctionNode node, KeptSummary summary) => _summaries[PlaceOf(node)] = summary;

    private static FunctionPlace PlaceOf(FunctionNode node)
    {
        SyntaxReference declaration = node.Symbol.DeclaringSyntaxReferences[0];
        return new FunctionPlace(File(declaration.SyntaxTree), declaration.Span.Start, node.Given);
    }

    private static object Referenced(MetadataReference reference) => reference is CompilationReference { Compilation: var project } ? project : reference;

    private bool IsFor(Compilation compilation, ImmutableArray<SyntaxTree> files, ModelSet models, SchemaFiles schema) =>
        compilation.AssemblyName == _assembly
        && compilation.Options.Equals(_options)
        && files.Length == _files.Length
        && _models.HasRowsOf(models)
        && _schema.AreThoseOf(schema)
        && compilation.References.Select(Referenced).SequenceEqual(_references.Select(static known => known.TryGetTarget(out object? reference) ? reference : null))
        && !files.Where((file, i) => !DeclareTheSame(file, _files[i])).Any();

    /// <summary>
    /// Whether two files differ at most in the code of bodies. Those that configure a model count as different: what they say about it stands in bodies, and code elsewhere
    /// depends on it.
    /// </summary>
    private static bool DeclareTheSame(SyntaxTree one, SyntaxTree other) =>
        one == other
        || (one.FilePath == other.FilePath
            && one.Options.Equals(other.Options)
            && SyntaxFactory.AreEquivalent(one.GetRoot(), other.GetRoot(), static kind => kind is SyntaxKind.Block or SyntaxKind.ArrowExpressionClause)
            && Arrows(one.GetRoot()).SequenceEqual(Arrows(other.GetRoot()))
            && !ModelSources.MayConfigure(one)
            && !ModelSources.MayConfigure(other));

    /// <summary>Which accessors and methods have an arrow: without it, they are followed by the same semicolon.</summary>
    private static IEnumerable<bool> Arrows(SyntaxNode root) => root
        .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or BasePropertyDeclarationSyntax or AccessorListSyntax)
        .Where(static node => node is AccessorDeclarationSyntax or BaseMethodDeclarationSyntax)
        .Select(static node => node is AccessorDeclarationSyntax { ExpressionBody: not null } or BaseMethodDeclarationSyntax { ExpressionBody: not null });

    /// <param name="File">The file.</param>
    /// <param name="Start">Where the declaration begins in it.</param>
    /// <param name="Given">What is known of the arguments.</param>
    private readonly record struct FunctionPlace(WeakReference<SyntaxTree> File, int Start, GivenFlags Given);
}
