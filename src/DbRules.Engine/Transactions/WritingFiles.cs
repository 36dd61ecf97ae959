using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Transactions;

/// <summary>Which files, and which members in them, name a member that writes to a store: a filter by text, before the code of a called member is bound. Thread-safe.</summary>
internal sealed class WritingFiles(ModelIndex models)
{
    private readonly Later<ModelIndex, WritingNames> _names = new(models, WritingNames.Of);

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

    private int[] PlacesIn(SyntaxTree tree) => _names.Value.PlacesIn(tree);
}
