using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Lifetimes;

/// <summary>Awaits a task, or puts rows into a list, before the <c>using</c> that feeds them ends.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeferredEscapeFix))]
[Shared]
public sealed class DeferredEscapeFix() : DocumentFix("DBR408", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Finish it before 'using' ends";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit) =>
        EscapeHint.From(diagnostic.Properties) is { } hint && edit.TryAll(() => hint.Sequences.All(span => TryList(span, edit)) && TryAwait(hint.Tasks, edit));

    private static bool TryAwait(IReadOnlyList<TextSpan> tasks, DocumentEdit edit)
    {
        var converted = new HashSet<SyntaxNode>();
        foreach (TextSpan span in tasks)
        {
            if (edit.Find<ExpressionSyntax>(span) is not { } value || !edit.IsWellFormed(value))
                return false;
            SyntaxNode function = Awaits.FunctionAround(value);
            SyntaxNode outer = value;
            while (outer.Parent is ParenthesizedExpressionSyntax parent)
                outer = parent;
            if (outer.Parent is ReturnStatementSyntax)
            {
                // An asynchronous function that returns a task returns a task of a task.
                if (AsyncConversion.IsAsync(function) || (converted.Add(function) && !AsyncConversion.TryConvert(function, edit)))
                    return false;
            }
            else if (!AsyncConversion.IsAsync(function) || !Awaits.MayStandAt(outer) || !TryAwaitDropped(outer, edit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>await db.SaveChangesAsync();</c> for a task that nothing takes.</summary>
    private static bool TryAwaitDropped(SyntaxNode task, DocumentEdit edit)
    {
        SyntaxNode statement = task.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discard ? discard : task;
        if (statement.Parent is not ExpressionStatementSyntax || !edit.IsFree(statement.Span) || DocumentEdit.HasComment(statement))
            return false;
        edit.Replace(TextSpan.FromBounds(statement.SpanStart, task.SpanStart), "");
        AsyncConversion.Await((ExpressionSyntax)task, Awaits.TailAround(task), edit);
        return true;
    }

    /// <summary><c>query.ToList()</c>, where whoever takes the rows takes a list too.</summary>
    private static bool TryList(TextSpan span, DocumentEdit edit)
    {
        if (edit.Find<ExpressionSyntax>(span) is not { } rows || !edit.IsWellFormed(rows) || !edit.IsFree(span) || ListOf(rows, edit.Model) is not { } list
            || TypeTakenOf(rows, edit.Model) is not { } taken || !edit.Model.Compilation.ClassifyConversion(list, taken).IsImplicit)
        {
            return false;
        }

        SyntaxNode function = Awaits.FunctionAround(rows);
        bool isAsync = AsyncConversion.IsAsync(function) && Awaits.MayStandAt(rows) && IsEntityQuery(rows, edit.Model);
        if (!(isAsync ? edit.Imports.HasAsyncTerminal("ToListAsync", span.Start) : edit.Imports.HasEnumerable("ToList", span.Start)))
            return false;
        bool isLoose = rows is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or ParenthesizedExpressionSyntax or ElementAccessExpressionSyntax);
        edit.InsertOnce(span.Start, (isAsync ? "await " : "") + (isLoose ? "(" : ""));
        edit.InsertOnce(span.End, (isLoose ? ")" : "") + (isAsync ? $".ToListAsync({TokenOf(function)})" + Awaits.TailAround(rows) : ".ToList()"));
        return true;
    }

    private static INamedTypeSymbol? ListOf(ExpressionSyntax rows, SemanticModel model) =>
        model.GetTypeInfo(rows).Type is { } type
        && new[] { type }.Concat(type.AllInterfaces).OfType<INamedTypeSymbol>().FirstOrDefault(static one => one.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T) is { TypeArguments: [var row] }
            ? model.Compilation.GetTypeByMetadataName("System.Collections.Generic.List`1")?.Construct(row)
            : null;

    /// <summary>The type that a <c>return</c> or an assignment asks for; null for any other place.</summary>
    private static ITypeSymbol? TypeTakenOf(ExpressionSyntax rows, SemanticModel model) => rows.Parent switch
    {
        ReturnStatementSyntax => ResultOf(Awaits.FunctionAround(rows), model),
        AssignmentExpressionSyntax assignment when assignment.Right == rows && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) => model.GetTypeInfo(assignment.Left).Type,
        _ => null,
    };

    private static ITypeSymbol? ResultOf(SyntaxNode function, SemanticModel model)
    {
        var symbol = (function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function).Symbol : model.GetDeclaredSymbol(function)) as IMethodSymbol;
        return symbol is { IsAsync: true, ReturnType: INamedTypeSymbol { TypeArguments: [var result] } } ? result : symbol?.ReturnType;
    }

    private static bool IsEntityQuery(ExpressionSyntax rows, SemanticModel model) =>
        model.GetTypeInfo(rows).Type is { } type && (type.Name == "IQueryable" || type.AllInterfaces.Any(static one => one.Name == "IQueryable"))
        && model.Compilation.GetTypeByMetadataName("Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions") is not null;

    /// <summary>The name of the function's token; nothing when it has none, or several.</summary>
    private static string TokenOf(SyntaxNode function)
    {
        ParameterListSyntax? parameters = (function as BaseMethodDeclarationSyntax)?.ParameterList ?? (function as LocalFunctionStatementSyntax)?.ParameterList ?? (function as ParenthesizedLambdaExpressionSyntax)?.ParameterList;
        List<ParameterSyntax> tokens = [.. (parameters?.Parameters ?? []).Where(static parameter => parameter.Type is IdentifierNameSyntax { Identifier.ValueText: "CancellationToken" })];
        return tokens is [{ Identifier.Text: var name }] ? name : "";
    }
}
