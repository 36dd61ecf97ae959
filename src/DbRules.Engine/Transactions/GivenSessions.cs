using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>
/// Whether objects are given their session. A container hands the same one to all classes of a request; one that a class makes for itself, by a factory perhaps, is none of
/// another class.
/// </summary>
internal sealed class GivenSessions(CompilationContext context)
{
    private readonly SmallTable<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether two sessions are the same object, as far as the code tells: the same name, or what a container hands to both classes.</summary>
    public bool AreOne(Session one, Session other) =>
        one.Equals(other) || (one.IsInjected && other.IsInjected && SymbolEqualityComparer.Default.Equals(one.Type, other.Type) && IsGiven(one.Path[0]) && IsGiven(other.Path[0]));

    private bool IsGiven(ISymbol holder) => _known.GetOrAdd(holder.OriginalDefinition, this, static (symbol, sessions) => !sessions.IsMade(symbol));

    private bool IsMade(ISymbol holder)
    {
        if (holder is IPropertySymbol { GetMethod: { } getter } && context.Bodies.OwnBodyOf(getter) is { } bodies)
            return bodies.SelectMany(CalleeBodies.ReturnedValues).Select(Operations.Unwrap).Any(value => value is ICoalesceAssignmentOperation or IInvocationOperation or IObjectCreationOperation || (value is IFieldReferenceOperation { Field: var kept } && IsMade(kept)));
        return holder.ContainingType is { } type && type.DeclaringSyntaxReferences.Any(declaration => declaration.GetSyntax().DescendantNodes().Any(node => ValueGivenTo(holder.Name, node) is { } value && Makes(value)));
    }

    private static ExpressionSyntax? ValueGivenTo(string name, SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax left, Right: var right } when left.Identifier.ValueText == name => right,
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var left }, Right: var right } when left.Identifier.ValueText == name => right,
        VariableDeclaratorSyntax { Initializer.Value: var value, Parent.Parent: FieldDeclarationSyntax } field when field.Identifier.ValueText == name => value,
        PropertyDeclarationSyntax { Initializer.Value: var value } property when property.Identifier.ValueText == name => value,
        _ => null,
    };

    /// <summary>A creation, or a call that is handed nothing which it could give back: <c>NotNull(db)</c> is none.</summary>
    private static bool Makes(ExpressionSyntax value) => value switch
    {
        BaseObjectCreationExpressionSyntax => true,
        AwaitExpressionSyntax { Expression: var awaited } => Makes(awaited),
        ParenthesizedExpressionSyntax { Expression: var inner } => Makes(inner),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce => Makes(coalesce.Left) || Makes(coalesce.Right),
        InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } => !arguments.Any(static argument => argument.Expression is IdentifierNameSyntax),
        _ => false,
    };
}
