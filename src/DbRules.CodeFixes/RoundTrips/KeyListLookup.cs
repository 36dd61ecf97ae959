using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.RoundTrips;

/// <summary>Writes the call of the overload that takes all keys, and what the loop reads instead.</summary>
internal static class KeyListLookup
{
    /// <summary>Plans and records the change. False, and no change, when there is no plan.</summary>
    public static bool TryWrite(LookupPlan plan)
    {
        if (plan.Call is not { Expression: MemberAccessExpressionSyntax } call || call.ArgumentList.Arguments.Any(argument => argument.NameColon is not null))
            return false;
        if (call.ArgumentList.Arguments.FirstOrDefault(argument => argument.Span.Contains(plan.Key.Span)) is not { } keyArgument
            || KeyType(plan, call) is not { } keyType
            || !plan.Edit.Imports.HasEnumerable("Zip", plan.Loop.SpanStart))
        {
            return false;
        }

        string keys = Keys(plan, keyType);
        string read = Read(plan, call, keyArgument, keys);
        string key = plan.Lambda("key"), value = plan.Lambda("value"), pair = plan.Lambda("pair");
        string indentation = LoopLayout.IndentationAt(plan.Edit.Text, plan.Loop.SpanStart);
        string zip = $"{keys}.Zip({read}, ({key}, {value}) => ({key}, {value}))";
        string collect = $".ToDictionary({pair} => {pair}.{key}, {pair} => {pair}.{value})";
        bool isLong = LoopLayout.IsLong(indentation + "valuesByKey" + zip + collect);
        string separator = isLong ? LoopLayout.NewLine(plan.Edit.Text) + indentation + LoopLayout.Step(indentation) : "";
        string values = plan.AddLocal(["valuesByKey"], zip + separator + collect);
        plan.Commit($"{values}[{plan.Key}]");
        return true;
    }

    /// <summary>The local that holds the keys, each once. Adds the statement that makes it, unless an earlier plan has.</summary>
    private static string Keys(LookupPlan plan, ITypeSymbol keyType)
    {
        string purpose = "key list " + plan.KeyOfElement.WithoutTrivia();
        if (plan.Edit.Shared(plan.Loop, purpose) is { } shared)
            return shared;
        string source = plan.Source();
        string element = plan.Lambda(plan.ElementName);
        string key = plan.KeyOf(element);
        bool isKey = SymbolEqualityComparer.Default.Equals(plan.Edit.Model.GetTypeInfo(plan.KeyOfElement).Type, keyType);
        string converted = isKey ? key : $"({keyType.ToMinimalDisplayString(plan.Edit.Model, plan.Loop.SpanStart)}){InParentheses(plan.KeyOfElement, key)}";
        string projected = converted == element ? source : $"{source}.Select({element} => {converted})";
        string keys = plan.AddLocal(["keys", Names.Camel(keyType.Name) + "s"], projected + ".Distinct().ToArray()");
        plan.Edit.Share(plan.Loop, purpose, keys);
        return keys;
    }

    private static string InParentheses(ExpressionSyntax expression, string code) =>
        expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or InterpolatedStringExpressionSyntax or ParenthesizedExpressionSyntax ? code : $"({code})";

    /// <summary>The call with all keys in place of the one.</summary>
    private static string Read(LookupPlan plan, InvocationExpressionSyntax call, ArgumentSyntax keyArgument, string keys)
    {
        string before = plan.Edit.Slice(TextSpan.FromBounds(call.SpanStart, keyArgument.SpanStart));
        string behind = plan.Edit.Slice(TextSpan.FromBounds(keyArgument.Span.End, call.Span.End));
        string read = before + keys + behind;
        return plan.IsAwaited ? $"await {read}{plan.AwaitSuffix}" : read;
    }

    /// <summary>The type of one key of the overload that takes all; null when there is none.</summary>
    private static ITypeSymbol? KeyType(LookupPlan plan, InvocationExpressionSyntax call) =>
        plan.Edit.Model.GetSymbolInfo(call).Symbol is IMethodSymbol method
            ? method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
                .SelectMany(overload => overload.Parameters)
                .Where(parameter => parameter.Name == plan.Hint.KeyListParameter)
                .Select(parameter => (parameter.Type as IArrayTypeSymbol)?.ElementType)
                .FirstOrDefault()
            : null;
}
