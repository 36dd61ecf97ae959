using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Effects;

/// <summary>
/// What is known of a project, kept for the compilations to come: an editor makes one at every keystroke, and most change no more than the code of one body. All of these share
/// what is kept here as long as they declare the same; an answer counts in those that have the files it comes from. Thread-safe.
/// </summary>
internal sealed class KeptAnswers
{
    /// <summary>Of the files that a compilation begins with one may have been edited, and the next tells what is kept for it.</summary>
    private const int AskedFiles = 2;

    private static readonly ConditionalWeakTable<SyntaxTree, KeptAnswers> Latest = new();
    private static readonly ConditionalWeakTable<SyntaxTree, WeakReference<SyntaxTree>> Known = new();

    private readonly string? _assembly;
    private readonly CompilationOptions _options;
    private readonly ImmutableArray<SyntaxTree> _files;
    // Another project is another compilation as soon as it is edited; this one must not keep it.
    private readonly ImmutableArray<WeakReference<object>> _references;
    private readonly ModelSet _models;
    private readonly SchemaFiles _schema;
    private readonly ConcurrentDictionary<string, List<SimpleNameSyntax>> _mentioning = new(StringComparer.Ordinal);

    private KeptAnswers(Compilation compilation, ImmutableArray<SyntaxTree> files, ModelSet models, SchemaFiles schema)
    {
        _assembly = compilation.AssemblyName;
        _options = compilation.Options;
        _files = files;
        _references = [.. compilation.References.Select(static reference => new WeakReference<object>(Referenced(reference)))];
        _models = models;
        _schema = schema;
    }

    /// <summary>What functions do.</summary>
    public KeptTable<FunctionPlace, MethodSummary> Summaries { get; } = new(static function => function.Member);

    /// <summary>The ways to the writes that functions make, within a number of calls; null where one makes none.</summary>
    public KeptTable<(FunctionPlace Function, int Calls), Trip?> WaysToWrite { get; } = new(static asked => asked.Function.Member);

    /// <summary>The members of the project that a member may run.</summary>
    public KeptTable<DeclaredPlace, ImmutableArray<DeclaredPlace>> Called { get; } = new(static member => member);

    /// <summary>Those that it may run while it has a transaction open.</summary>
    public KeptTable<DeclaredPlace, ImmutableArray<DeclaredPlace>> CalledInTransaction { get; } = new(static member => member);

    /// <summary>The classes whose constructors take no connection or context, whatever else is registered.</summary>
    public KeptTable<DeclaredPlace, bool> CapturesNothing { get; } = new(static type => type);

    /// <summary>The members that a virtual call may run, by what declares the member, by what it is called through and by the type arguments that they must agree with.</summary>
    public KeptTable<(string Member, string Receiver, string? Constructed), ImmutableArray<DeclaredPlace>> Implementations { get; } = new();

    /// <summary>What is kept for a compilation.</summary>
    public static KeptAnswers For(Compilation compilation, ModelSet models, SchemaFiles schema)
    {
        ImmutableArray<SyntaxTree> files = [.. compilation.SyntaxTrees];
        foreach (SyntaxTree file in files.Take(AskedFiles))
        {
            if (Latest.TryGetValue(file, out KeptAnswers? kept) && kept.IsFor(compilation, files, models, schema))
                return kept;
        }

        var created = new KeptAnswers(compilation, files, models, schema);
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

    /// <summary>The files of the first compilation that the answers are kept for.</summary>
    public ImmutableArray<SyntaxTree> Files => _files;

    /// <summary>Where these files, and those of the projects that are referenced as source, mention a name that they declare.</summary>
    public IReadOnlyList<SimpleNameSyntax> Mentioning(string name, Compilation compilation) => _mentioning.GetOrAdd(
        name, name => ModelSources.Mentioning(ModelSources.Written(_files.Concat(SourceProjects.ReferencedBy(compilation).SelectMany(static project => project.SyntaxTrees))), name));

    /// <summary>A file, as <see cref="KeptAnswer{T}.Files"/> names it: one object for each.</summary>
    public static WeakReference<SyntaxTree> File(SyntaxTree tree) => Known.GetValue(tree, static tree => new(tree));

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
    /// Whether two files differ at most in the code of bodies, and there in nothing that configures a model: code elsewhere depends on that.
    /// </summary>
    private static bool DeclareTheSame(SyntaxTree one, SyntaxTree other) =>
        one == other
        || (one.FilePath == other.FilePath
            && one.Options.Equals(other.Options)
            && SyntaxFactory.AreEquivalent(one.GetRoot(), other.GetRoot(), static kind => kind is SyntaxKind.Block or SyntaxKind.ArrowExpressionClause)
            && Arrows(one.GetRoot()).SequenceEqual(Arrows(other.GetRoot()))
            && ModelSources.StateTheSame(one, other));

    /// <summary>Which accessors and methods have an arrow: without it, they are followed by the same semicolon.</summary>
    private static IEnumerable<bool> Arrows(SyntaxNode root) => root
        .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or BasePropertyDeclarationSyntax or AccessorListSyntax)
        .Where(static node => node is AccessorDeclarationSyntax or BaseMethodDeclarationSyntax)
        .Select(static node => node is AccessorDeclarationSyntax { ExpressionBody: not null } or BaseMethodDeclarationSyntax { ExpressionBody: not null });
}
