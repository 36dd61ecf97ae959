using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Effects;

/// <summary>Where a member or type is declared: that finds it again in every compilation that has the file, and holds none of them.</summary>
/// <param name="File">The file, as <see cref="KeptAnswers.File"/> names it.</param>
/// <param name="Span">The declaration in it, as its symbol names it.</param>
internal readonly record struct DeclaredPlace(WeakReference<SyntaxTree> File, TextSpan Span)
{
    /// <summary>The place of a symbol, the first one where it has several; null when the code in view does not declare it.</summary>
    public static DeclaredPlace? Of(ISymbol symbol) =>
        symbol.OriginalDefinition.DeclaringSyntaxReferences is [var declaration, ..] ? new(KeptAnswers.File(declaration.SyntaxTree), declaration.Span) : null;

    /// <summary>Whether a compilation has the file.</summary>
    public bool IsIn(Compilation compilation) => File.TryGetTarget(out SyntaxTree? tree) && compilation.ContainsSyntaxTree(tree);

    /// <summary>The declaration; null when nothing holds its file any more.</summary>
    public SyntaxNode? Declaration => !File.TryGetTarget(out SyntaxTree? tree) ? null
        // A local function of top-level code is as long as the statement around it.
        : tree.GetRoot().FindNode(Span) is var node && node is GlobalStatementSyntax { Statement: var statement } ? statement : node;
}
