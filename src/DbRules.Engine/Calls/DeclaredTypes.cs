using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Calls;

/// <summary>A type as its declaration alone shows it.</summary>
/// <param name="MetadataName">The name that <see cref="Compilation.GetTypeByMetadataName"/> takes.</param>
/// <param name="Name">The simple name, without arity.</param>
/// <param name="Bases">The simple names of its base list, without type arguments.</param>
internal readonly record struct DeclaredType(string MetadataName, string Name, ImmutableArray<string> Bases)
{
    /// <summary>The type itself; null when a compilation does not see it. Most are the compilation's own; to look through all that it references costs much more.</summary>
    public INamedTypeSymbol? In(Compilation compilation) => compilation.Assembly.GetTypeByMetadataName(MetadataName) ?? compilation.GetTypeByMetadataName(MetadataName);
}

/// <summary>
/// The types with a base list that a file declares, read from syntax and remembered for each tree: an IDE makes a new compilation at every
/// keystroke, but only one new tree.
/// </summary>
internal static class DeclaredTypes
{
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<ImmutableArray<DeclaredType>>> Known = new();

    /// <summary>The simple names that stand in the base lists of a compilation.</summary>
    public static HashSet<string> BaseNames(Compilation compilation) =>
        new(In(compilation).SelectMany(static type => type.Bases), StringComparer.Ordinal);

    /// <summary>The types that all files of a compilation declare.</summary>
    public static IEnumerable<DeclaredType> In(Compilation compilation) => compilation.SyntaxTrees.SelectMany(static tree => Known.GetValue(tree, static tree => new(Read(tree))).Value);

    private static ImmutableArray<DeclaredType> Read(SyntaxTree tree)
    {
        if (tree.GetRoot() is not CompilationUnitSyntax root)
            return [];
        var found = ImmutableArray.CreateBuilder<DeclaredType>();
        foreach (MemberDeclarationSyntax member in root.Members)
            Read(member, "", found);
        return found.ToImmutable();
    }

    private static void Read(MemberDeclarationSyntax member, string prefix, ImmutableArray<DeclaredType>.Builder found)
    {
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax space:
                string inner = prefix + string.Concat(space.Name.ToString().Where(static c => !char.IsWhiteSpace(c))) + ".";
                foreach (MemberDeclarationSyntax nested in space.Members)
                    Read(nested, inner, found);
                break;
            case TypeDeclarationSyntax type:
                string name = prefix + type.Identifier.ValueText + (type.Arity > 0 ? "`" + type.Arity : "");
                if (type.BaseList is { Types: var bases })
                    found.Add(new DeclaredType(name, type.Identifier.ValueText, [.. bases.Select(static one => SimpleName(one.Type)).OfType<string>()]));
                foreach (MemberDeclarationSyntax nested in type.Members)
                {
                    if (nested is TypeDeclarationSyntax)
                        Read(nested, name + "+", found);
                }

                break;
        }
    }

    private static string? SimpleName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        _ => null,
    };
}
