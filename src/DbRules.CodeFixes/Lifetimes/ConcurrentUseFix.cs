using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Lifetimes;

/// <summary>Awaits operations of one context in turn.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConcurrentUseFix))]
[Shared]
public sealed class ConcurrentUseFix() : DocumentFix("DBR412", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Await one after the other";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (ConcurrencyHint.From(diagnostic.Properties) is not { } hint)
            return false;
        List<InvocationExpressionSyntax> calls = [.. hint.Calls.Select(span => edit.Find<InvocationExpressionSyntax>(span)).OfType<InvocationExpressionSyntax>()];
        if (calls.Count != hint.Calls.Length || !edit.IsWellFormed(calls[0]) || !calls.TrueForAll(static call => AsyncConversion.IsAsync(Awaits.FunctionAround(call)) && Awaits.MayStandAt(call)))
            return false;
        return edit.TryAll(() => WhenAllAround(calls[0]) is { } all && calls.TrueForAll(call => WhenAllAround(call) == all) ? TrySplit(all, edit) : calls.TrueForAll(call => TryAwaitAtStart(call, edit)));
    }

    /// <summary>The <c>Task.WhenAll</c> that takes a call as an argument; null when none does.</summary>
    private static InvocationExpressionSyntax? WhenAllAround(ExpressionSyntax call) =>
        call.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WhenAll" } } all } } ? all : null;

    /// <summary>Two statements for <c>await Task.WhenAll(…);</c>, and an array where its results are kept.</summary>
    private static bool TrySplit(InvocationExpressionSyntax all, DocumentEdit edit)
    {
        ExpressionSyntax configured = all.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax outer } ? outer : all;
        SeparatedSyntaxList<ArgumentSyntax> tasks = all.ArgumentList.Arguments;
        if (configured.Parent is not AwaitExpressionSyntax awaited || !edit.IsFree(awaited.Span) || DocumentEdit.HasComment(awaited) || !tasks.All(static task => task.Expression is InvocationExpressionSyntax))
            return false;
        string tail = configured == all ? "" : edit.Slice(TextSpan.FromBounds(all.Span.End, configured.Span.End));
        List<string> inTurn = [.. tasks.Select(task => "await " + edit.Slice(task.Span) + tail)];
        switch (awaited.Parent)
        {
            case ExpressionStatementSyntax statement:
                if (!StatementPlace.Before(statement, [.. inTurn.Take(inTurn.Count - 1).Select(static one => one + ";")], edit))
                    return false;
                edit.Replace(awaited.Span, inTurn[inTurn.Count - 1]);
                return true;
            case EqualsValueClauseSyntax or AssignmentExpressionSyntax or ReturnStatementSyntax when edit.Model.GetTypeInfo(awaited).Type is IArrayTypeSymbol { ElementType: var element }
                && tasks.All(task => edit.Model.GetTypeInfo(task.Expression).Type is INamedTypeSymbol { TypeArguments: [var result] } && SymbolEqualityComparer.Default.Equals(result, element)):
                edit.Replace(awaited.Span, "new[] { " + string.Join(", ", inTurn) + " }");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Awaits a call where it stands: a task that nobody awaits, or one that a local holds until then.</summary>
    private static bool TryAwaitAtStart(InvocationExpressionSyntax call, DocumentEdit edit)
    {
        string tail = Awaits.TailAround(call);
        switch (call.Parent)
        {
            // It is awaited already, or blocks.
            case AwaitExpressionSyntax:
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent.Parent: AwaitExpressionSyntax }:
                return true;
            case { } when edit.Model.GetTypeInfo(call).Type is not INamedTypeSymbol { Name: "Task" or "ValueTask" }:
                return true;
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax } discard:
                edit.Replace(TextSpan.FromBounds(discard.SpanStart, call.SpanStart), "");
                AsyncConversion.Await(call, tail, edit);
                return true;
            case ExpressionStatementSyntax:
                AsyncConversion.Await(call, tail, edit);
                return true;
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } variable } when declaration.Parent is LocalDeclarationStatementSyntax:
                return TryHoldResult(call, variable, declaration, tail, edit);
            default:
                return false;
        }
    }

    /// <summary>The local holds the result from the start, so that nothing has to await it later.</summary>
    private static bool TryHoldResult(InvocationExpressionSyntax call, VariableDeclaratorSyntax variable, VariableDeclarationSyntax declaration, string tail, DocumentEdit edit)
    {
        if (edit.Model.GetTypeInfo(call).Type is not INamedTypeSymbol { TypeArguments.Length: 1 } || edit.Model.GetDeclaredSymbol(variable) is not ILocalSymbol { Type: INamedTypeSymbol { TypeArguments.Length: 1 } } task || !edit.IsFree(declaration.Span))
            return false;
        SyntaxNode function = Awaits.FunctionAround(call);
        List<IdentifierNameSyntax> mentions = [.. function.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == task.Name && SymbolEqualityComparer.Default.Equals(edit.Model.GetSymbolInfo(name).Symbol, task))];
        string name = ResultName(task.Name) is { } shorter && edit.NamesAround(call).Local(shorter) == shorter ? shorter : task.Name;
        if (!declaration.Type.IsVar)
            edit.Replace(declaration.Type.Span, "var");
        edit.Replace(variable.Identifier.Span, name);
        AsyncConversion.Await(call, tail, edit);
        return mentions.TrueForAll(mention => TryReadResult(mention, name, edit));
    }

    private static bool TryReadResult(IdentifierNameSyntax mention, string name, DocumentEdit edit)
    {
        ExpressionSyntax task = mention;
        if (mention.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured })
            task = configured;
        switch (task.Parent)
        {
            case AwaitExpressionSyntax { Parent: ExpressionStatementSyntax statement }:
                return StatementPlace.Remove(statement, edit);
            case AwaitExpressionSyntax { Parent: ParenthesizedExpressionSyntax parenthesized }:
                return TryReplace(parenthesized, name, edit);
            case AwaitExpressionSyntax awaited:
                return TryReplace(awaited, name, edit);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result:
                return TryReplace(result, name, edit);
            // Once all of them have ended, there is nothing to wait for.
            case ArgumentSyntax when WhenAllAround(task) is { } all && all.ArgumentList.Arguments.All(static one => one.Expression is IdentifierNameSyntax):
                ExpressionSyntax waited = all.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax outer } ? outer : all;
                return waited.Parent is AwaitExpressionSyntax { Parent: ExpressionStatementSyntax wait } && (!edit.IsFree(wait.Span) || StatementPlace.Remove(wait, edit));
            default:
                return false;
        }
    }

    private static bool TryReplace(ExpressionSyntax expression, string name, DocumentEdit edit)
    {
        if (!edit.IsFree(expression.Span) || DocumentEdit.HasComment(expression))
            return false;
        edit.Replace(expression.Span, name);
        return true;
    }

    /// <summary><c>orders</c> for <c>ordersTask</c>; null where the name does not say that it is a task.</summary>
    private static string? ResultName(string name) => name.Length > 4 && name.EndsWith("Task", StringComparison.Ordinal) ? name.Substring(0, name.Length - 4) : null;
}
