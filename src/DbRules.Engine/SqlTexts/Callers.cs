using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>The members of a type that call one of its private methods.</summary>
internal static class Callers
{
    private const int MaxCallers = 20;

    /// <summary>The bodies of the type's members that mention the method by name; for a local function the body that it stands in.</summary>
    public static IEnumerable<IReadOnlyList<IOperation>> Of(IMethodSymbol method, IReadOnlyList<IOperation> roots, CalleeBodies bodies)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
            return [roots];
        return method.ContainingType.DeclaringSyntaxReferences
            .SelectMany(static reference => reference.GetSyntax() is TypeDeclarationSyntax type ? type.Members : default)
            .Where(member => member is BaseMethodDeclarationSyntax && member.DescendantTokens().Count(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == method.Name) > (IsDeclarationOf(member, method) ? 1 : 0))
            .Take(MaxCallers)
            .Select(bodies.BodyOf)
            .OfType<IReadOnlyList<IOperation>>();
    }

    /// <summary>The values that the calls in a body give a parameter.</summary>
    public static IEnumerable<IOperation> ArgumentsFor(IParameterSymbol parameter, IReadOnlyList<IOperation> body)
    {
        var found = new List<IOperation>();
        foreach (IOperation root in body)
        {
            Operations.Visit(root, (Found: found, Parameter: parameter), static (operation, state) =>
            {
                if (operation is IInvocationOperation call
                    && SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, state.Parameter.ContainingSymbol.OriginalDefinition)
                    && Operations.Argument(call, state.Parameter.Name) is { } argument)
                {
                    state.Found.Add(argument);
                }

                return true;
            });
        }

        return found;
    }

    private static bool IsDeclarationOf(MemberDeclarationSyntax member, IMethodSymbol method) => member is MethodDeclarationSyntax { Identifier.ValueText: var name } && name == method.Name;
}
