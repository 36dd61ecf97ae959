using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Effects;

/// <summary>Members that an interface or base demands and that a class refuses to support.</summary>
internal static class Refusals
{
    /// <summary>Whether all that the member's code does is to throw: no call that goes on ever ran it.</summary>
    public static bool OnlyThrows(IMethodSymbol member)
    {
        foreach (SyntaxReference reference in member.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is BaseMethodDeclarationSyntax { Body.Statements: [ThrowStatementSyntax] } or BaseMethodDeclarationSyntax { ExpressionBody.Expression: ThrowExpressionSyntax })
                return true;
        }

        return false;
    }
}
