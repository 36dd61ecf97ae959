using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>Reads which entity and member a call of the fluent configuration is about, from its syntax alone.</summary>
internal static class FluentCalls
{
    /// <summary>
    /// The entity that a call configures: <c>Entity&lt;T&gt;()</c> before or around it, or the builder that its method takes. Null when the code does not say.
    /// </summary>
    public static string? EntityOf(MemberAccessExpressionSyntax access)
    {
        for (Microsoft.CodeAnalysis.SyntaxNode? node = access; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case InvocationExpressionSyntax invocation when EntityArgument(invocation) is { } around:
                    return around;
                case MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax receiver } when EntityArgument(receiver) is { } before:
                    return before;
                case MethodDeclarationSyntax method:
                    return method.ParameterList.Parameters.Select(parameter => TypeArgument(parameter.Type)).FirstOrDefault(name => name is not null);
            }
        }

        return null;
    }

    /// <summary>The simple name of the only type argument of a generic name; null for other types.</summary>
    public static string? TypeArgument(TypeSyntax? type) => type switch
    {
        QualifiedNameSyntax qualified => TypeArgument(qualified.Right),
        GenericNameSyntax { TypeArgumentList.Arguments: [var argument] } => SimpleName(argument),
        _ => null,
    };

    /// <summary>The member that a call names as its first argument, by a lambda or as text; null for several members and other arguments.</summary>
    public static string? FirstMember(InvocationExpressionSyntax call) => call.ArgumentList.Arguments is not [{ Expression: var argument }, ..] ? null : argument switch
    {
        LambdaExpressionSyntax { Body: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax, Name: var member } } => member.Identifier.ValueText,
        LambdaExpressionSyntax { Body: PostfixUnaryExpressionSyntax { Operand: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax, Name: var member } } } => member.Identifier.ValueText,
        LiteralExpressionSyntax { Token.Value: string name } => name,
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: [{ Expression: MemberAccessExpressionSyntax { Name: var member } }] } => member.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The members that a call names: by a lambda over one or an anonymous object of several, or as texts. Empty when it names none, or in another way.</summary>
    public static ImmutableArray<string> Members(InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments is [{ Expression: LambdaExpressionSyntax { Body: AnonymousObjectCreationExpressionSyntax several } }, ..])
            return [.. several.Initializers.Select(static one => one.Expression).OfType<MemberAccessExpressionSyntax>().Select(static member => member.Name.Identifier.ValueText)];
        if (call.ArgumentList.Arguments.Count > 1 && call.ArgumentList.Arguments.All(static argument => argument.Expression is LiteralExpressionSyntax { Token.Value: string }))
            return [.. call.ArgumentList.Arguments.Select(static argument => ((LiteralExpressionSyntax)argument.Expression).Token.ValueText)];
        return FirstMember(call) is { } member ? [member] : [];
    }

    private static string? EntityArgument(InvocationExpressionSyntax invocation) => invocation.Expression switch
    {
        MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "Entity" } name } => TypeArgument(name),
        // The model that migrations keep names entities by text, with their namespace.
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: "Entity" } } when invocation.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax { Token.Value: string full } }, ..] =>
            full.Substring(full.LastIndexOfAny(['.', '+']) + 1),
        _ => null,
    };

    private static string? SimpleName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax { Right: var right } => right.Identifier.ValueText,
        _ => null,
    };
}
