using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Moves a query that is the same in every pass before the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InvariantQueryFix))]
[Shared]
public sealed class InvariantQueryFix() : DocumentFix("DBR107", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Run the query once before the loop";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (InvariantQueryHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<StatementSyntax>(hint.Loop) is not { } loop
            || edit.Find<ExpressionSyntax>(hint.Result) is not { } result
            || !edit.IsWellFormed(loop)
            || MayStream(result))
        {
            return false;
        }

        return hint.Declaration is { } span && edit.Find<LocalDeclarationStatementSyntax>(span) is { } declaration && edit.IsFree(declaration.Span) && CanMove(declaration, loop, edit)
            ? Move(declaration, loop, edit)
            : Extract(hint, result, loop, edit);
    }

    /// <summary>Dapper's rows that are not buffered come anew with each enumeration.</summary>
    private static bool MayStream(ExpressionSyntax result) =>
        result.DescendantNodes().OfType<ArgumentSyntax>().Any(argument => argument.NameColon?.Name.Identifier.ValueText == "buffered");

    /// <summary>Whether the declaration can stand before the loop as it is: alone in its lines, and its name clashes with no other.</summary>
    private static bool CanMove(LocalDeclarationStatementSyntax declaration, StatementSyntax loop, DocumentEdit edit)
    {
        string name = declaration.Declaration.Variables[0].Identifier.ValueText;
        if (declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword) || loop.Parent is not BlockSyntax block || declaration.Parent is not BlockSyntax { Statements.Count: > 1 })
            return false;
        bool isDeclaredElsewhere = block.DescendantTokens().Any(token => token.ValueText == name
            && token != declaration.Declaration.Variables[0].Identifier
            && token.Parent is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ParameterSyntax or ForEachStatementSyntax or CatchDeclarationSyntax or LocalFunctionStatementSyntax or FromClauseSyntax);
        // A member of that name, used before the loop, would be hidden by the local.
        bool isUsedOutside = block.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == name && !loop.Span.Contains(used.Span) && used.Parent is not MemberAccessExpressionSyntax);
        TextLine first = edit.Text.Lines.GetLineFromPosition(declaration.SpanStart);
        TextLine last = edit.Text.Lines.GetLineFromPosition(declaration.Span.End);
        bool isAlone = edit.Text.ToString(TextSpan.FromBounds(first.Start, declaration.SpanStart)).Trim().Length == 0
            && edit.Text.ToString(TextSpan.FromBounds(declaration.Span.End, last.End)).Trim() is var behind && (behind.Length == 0 || behind.StartsWith("//", StringComparison.Ordinal));
        bool hasDirective = declaration.DescendantTrivia().Any(trivia => trivia.IsDirective);
        return !isDeclaredElsewhere && !isUsedOutside && isAlone && !hasDirective;
    }

    private static bool Move(LocalDeclarationStatementSyntax declaration, StatementSyntax loop, DocumentEdit edit)
    {
        TextSpan lines = LoopLayout.LinesWithComments(edit.Root, edit.Text, declaration);
        string from = LoopLayout.IndentationAt(edit.Text, declaration.SpanStart);
        string code = edit.Slice(lines).TrimEnd().Substring(from.Length);
        edit.InsertBefore(loop, [LoopLayout.Reindent(code, from, LoopLayout.IndentationAt(edit.Text, loop.SpanStart))]);
        edit.Replace(LoopLayout.WithBlankLineBehind(edit.Text, lines), "");
        return true;
    }

    private static bool Extract(InvariantQueryHint hint, ExpressionSyntax result, StatementSyntax loop, DocumentEdit edit)
    {
        ExpressionSyntax replaced = result;
        while (replaced.Parent is ParenthesizedExpressionSyntax parentheses)
            replaced = parentheses;
        if (DocumentEdit.HasComment(replaced) || !edit.IsFree(replaced.Span) || (hint.IsEnumerated && !edit.Imports.HasEnumerable("ToList", loop.SpanStart)))
            return false;
        string value = edit.Slice(result.Span);
        if (hint.IsEnumerated)
            value = result is InvocationExpressionSyntax or MemberAccessExpressionSyntax ? value + ".ToList()" : $"({value}).ToList()";
        if ((edit.Shared(loop, "value " + value) ?? DocumentEdit.LocalBefore(loop, value)) is not { } name)
        {
            name = edit.NamesAround(loop).Local(NameFor(hint, result));
            SyntaxNode statement = result.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)result;
            edit.InsertBefore(loop, [$"var {name} = {LoopLayout.Reindent(value, LoopLayout.IndentationAt(edit.Text, statement.SpanStart), LoopLayout.IndentationAt(edit.Text, loop.SpanStart))};"]);
            edit.Share(loop, "value " + value, name);
        }

        edit.Replace(replaced.Span, name);
        return true;
    }

    /// <summary>'country', 'countries', 'hasCountries', 'countryCount', or 'value' where the code does not show what it is.</summary>
    private static string NameFor(InvariantQueryHint hint, ExpressionSyntax result)
    {
        string row = hint.Row is { Length: > 0 } type && !SyntaxFacts.IsKeywordKind(SyntaxFacts.GetKeywordKind(type)) ? type : "";
        return hint.Kind switch
        {
            ResultKind.Row => row.Length > 0 ? Names.Camel(row) : "row",
            ResultKind.Rows => row.Length > 0 ? Names.Camel(Names.Plural(row)) : "rows",
            ResultKind.Answer when row.Length > 0 && IsCallOf(result, "Any") => "has" + Names.Pascal(Names.Plural(row)),
            ResultKind.Number when row.Length > 0 && IsCallOf(result, "Count") => Names.Camel(row) + "Count",
            ResultKind.Number => result.ToString().IndexOf("COUNT(", StringComparison.OrdinalIgnoreCase) >= 0 ? "count" : "number",
            ResultKind.Answer => "answer",
            _ => "value",
        };
    }

    private static bool IsCallOf(ExpressionSyntax result, string method) => result.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault() is
        { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } && name.Contains(method);
}
