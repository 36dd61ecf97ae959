using System.Collections.Concurrent;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Transactions;

/// <summary>Which files, and which members in them, name a member that writes to a store: a filter by text, before the code of a called member is bound. Thread-safe.</summary>
internal sealed class WritingFiles
{
    private const DbEffect Writing = DbEffect.Saves | DbEffect.Writes | DbEffect.WritesBySql;

    private readonly ConcurrentDictionary<SyntaxTree, int[]> _places = new();
    private readonly Lazy<TextSearch> _files;
    private readonly Lazy<TextSearch> _members;

    public WritingFiles(ModelIndex models)
    {
        // In a whole file, where one member sends what reads and what writes, one that only writes stands beside it.
        _files = new(() => new TextSearch([.. Shortest(models.MembersInSight(Writing).Where(static member => !member.Has(DbEffect.Reads)))]));
        _members = new(() => new TextSearch([.. Shortest(models.MembersInSight(Writing))]));
    }

    /// <summary>Whether the text of a member names one that writes; with <paramref name="orCallsOne"/> also whether it names a member of its own object that does.</summary>
    public bool MayWrite(IMethodSymbol member, bool orCallsOne) => Declare(member) && (Names(member) || (orCallsOne && NamesWriter(member)));

    /// <summary>Whether a member is declared in such a file.</summary>
    private bool Declare(IMethodSymbol member)
    {
        foreach (SyntaxReference declaration in member.DeclaringSyntaxReferences)
        {
            if (PlacesIn(declaration.SyntaxTree).Length > 0)
                return true;
        }

        return false;
    }

    private bool Names(IMethodSymbol member)
    {
        foreach (SyntaxReference declaration in member.DeclaringSyntaxReferences)
        {
            foreach (int place in PlacesIn(declaration.SyntaxTree))
            {
                if (declaration.Span.Contains(place))
                    return true;
            }
        }

        return false;
    }

    /// <summary>An interface may inherit what it calls, and an override may run for what is virtual: neither is looked for here.</summary>
    private bool NamesWriter(IMethodSymbol member)
    {
        if (member.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct })
            return true;
        foreach (SyntaxReference declaration in member.DeclaringSyntaxReferences)
        {
            foreach (SyntaxNode node in declaration.GetSyntax().DescendantNodes())
            {
                if (node is SimpleNameSyntax { Identifier.ValueText: var name } && node.Parent is not MemberAccessExpressionSyntax { Expression: not (ThisExpressionSyntax or BaseExpressionSyntax) } && IsWriter(name, member.ContainingType))
                    return true;
            }
        }

        return false;
    }

    private bool IsWriter(string name, INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers(name))
            {
                if (member is IMethodSymbol method && (method.IsVirtual || method.IsAbstract || method.IsOverride || Names(method.PartialImplementationPart ?? method)))
                    return true;
            }
        }

        return false;
    }

    private int[] PlacesIn(SyntaxTree tree) => _places.TryGetValue(tree, out int[]? places) ? places : _places.GetOrAdd(tree, Search(tree));

    private int[] Search(SyntaxTree tree)
    {
        SourceText text = tree.GetText();
        lock (_places)
            return _files.Value.FindsAnyIn(text) ? [.. _members.Value.PlacesIn(text)] : [];
    }

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
