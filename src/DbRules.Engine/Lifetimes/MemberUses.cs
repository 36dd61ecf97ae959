using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds every place where a class names a field or property of its own.</summary>
internal sealed class MemberUses(CompilationContext context, MemberBodies bodies)
{
    /// <summary>The member of the own object that a place puts a value into; null for any other place.</summary>
    public static ISymbol? KeeperAt(IOperation site, IOperation value) => site switch
    {
        IAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, Member: var member } } => member,
        IFieldInitializerOperation { InitializedFields: [var field], Value: var made } when Operations.Unwrap(made) == value => field,
        IPropertyInitializerOperation { InitializedProperties: [var property], Value: var made } when Operations.Unwrap(made) == value => property,
        _ => null,
    };

    /// <summary>Every place that names a member of the class, with its body; null when one of them cannot be read.</summary>
    public List<(IOperation Mention, BodyFacts Body)>? Of(ISymbol member)
    {
        List<SyntaxNode> names = [.. member.ContainingType.DeclaringSyntaxReferences.SelectMany(static declaration => declaration.GetSyntax().DescendantNodes()).Where(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == member.Name)];
        var found = new List<(IOperation, BodyFacts)>();
        foreach (IMethodSymbol method in member.ContainingType.GetMembers().OfType<IMethodSymbol>())
        {
            SyntaxNode[] declarations = [.. method.DeclaringSyntaxReferences.Concat(method.PartialImplementationPart?.DeclaringSyntaxReferences ?? []).Select(static one => one.GetSyntax()).Where(static one => one is not TypeDeclarationSyntax)];
            if (names.RemoveAll(name => declarations.Any(declaration => declaration.SyntaxTree == name.SyntaxTree && declaration.Span.Contains(name.Span))) == 0)
                continue;
            BodyFacts body = bodies.Of(method) ?? BodyFacts.Empty;
            // Of a body that does nothing to a store no operations are kept.
            if ((body.Roots.Count > 0 ? body.Roots : context.Bodies.OwnBodyOf(method)) is not { } roots)
                return null;
            foreach (IOperation root in roots)
            {
                Operations.Visit(root, found, (operation, into) =>
                {
                    if (operation is IMemberReferenceOperation { Member: var named } && SymbolEqualityComparer.Default.Equals(named, member))
                        into.Add((operation, body));
                    return true;
                });
            }
        }

        return names.Count == 0 ? found : null;
    }
}
