using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Calls;

/// <summary>Asks the compiler which method a call would mean if it were written a little differently, at its own place and with all that is in scope there.</summary>
/// <param name="model">The semantic model of the call's file.</param>
/// <param name="call">The call as it is written.</param>
/// <param name="receiver">What the call is made on; null when it is made on nothing.</param>
/// <param name="home">The static class to name as the one that declares the method; null for what is in scope.</param>
internal sealed class CallBinding(SemanticModel model, InvocationExpressionSyntax call, IOperation? receiver, INamedTypeSymbol? home = null)
{
    public InvocationExpressionSyntax Call => call;

    /// <summary>Arguments that the binding adds before those that are written.</summary>
    public int LeadingArguments => home is null ? 0 : 1;

    /// <summary>Whether the file may use collection expressions.</summary>
    public bool HasCollectionExpressions => call.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp12 };

    /// <summary>The name of a type as code at the call has to write it.</summary>
    public string NameOf(INamedTypeSymbol type) => IsInScope(type) ? type.Name : type.ToMinimalDisplayString(model, call.SpanStart);

    /// <summary>Whether the type's own name means it at the call. To look for the shortest name that does would have the compiler list every name that is in scope.</summary>
    private bool IsInScope(INamedTypeSymbol type) => !type.IsGenericType
        && SymbolEqualityComparer.Default.Equals(model.GetSpeculativeTypeInfo(call.SpanStart, SyntaxFactory.IdentifierName(type.Name), SpeculativeBindingOption.BindAsTypeOrNamespace).Type, type);

    /// <summary>The method that the call means under another name and with changed arguments; null when it means none.</summary>
    /// <param name="name">The name, without type arguments.</param>
    /// <param name="changes">Changes inside the argument list, as positions in the file.</param>
    public IMethodSymbol? Bind(string name, params TextChange[] changes)
    {
        if (CodeText.NameOf(call).AsToken() is not { RawKind: (int)SyntaxKind.IdentifierToken } identifier)
            return null;
        int start = call.ArgumentList.SpanStart;
        string arguments = SourceText.From(call.ArgumentList.ToString())
            .WithChanges(changes.Select(change => new TextChange(new TextSpan(change.Span.Start - start, change.Span.Length), change.NewText ?? "")))
            .ToString();
        ExpressionSyntax rewritten;
        if (home is null)
        {
            InvocationExpressionSyntax renamed = call.ReplaceToken(identifier, SyntaxFactory.Identifier(name)).WithArgumentList(SyntaxFactory.ParseArgumentList(arguments));
            rewritten = renamed.Expression is MemberAccessExpressionSyntax access ? renamed.WithExpression(access.WithExpression(StandInFor((MemberAccessExpressionSyntax)call.Expression))) : renamed;
        }
        else
        {
            if (call.Expression is not MemberAccessExpressionSyntax written)
                return null;
            string typeArguments = written.Name is GenericNameSyntax generic ? generic.TypeArgumentList.ToString() : "";
            string rest = arguments.Substring(1).TrimStart();
            string type = home.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
            rewritten = SyntaxFactory.ParseExpression($"{type}.{name}{typeArguments}({StandInFor(written)}{(rest.StartsWith(")", StringComparison.Ordinal) ? "" : ", ")}{rest}");
        }

        return model.GetSpeculativeSymbolInfo(call.SpanStart, rewritten, SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;
    }

    private ExpressionSyntax StandInFor(MemberAccessExpressionSyntax access) => StandIns.For(receiver, access.Expression);
}
