using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.Editing;

/// <summary>Makes a function that returns a task asynchronous, so that it awaits what it returned before.</summary>
internal static class AsyncConversion
{
    /// <summary>Whether a function is asynchronous.</summary>
    public static bool IsAsync(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.RawKind != 0,
        _ => false,
    };

    /// <summary>
    /// Writes <c>async</c> and awaits what each <c>return</c> of the function returns. False, and changes that the caller takes back, where the function cannot be asynchronous
    /// or a return has no form that awaits.
    /// </summary>
    public static bool TryConvert(SyntaxNode function, DocumentEdit edit)
    {
        if (PlaceOf(function) is not { } place || BlockOf(function) is not { } block || ReturnOf(function, edit.Model) is not { } result || !CanAwait(function, edit.Model))
            return false;
        string tail = Awaits.TypeEndsOnAnyThread(function) ? ".ConfigureAwait(false)" : "";
        foreach (ReturnStatementSyntax leave in ReturnsOf(function))
        {
            if (leave.Expression is not { } value || DocumentEdit.HasComment(leave) || !edit.IsFree(leave.Span) || !(result.IsGenericType ? TryReturnResult(value, tail, edit) : TryReturnNothing(leave, value, block, tail, edit)))
                return false;
        }

        edit.InsertOnce(place, "async ");
        return true;
    }

    /// <summary>Writes <c>await</c> before an expression, with parentheses where it needs them.</summary>
    public static void Await(ExpressionSyntax value, string tail, DocumentEdit edit)
    {
        bool isLoose = value is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or ParenthesizedExpressionSyntax or ElementAccessExpressionSyntax or ObjectCreationExpressionSyntax);
        edit.InsertOnce(value.SpanStart, isLoose ? "await (" : "await ");
        if (isLoose || tail.Length > 0)
            edit.InsertOnce(value.Span.End, (isLoose ? ")" : "") + tail);
    }

    private static bool TryReturnResult(ExpressionSyntax value, string tail, DocumentEdit edit)
    {
        if (HasNoTypeOfItsOwn(value))
            return false;
        if (FinishedResult(value, edit.Model) is { } finished)
            edit.Replace(value.Span, edit.Slice(finished.Span));
        else
            Await(value, tail, edit);
        return true;
    }

    private static bool TryReturnNothing(ReturnStatementSyntax leave, ExpressionSyntax value, BlockSyntax body, string tail, DocumentEdit edit)
    {
        if (HasNoTypeOfItsOwn(value))
            return false;
        if (value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" })
        {
            if (!IsLast(leave, body) || leave.Parent is not BlockSyntax || !StatementPlace.Remove(leave, edit))
                edit.Replace(leave.Span, "return;");
            return true;
        }

        if (IsLast(leave, body))
        {
            edit.Replace(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(leave.SpanStart, value.SpanStart), "");
            Await(value, tail, edit);
            return true;
        }

        bool isLoose = value is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or ParenthesizedExpressionSyntax);
        string awaited = (isLoose ? "await (" : "await ") + edit.Slice(value.Span) + (isLoose ? ")" : "") + tail + ";";
        if (!StatementPlace.Before(leave, [awaited], edit))
            return false;
        edit.Replace(leave.Span, "return;");
        return true;
    }

    /// <summary>Whether a value is only a task because the function returns one, or none at all: it cannot be awaited.</summary>
    private static bool HasNoTypeOfItsOwn(ExpressionSyntax value) =>
        value is DefaultExpressionSyntax or ThrowExpressionSyntax or ImplicitObjectCreationExpressionSyntax || value.IsKind(SyntaxKind.DefaultLiteralExpression) || value.IsKind(SyntaxKind.NullLiteralExpression);

    /// <summary>The value that <c>Task.FromResult</c> wraps; null for any other expression.</summary>
    private static ExpressionSyntax? FinishedResult(ExpressionSyntax value, SemanticModel model) =>
        value is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var wrapped, NameColon: null }] } call
        && model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "FromResult", ContainingType: { Name: "Task" or "ValueTask" } }
            ? wrapped
            : null;

    /// <summary>Where <c>async</c> goes; null for functions that cannot have it.</summary>
    private static int? PlaceOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method when !method.Modifiers.Any(SyntaxKind.PartialKeyword) => method.ReturnType.SpanStart,
        LocalFunctionStatementSyntax local => local.ReturnType.SpanStart,
        ParenthesizedLambdaExpressionSyntax { ReturnType: { } returned } => returned.SpanStart,
        ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.SpanStart,
        SimpleLambdaExpressionSyntax lambda => lambda.Parameter.SpanStart,
        AnonymousMethodExpressionSyntax lambda => lambda.DelegateKeyword.SpanStart,
        _ => null,
    };

    private static BlockSyntax? BlockOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax { Body: { } body } => body,
        LocalFunctionStatementSyntax { Body: { } body } => body,
        AnonymousFunctionExpressionSyntax { Block: { } body } => body,
        _ => null,
    };

    /// <summary>The task that the function returns; null when it returns something else.</summary>
    private static INamedTypeSymbol? ReturnOf(SyntaxNode function, SemanticModel model)
    {
        var symbol = (function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function).Symbol : model.GetDeclaredSymbol(function)) as IMethodSymbol;
        return symbol is { ReturnType: INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" } task, IsAsync: false } && symbol.Parameters.All(static parameter => parameter is { RefKind: RefKind.None, Type.IsRefLikeType: false }) ? task : null;
    }

    private static IEnumerable<ReturnStatementSyntax> ReturnsOf(SyntaxNode function) =>
        function.DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>();

    private static bool CanAwait(SyntaxNode function, SemanticModel model) =>
        !function.AncestorsAndSelf().Any(static node => node is UnsafeStatementSyntax)
        && !ReturnsOf(function).Any(leave => leave.Ancestors().TakeWhile(node => node != function).Any(static node => node is LockStatementSyntax or FixedStatementSyntax))
        && !function.DescendantNodes().Any(node => node is RefTypeSyntax or RefExpressionSyntax or StackAllocArrayCreationExpressionSyntax or YieldStatementSyntax
            || (node is VariableDeclaratorSyntax variable && model.GetDeclaredSymbol(variable) is ILocalSymbol { Type.IsRefLikeType: true }));

    /// <summary>Whether the function ends behind a statement.</summary>
    private static bool IsLast(StatementSyntax statement, BlockSyntax body)
    {
        for (SyntaxNode current = statement; current.Parent is { } parent; current = parent)
        {
            if (parent is BlockSyntax block ? block.Statements.Last() != current : parent is not UsingStatementSyntax)
                return false;
            if (parent == body)
                return true;
        }

        return false;
    }
}
