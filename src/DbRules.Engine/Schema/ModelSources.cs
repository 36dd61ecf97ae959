using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>The files in view that may configure a model: those of a compilation and of the projects that it references as source.</summary>
internal static class ModelSources
{
    /// <summary>By words of libraries and models alone: those that users write come and go as they type, and would stay here for ever.</summary>
    private static readonly ConcurrentDictionary<string, FileSearch<CompilationUnitSyntax>> FilesByWords = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, FileSearch<InvocationExpressionSyntax>> CallsByNames = new(StringComparer.Ordinal);

    /// <summary>
    /// The files whose text contains one of the words; text alone is much cheaper than syntax. Files that tools write for migrations repeat the model and are left out.
    /// Remembered for each file: for words that do not come from the code in view, which <see cref="Mentioning"/> is for.
    /// </summary>
    public static List<CompilationUnitSyntax> Containing(Compilation compilation, params string[] words) =>
        FilesByWords.GetOrAdd(KeyOf(words), _ => new(static file => [file], words)).In(Written(compilation));

    /// <summary>As <see cref="Containing"/>, for a name that the code in view declares; nothing is remembered.</summary>
    public static List<CompilationUnitSyntax> Mentioning(Compilation compilation, string name) => new FileSearch<CompilationUnitSyntax>(static file => [file], name).In(Written(compilation));

    /// <summary>All files of a compilation and of the projects that it references as source.</summary>
    public static IEnumerable<SyntaxTree> Trees(Compilation compilation) =>
        SourceProjects.ReferencedBy(compilation).Append(compilation).SelectMany(static project => project.SyntaxTrees);

    /// <summary>The calls of members with one of the names, as <c>builder.HasKey(...)</c>, in all files that may configure a model.</summary>
    public static List<InvocationExpressionSyntax> Calls(Compilation compilation, params string[] names) => CallsByNames.GetOrAdd(
        KeyOf(names),
        _ => new(file => file.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => NameOf(call) is { } name && names.Contains(name)), names)).In(Written(compilation));

    /// <summary>The name of the member that a call calls on something; null for other calls.</summary>
    public static string? NameOf(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } ? name : null;

    /// <summary>Whether a file states something about a model, of what was asked so far.</summary>
    public static bool MayConfigure(SyntaxTree file) => FilesByWords.Values.Any(search => search.IsIn(file)) || CallsByNames.Values.Any(search => search.IsIn(file));

    private static IEnumerable<SyntaxTree> Written(Compilation compilation) => Trees(compilation).Where(static tree => !IsOfMigrations(tree.FilePath));

    private static string KeyOf(string[] words) => string.Join("\n", words);

    private static bool IsOfMigrations(string path) =>
        path.EndsWith(".Designer.cs", StringComparison.OrdinalIgnoreCase) || path.EndsWith("Snapshot.cs", StringComparison.OrdinalIgnoreCase);
}
