using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Models;

/// <summary>
/// Whether a compilation sees one of a list of types. An IDE asks anew at every keystroke, so what a row says about assemblies and
/// namespaces is asked first: names of references are at hand, and what a file imports is remembered for each tree.
/// </summary>
internal sealed class LibrarySight
{
    private const int LongestPiece = 16_384;

    private readonly Dictionary<string, List<TypeModel>> _byAssembly = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _namespaces = new(StringComparer.Ordinal);
    private readonly List<TypeModel> _elsewhere = [];
    private readonly ConditionalWeakTable<SyntaxTree, object> _importsByTree = new();
    private readonly ConditionalWeakTable<SyntaxTree, object>.CreateValueCallback _imports;
    private readonly ConditionalWeakTable<SyntaxTree, object> _namedByTree = new();
    private readonly ConditionalWeakTable<SyntaxTree, object>.CreateValueCallback _isNamed;
    private readonly string[] _written;

    internal LibrarySight(IEnumerable<TypeRow> types)
    {
        _imports = tree => Imports(tree);
        _isNamed = tree => IsWritten(tree);
        foreach (var type in types)
        {
            _namespaces.UnionWith(type.Namespaces);
            foreach (var assembly in type.Assemblies)
            {
                if (!_byAssembly.TryGetValue(assembly, out var models))
                    _byAssembly.Add(assembly, models = []);
                models.Add(type.Model);
            }

            if (type.Assemblies.Length == 0 && type.Namespaces.Length == 0)
                _elsewhere.Add(type.Model);
        }

        string[] names = [.. types.Select(static type => type.Model.Name.LastIndexOf('.') is > 0 and var end ? type.Model.Name.Substring(0, end) : type.Model.Name).Concat(_namespaces).Distinct()];
        _written = [.. names.Where(name => !Array.Exists(names, other => other.Length < name.Length && name.Contains(other)))];
    }

    /// <param name="compilation">The compilation.</param>
    /// <param name="references">The assemblies that it references, of those that rows name.</param>
    internal bool IsSeenBy(Compilation compilation, IReadOnlyCollection<string> references) =>
        References(references).Any()
        || _elsewhere.Exists(type => compilation.GetTypesByMetadataName(type.Name).Length > 0)
        || IsImportedBy(compilation);

    /// <summary>The types whose assembly is among those that a compilation references. A type without a stated assembly is not among them.</summary>
    internal IEnumerable<TypeModel> References(IReadOnlyCollection<string> references)
    {
        foreach (var reference in references)
        {
            if (!_byAssembly.TryGetValue(reference, out var types))
                continue;
            foreach (var type in types)
                yield return type;
        }
    }

    /// <summary>Whether an assembly is one of those that the rows name, or a part of one by its name.</summary>
    internal bool IsFrom(string assembly)
    {
        foreach (var library in _byAssembly.Keys)
        {
            if (assembly.StartsWith(library, StringComparison.OrdinalIgnoreCase) && (assembly.Length == library.Length || assembly[library.Length] == '.'))
                return true;
        }

        return false;
    }

    /// <summary>Whether the text of a file has the namespace of one of the types in it, or the name of one that has none, whatever it means there.</summary>
    internal bool IsNamedIn(SyntaxTree tree) => _written.Length > 0 && (bool)_namedByTree.GetValue(tree, _isNamed);

    private bool IsWritten(SyntaxTree tree)
    {
        // Piece by piece, each with the end of the one before: the text of a large file is not one string.
        SourceText text = tree.GetText();
        int overlap = _written.Max(static name => name.Length);
        var piece = new char[Math.Min(text.Length, LongestPiece + overlap)];
        for (int start = 0; start < text.Length; start += LongestPiece)
        {
            int length = Math.Min(piece.Length, text.Length - start);
            text.CopyTo(start, piece, 0, length);
            foreach (string name in _written)
            {
                if (piece.AsSpan(0, length).IndexOf(name.AsSpan()) >= 0)
                    return true;
            }
        }

        return false;
    }

    private bool IsImportedBy(Compilation compilation) =>
        _namespaces.Count > 0 && compilation.SyntaxTrees.Any(tree => (bool)_importsByTree.GetValue(tree, _imports));

    private object Imports(SyntaxTree tree) =>
        tree.GetRoot() is CompilationUnitSyntax root && (root.Usings.Any(Imports) || root.Members.Any(Imports));

    private bool Imports(MemberDeclarationSyntax member) =>
        member is BaseNamespaceDeclarationSyntax space && (space.Usings.Any(Imports) || space.Members.Any(Imports));

    private bool Imports(UsingDirectiveSyntax directive)
    {
        var name = directive.NamespaceOrType.ToString();
        if (name.StartsWith("global::", StringComparison.Ordinal))
            name = name.Substring("global::".Length);
        return _namespaces.Any(prefix =>
            name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] == '.'));
    }
}
