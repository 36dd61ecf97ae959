using System.Collections.Immutable;
using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Transactions;

/// <summary>New names inside statements for locals that come out of them: a lambda cannot declare what the code around it declares too.</summary>
internal sealed class InnerNames
{
    private InnerNames(IReadOnlyList<string> names, IReadOnlyList<TextChange> changes)
    {
        Names = names;
        Changes = changes;
    }

    /// <summary>The new names, in the order of the locals.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The changes that give the locals their new names.</summary>
    public IReadOnlyList<TextChange> Changes { get; }

    /// <summary>Renames locals inside statements of one block; null where a name says more than which local is meant.</summary>
    public static InnerNames? Of(ImmutableArray<ILocalSymbol> locals, StatementSyntax first, StatementSyntax last, DocumentEdit edit)
    {
        if (locals.IsEmpty)
            return new InnerNames([], []);
        List<string> names = [.. locals.Select(local => edit.NamesAround(first).Local("saved" + Editing.Names.Pascal(local.Name)))];
        var changes = new List<TextChange>();
        foreach (SyntaxNode node in UnitFlow.Statements(first, last).SelectMany(static statement => statement.DescendantNodes()))
        {
            SyntaxToken? name = node switch
            {
                IdentifierNameSyntax reference => reference.Identifier,
                VariableDeclaratorSyntax variable => variable.Identifier,
                SingleVariableDesignationSyntax variable => variable.Identifier,
                _ => null,
            };
            if (name is not { } token || !locals.Any(local => local.Name == token.ValueText))
                continue;
            ISymbol? symbol = node is IdentifierNameSyntax ? edit.Model.GetSymbolInfo(node).Symbol : edit.Model.GetDeclaredSymbol(node);
            int position = symbol is ILocalSymbol local ? locals.IndexOf(local, 0, SymbolEqualityComparer.Default) : -1;
            if (position < 0)
                continue;
            if (NamesMember(node))
                return null;
            changes.Add(new TextChange(token.Span, names[position]));
        }

        return new InnerNames(names, changes);
    }

    /// <summary>Whether the name of a local becomes that of a member, or a text.</summary>
    private static bool NamesMember(SyntaxNode node) => node.Parent switch
    {
        AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } => true,
        ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax } => true,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } } => true,
        _ => false,
    };
}
