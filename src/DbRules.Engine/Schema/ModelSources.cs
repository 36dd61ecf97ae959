using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>The files in view that may configure a model: those of a compilation and of the projects that it references as source.</summary>
internal static class ModelSources
{
    /// <summary>By words of libraries and models alone: those that users write come and go as they type, and would stay here for ever.</summary>
    private static readonly ConcurrentDictionary<string, FileSearch<InvocationExpressionSyntax>> CallsByNames = new(StringComparer.Ordinal);

    private static readonly ConcurrentBag<Func<SyntaxTree, SyntaxTree, bool>> Comparisons = [];

    // Dozens of searches go over the same files.
    private static readonly ConditionalWeakTable<Compilation, SyntaxTree[]> WrittenIn = new();

    /// <summary>A search for what configures a model, in the files that <see cref="Written(Compilation)"/> names. Make one for the process.</summary>
    /// <param name="read">Reads a file.</param>
    /// <param name="words">What the text of a file contains that states something; letter case counts.</param>
    public static FileSearch<T> Stating<T>(Func<CompilationUnitSyntax, IEnumerable<T>> read, params string[] words)
        where T : SyntaxNode
    {
        var search = new FileSearch<T>(read, words);
        Comparisons.Add((one, other) => StateTheSame(search.In([one]), search.In([other])));
        return search;
    }

    /// <summary>The calls of members with one of the names, as <c>builder.HasKey(...)</c>, in all files that may configure a model.</summary>
    public static List<InvocationExpressionSyntax> Calls(Compilation compilation, params string[] names) => Calls(compilation, names, names);

    /// <summary>As <see cref="Calls(Compilation, string[])"/>, in the files whose text has one of some other words.</summary>
    public static List<InvocationExpressionSyntax> Calls(Compilation compilation, string[] words, string[] names) =>
        CallsByNames.GetOrAdd(KeyOf(words) + "\n\n" + KeyOf(names), _ => Stating(
            file => file.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => NameOf(call) is { } name && names.Contains(name)),
            words)).In(Written(compilation));

    /// <summary>The name of the member that a call calls on something; null for other calls.</summary>
    public static string? NameOf(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } ? name : null;

    /// <summary>Where files mention a name which the code in view declares; nothing is remembered.</summary>
    public static List<SimpleNameSyntax> Mentioning(IEnumerable<SyntaxTree> files, string name)
    {
        var search = new TextSearch(name);
        List<SimpleNameSyntax> found = [];
        foreach (SyntaxTree file in files)
        {
            foreach (int place in search.PlacesIn(file.GetText()).Distinct())
            {
                if (file.GetRoot().FindToken(place) is { Parent: SimpleNameSyntax mention, ValueText: var text } && text == name)
                    found.Add(mention);
            }
        }

        return found;
    }

    /// <summary>Whether two versions of a file state the same about a model, as far as anybody has asked.</summary>
    public static bool StateTheSame(SyntaxTree one, SyntaxTree other) => Comparisons.All(compare => compare(one, other));

    /// <summary>All files of a compilation and of the projects that it references as source.</summary>
    public static IEnumerable<SyntaxTree> Trees(Compilation compilation) =>
        SourceProjects.ReferencedBy(compilation).Append(compilation).SelectMany(static project => project.SyntaxTrees);

    /// <summary>All files but those that tools write for migrations, which repeat the model.</summary>
    public static IReadOnlyList<SyntaxTree> Written(Compilation compilation) => WrittenIn.GetValue(compilation, static compilation => [.. Written(Trees(compilation))]);

    /// <inheritdoc cref="Written(Compilation)"/>
    public static IEnumerable<SyntaxTree> Written(IEnumerable<SyntaxTree> files) => files.Where(static tree => !IsOfMigrations(tree.FilePath));

    private static bool StateTheSame<T>(List<T> some, List<T> others)
        where T : SyntaxNode
    {
        if (some.Count != others.Count)
            return false;
        for (int i = 0; i < some.Count; i++)
        {
            // What a call is about may stand around it.
            if (!SyntaxFactory.AreEquivalent(AroundOf(some[i]), AroundOf(others[i]), topLevel: false))
                return false;
        }

        return true;

        static SyntaxNode AroundOf(SyntaxNode node) => node.AncestorsAndSelf().FirstOrDefault(static at => at is (MemberDeclarationSyntax and not GlobalStatementSyntax) or BaseListSyntax or CompilationUnitSyntax)!;
    }

    private static string KeyOf(string[] words) => string.Join("\n", words);

    private static bool IsOfMigrations(string path) =>
        path.EndsWith(".Designer.cs", StringComparison.OrdinalIgnoreCase) || path.EndsWith("Snapshot.cs", StringComparison.OrdinalIgnoreCase);
}
