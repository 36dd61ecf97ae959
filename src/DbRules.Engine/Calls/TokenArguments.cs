using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Calls;

/// <summary>Finds how a token is handed to a call: as one more argument, behind a list in an array, or in the object that holds SQL, values and token together.</summary>
internal sealed class TokenArguments(ModelIndex models)
{
    /// <summary>How the call is given the token; null when no overload takes one.</summary>
    /// <param name="call">The call as it is.</param>
    /// <param name="method">The method that it means, or its asynchronous twin, without a token.</param>
    /// <param name="binding">The way to write the call.</param>
    /// <param name="token">The token's name.</param>
    public TokenPass? Of(IInvocationOperation call, IMethodSymbol method, CallBinding binding, string token)
    {
        foreach (Candidate? candidate in new[] { LastArgument(binding, token), NamedArgument(method, binding, token), BehindArray(call, binding, token) })
        {
            if (candidate is { Changes: var changes } && binding.Bind(method.Name, changes) is { } bound && IsSame(bound, method) && TakesToken(bound, binding, candidate))
                return new TokenPass(token, [.. changes]);
        }

        return InCommand(call, method, binding, token);
    }

    /// <summary>Whether a call is given a token already, be it one that is never cancelled.</summary>
    public bool HasToken(IInvocationOperation call) =>
        call.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { } parameter && WellKnownTypes.IsCancellationToken(parameter.Type));

    private static Candidate LastArgument(CallBinding binding, string token) =>
        new(binding.Call.ArgumentList.Arguments.Count, Behind(binding.Call.ArgumentList, token));

    private Candidate? NamedArgument(IMethodSymbol method, CallBinding binding, string token) =>
        method.Parameters.FirstOrDefault(parameter => WellKnownTypes.IsCancellationToken(parameter.Type)) is { } parameter
            ? new(null, Behind(binding.Call.ArgumentList, $"{parameter.Name}: {token}"))
            : null;

    /// <summary>The list of values in an array, and the token behind it: a list takes a token that is written at its end for one more value.</summary>
    private Candidate? BehindArray(IInvocationOperation call, CallBinding binding, string token)
    {
        if (call.Arguments.FirstOrDefault(argument => argument.ArgumentKind == ArgumentKind.ParamArray)?.Value is not IArrayCreationOperation { Initializer.ElementValues: [{ } first, ..] values })
            return null;
        bool hasToken = values.Length > 1 && WellKnownTypes.IsCancellationToken(Operations.Unwrap(values[values.Length - 1]).Type);
        if (values.Take(hasToken ? values.Length - 1 : values.Length).Any(value => WellKnownTypes.IsCancellationToken(Operations.Unwrap(value).Type))
            || ArgumentAround(first) is not { NameColon: null } start
            || ArgumentAround(values[values.Length - (hasToken ? 2 : 1)]) is not { } end)
        {
            return null;
        }

        (string open, string close) = binding.HasCollectionExpressions ? ("[", "]") : ("new object[] { ", " }");
        int index = binding.Call.ArgumentList.Arguments.IndexOf(start) + 1;
        return new(index, At(start.SpanStart, open), At(end.Span.End, hasToken ? close : $"{close}, {token}"));
    }

    private TokenPass? InCommand(IInvocationOperation call, IMethodSymbol method, CallBinding binding, string token)
    {
        if (models.Of(method) is not { } row
            || !row.Parameters.TryGetValue(ParameterRole.Sql, out string? sql)
            || HolderOf(method, row) is not { } constructor
            || models.Of(constructor) is not { } holder)
        {
            return null;
        }

        var changes = new List<TextChange>();
        int next = -1;
        foreach (ArgumentSyntax argument in binding.Call.ArgumentList.Arguments)
        {
            if (call.Arguments.FirstOrDefault(known => known.Syntax == argument)?.Parameter is not { } parameter)
                return null;
            if (next < 0 && parameter.Name != sql)
                return null;
            if (next < 0)
                changes.Add(At(argument.SpanStart, $"new {binding.NameOf(constructor.ContainingType)}("));
            string name = NameIn(holder, row, parameter.Name);
            int ordinal = constructor.Parameters.FirstOrDefault(held => held.Name == name)?.Ordinal ?? -1;
            if (ordinal < 0 || (argument.NameColon is null && ordinal != next + 1))
                return null;
            if (argument.NameColon is { Name: var written } && written.Identifier.ValueText != name)
                changes.Add(new TextChange(written.Span, name));
            next++;
        }

        if (next < 0 || !holder.Parameters.TryGetValue(ParameterRole.Cancel, out string? cancel))
            return null;
        changes.Add(At(binding.Call.ArgumentList.CloseParenToken.SpanStart, $", {cancel}: {token})"));
        return binding.Bind(method.Name, [.. changes]) is { } bound && IsSame(bound, method) && bound.Parameters.Any(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, constructor.ContainingType))
            ? new TokenPass(token, [.. changes])
            : null;
    }

    /// <summary>The constructor of the object that an overload takes in place of SQL and values, and that holds a token too; null when there is none.</summary>
    private IMethodSymbol? HolderOf(IMethodSymbol method, MemberModel row) => method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
        .SelectMany(overload => overload.Parameters)
        .Where(parameter => row.Plays(parameter.Name, ParameterRole.Command))
        .SelectMany(parameter => (parameter.Type as INamedTypeSymbol)?.InstanceConstructors ?? ImmutableArray<IMethodSymbol>.Empty)
        .FirstOrDefault(constructor => constructor.Parameters.Any(parameter => WellKnownTypes.IsCancellationToken(parameter.Type)));

    /// <summary>The holder's name for what a parameter of the call is for.</summary>
    private static string NameIn(MemberModel holder, MemberModel row, string parameter)
    {
        foreach (ParameterRole role in new[] { ParameterRole.Sql, ParameterRole.Values, ParameterRole.Transaction })
        {
            if (row.Plays(parameter, role) && holder.Parameters.TryGetValue(role, out string? name))
                return name;
        }

        return parameter;
    }

    private bool IsSame(IMethodSymbol bound, IMethodSymbol method) =>
        bound.Name == method.Name && SymbolEqualityComparer.Default.Equals(bound.ReturnType, method.ReturnType) && models.Of(bound) is { } model && model.Effect == models.Of(method)?.Effect;

    /// <summary>Whether the token reaches a parameter of its type, and is not one value of a list.</summary>
    private bool TakesToken(IMethodSymbol bound, CallBinding binding, Candidate candidate) =>
        candidate.Index is not { } index
        || (index + binding.LeadingArguments < bound.Parameters.Length && WellKnownTypes.IsCancellationToken(bound.Parameters[index + binding.LeadingArguments].Type));

    private static ArgumentSyntax? ArgumentAround(IOperation value) => value.Syntax.FirstAncestorOrSelf<ArgumentSyntax>();

    /// <summary>One more argument: in a line of its own where the last one has one.</summary>
    private static TextChange[] Behind(ArgumentListSyntax list, string argument)
    {
        if (list.Arguments.Count == 0)
            return [At(list.CloseParenToken.SpanStart, argument)];
        ArgumentSyntax last = list.Arguments[list.Arguments.Count - 1];
        TextLineCollection lines = list.SyntaxTree.GetText().Lines;
        TextLine line = lines.GetLineFromPosition(last.SpanStart);
        string indentation = line.ToString().Substring(0, last.SpanStart - line.Start);
        if (line.Start <= list.SpanStart || !string.IsNullOrWhiteSpace(indentation))
            return [At(last.Span.End, ", " + argument)];
        TextLine end = lines.GetLineFromPosition(last.Span.End);
        string next = end.Text!.ToString(TextSpan.FromBounds(end.End, end.EndIncludingLineBreak)) + indentation + argument;
        // What stands behind the last argument speaks of that one.
        return list.CloseParenToken.SpanStart > end.End ? [At(last.Span.End, ","), At(end.End, next)] : [At(last.Span.End, "," + next)];
    }

    private static TextChange At(int position, string text) => new(new TextSpan(position, 0), text);

    /// <summary>A way to write the call.</summary>
    /// <param name="Index">The place of the token among the arguments; null when it is named.</param>
    /// <param name="Changes">The changes to the arguments.</param>
    private sealed record Candidate(int? Index, params TextChange[] Changes);
}
