using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.SqlText;

/// <summary>Adds parameters to a bag of values, such as <c>DynamicParameters</c>, that a call is given.</summary>
internal static class BagWriter
{
    /// <summary>Adds them in front of the statement that calls; false where there is no place for them, or where the argument is no such bag.</summary>
    /// <param name="bag">The argument.</param>
    /// <param name="call">The call or creation that takes it.</param>
    /// <param name="places">The values.</param>
    /// <param name="edit">The document.</param>
    public static bool TryAdd(IdentifierNameSyntax bag, SyntaxNode call, IReadOnlyList<SplicedPlace> places, DocumentEdit edit)
    {
        if (edit.Model.GetTypeInfo(bag) is not { Type: { } type, Nullability.FlowState: not NullableFlowState.MaybeNull } || !TakesNamedValues(type) || StatementAround(call) is not { } statement
            || edit.Model.GetSymbolInfo(bag).Symbol is not { } held || IsDeclaredIn(held, statement) || places.Any(place => !CanBeReadBefore(statement, place, edit)))
        {
            return false;
        }

        string behind = LoopLayout.NewLine(edit.Text) + LoopLayout.IndentationAt(edit.Text, statement.SpanStart);
        edit.Replace(new TextSpan(statement.SpanStart, 0), string.Concat(places.Select(place => $"{bag}.Add(\"{place.Name}\", {place.ValueText});{behind}")));
        return true;
    }

    private static bool TakesNamedValues(ITypeSymbol type) => type.GetMembers("Add").OfType<IMethodSymbol>().Any(static add =>
        add.Parameters is [{ Type.SpecialType: SpecialType.System_String, Name: "name" or "parameterName" }, { Type.SpecialType: SpecialType.System_Object }, .. var others] && others.All(static other => other.IsOptional));

    /// <summary>The statement of a block that runs a call once; null where a function or a condition stands between.</summary>
    private static StatementSyntax? StatementAround(SyntaxNode call)
    {
        foreach (SyntaxNode node in call.Ancestors())
        {
            if (node is AnonymousFunctionExpressionSyntax)
                return null;
            if (node is StatementSyntax statement)
                return statement is not (WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax) && statement.Parent is BlockSyntax ? statement : null;
        }

        return null;
    }

    /// <summary>Whether nothing that a value reads is declared by the statement itself.</summary>
    private static bool CanBeReadBefore(StatementSyntax statement, SplicedPlace place, DocumentEdit edit) =>
        edit.Root.FindNode(place.Source, getInnermostNodeForTie: true).DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .All(name => edit.Model.GetSymbolInfo(name).Symbol is not { } symbol || !IsDeclaredIn(symbol, statement));

    private static bool IsDeclaredIn(ISymbol symbol, StatementSyntax statement) =>
        symbol is ILocalSymbol or IParameterSymbol && symbol.DeclaringSyntaxReferences.Any(reference => statement.Span.Contains(reference.Span));
}
