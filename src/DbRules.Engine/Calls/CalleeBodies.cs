using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>The bodies of methods that this compilation declares. The one place that binds code which the driver did not hand over.</summary>
/// <param name="compilation">The compilation whose trees are asked.</param>
/// <param name="keepModels">
/// Whether semantic models are kept here: for a referenced project, for which no driver caches them.
/// </param>
internal sealed class CalleeBodies(Compilation compilation, bool keepModels = false)
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel>? _models = keepModels ? new() : null;

    /// <summary>
    /// The body of a method: one operation per declaration. Null when it cannot be seen: metadata, abstract and virtual members (any override
    /// may run), and source of another project, whose trees this compilation must not be asked for.
    /// </summary>
    public IReadOnlyList<IOperation>? Of(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return MayRunOverride(definition) ? null : OwnBodyOf(definition);
    }

    /// <summary>Whether a call of a method may run the override of another type.</summary>
    public static bool MayRunOverride(IMethodSymbol definition) =>
        (definition.IsVirtual || definition.IsOverride) && !definition.IsSealed && definition.ContainingType?.IsSealed != true;

    /// <summary>As <see cref="Of"/>, but for a member that may be overridden the body that stands in its own declaration.</summary>
    public IReadOnlyList<IOperation>? OwnBodyOf(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        definition = definition.PartialImplementationPart ?? definition;
        if (definition.IsAbstract || definition.IsExtern)
            return null;
        var bodies = new List<IOperation>();
        foreach (SyntaxReference reference in definition.DeclaringSyntaxReferences)
        {
            if (!compilation.ContainsSyntaxTree(reference.SyntaxTree))
                return null;
            if (ModelOf(reference.SyntaxTree).GetOperation(reference.GetSyntax()) is { } body)
                bodies.Add(body);
        }

        return definition.DeclaringSyntaxReferences.IsEmpty ? null : bodies;
    }

    /// <summary>The symbol that a declaration declares; for the arrow of a property its getter. Null when it declares no method.</summary>
    public IMethodSymbol? MethodOf(SyntaxNode declaration)
    {
        SemanticModel model = ModelOf(declaration.SyntaxTree);
        return declaration is ArrowExpressionClauseSyntax { Parent: { } property }
            ? (model.GetDeclaredSymbol(property) as IPropertySymbol)?.GetMethod
            : model.GetDeclaredSymbol(declaration) as IMethodSymbol;
    }

    /// <summary>
    /// The text that a field or property of this compilation is declared with, as its initializer or its arrow writes it; null when it is declared without one or elsewhere.
    /// </summary>
    public IOperation? TextOf(ISymbol member)
    {
        if (member.DeclaringSyntaxReferences is not [var reference] || !compilation.ContainsSyntaxTree(reference.SyntaxTree))
            return null;
        ExpressionSyntax? written = reference.GetSyntax() switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var value } => value,
            PropertyDeclarationSyntax { ExpressionBody.Expression: var value } => value,
            PropertyDeclarationSyntax { Initializer.Value: var value, AccessorList.Accessors: [{ RawKind: (int)SyntaxKind.GetAccessorDeclaration, Body: null, ExpressionBody: null }] } => value,
            _ => null,
        };
        return written is InterpolatedStringExpressionSyntax or LiteralExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }
            ? ModelOf(reference.SyntaxTree).GetOperation(written)
            : null;
    }

    /// <summary>
    /// The declaration whose code a node stands in: a method, an accessor, an arrow, an initializer, a file of statements. Null where it stands in none, as in a list of bases.
    /// </summary>
    public static SyntaxNode? DeclarationAround(SyntaxNode node)
    {
        for (SyntaxNode? current = node; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }:
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } }:
                    return current;
                case GlobalStatementSyntax:
                    return current.Parent;
                case BaseTypeDeclarationSyntax or AttributeSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The code of a declaration, as <see cref="DeclarationAround"/> finds it; null when it has none, or when it is source of another project.</summary>
    public IReadOnlyList<IOperation>? BodyOf(SyntaxNode declaration) =>
        compilation.ContainsSyntaxTree(declaration.SyntaxTree) && ModelOf(declaration.SyntaxTree).GetOperation(declaration) is { } body ? [body] : null;

    /// <summary>Whether this compilation declares a type in source.</summary>
    public bool Declares(INamedTypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);

    /// <summary>The values that a body returns; those of its lambdas and local functions are not among them.</summary>
    public static List<IOperation> ReturnedValues(IOperation body)
    {
        var values = new List<IOperation>();
        Flow.Operations.Visit(body, (Values: values, Body: body), static (operation, state) =>
        {
            if (operation is IReturnOperation { ReturnedValue: { } value })
                state.Values.Add(value);
            return operation == state.Body || operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation);
        });
        return values;
    }

#pragma warning disable RS1030 // The analyzer driver caches one semantic model per tree, so nothing is bound twice.
    private SemanticModel ModelOf(SyntaxTree tree) =>
        _models is null ? compilation.GetSemanticModel(tree) : _models.GetOrAdd(tree, tree => compilation.GetSemanticModel(tree));
#pragma warning restore RS1030
}
