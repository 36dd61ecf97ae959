using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Why an include changes nothing about what a query returns.</summary>
public enum UnusedIncludeReason
{
    /// <summary>The query projects, counts, tests or writes, and returns no entity that could hold the related data.</summary>
    NoEntities,

    /// <summary>Another include of the same query loads the same path.</summary>
    Repeated,
}

/// <summary>An include that can be left out.</summary>
/// <param name="Call">The include.</param>
/// <param name="Last">The last call that continues its path, or the include itself.</param>
/// <param name="Reason">Why it can.</param>
/// <param name="Path">The path as the code writes it.</param>
public readonly record struct UnusedInclude(IInvocationOperation Call, IInvocationOperation Last, UnusedIncludeReason Reason, string Path);

/// <summary>Finds includes without effect. Only those that stand in the call's own expression count: a query that a local holds may run elsewhere too.</summary>
internal static class UnusedIncludes
{
    /// <summary>The includes of a query that change nothing; empty when there is none or when that is not known.</summary>
    public static IReadOnlyList<UnusedInclude> Of(DbCall call)
    {
        if (call.Query is not { Kind: QueryRootKind.Store } query || !query.Has(QueryStep.Include))
            return [];
        var found = new List<UnusedInclude>();
        List<Group> groups = GroupsOf(query);
        for (int i = 0; i < groups.Count; i++)
        {
            Group group = groups[i];
            if (!Operations.IsInside(group.First, call.Operation) || group.Path is not { } path)
                continue;
            UnusedIncludeReason? reason = ReturnsNoEntities(call, query, group.Next) ? UnusedIncludeReason.NoEntities
                : IsRepeated(groups, i, query) ? UnusedIncludeReason.Repeated
                : null;
            if (reason is { } known)
                found.Add(new UnusedInclude(group.First, group.Last, known, string.Join(".", path)));
        }

        return found;
    }

    /// <summary>Each include together with the calls that continue its path.</summary>
    private static List<Group> GroupsOf(QueryShape query)
    {
        var groups = new List<Group>();
        for (int i = 0; i < query.Steps.Length; i++)
        {
            if (query.Steps[i] is not { Step: QueryStep.Include, IsConditional: false, Call: var call })
                continue;
            bool continues = call.TargetMethod.Name.StartsWith("Then", StringComparison.Ordinal);
            string[]? path = PathOf(call);
            if (!continues)
                groups.Add(new Group(call, call, i, i + 1, path));
            else if (groups.Count > 0 && groups[groups.Count - 1] is var last && last.Next == i)
                groups[groups.Count - 1] = last with { Last = call, Next = i + 1, Path = last.Path is { } known && path is not null ? [.. known, .. path] : null };
        }

        return groups;
    }

    /// <summary>The navigations that an include names; null when it filters, casts or names them in another way.</summary>
    private static string[]? PathOf(IInvocationOperation call)
    {
        if (call.Arguments.Length == 0)
            return null;
        IOperation value = call.Arguments[call.Arguments.Length - 1].Value;
        if (value.ConstantValue is { HasValue: true, Value: string text })
            return text.Split('.');
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        if (value is not IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } body }] })
            return null;
        var names = new List<string>();
        while (true)
        {
            while (body is IConversionOperation { IsImplicit: true } implicitly)
                body = implicitly.Operand;
            if (body is not IPropertyReferenceOperation { Arguments.Length: 0, Instance: { } instance, Property: var property })
                break;
            names.Insert(0, property.Name);
            body = instance;
        }

        return body is IParameterReferenceOperation && names.Count > 0 ? [.. names] : null;
    }

    private static bool IsRepeated(List<Group> groups, int index, QueryShape query)
    {
        string[] path = groups[index].Path!;
        for (int i = 0; i < groups.Count; i++)
        {
            if (i == index || groups[i].Path is not { } other || path.Length > other.Length || !path.SequenceEqual(other.Take(path.Length)))
                continue;
            // Of two equal ones the later is the repetition.
            if (path.Length == other.Length && i > index)
                continue;
            int from = Math.Min(groups[i].Index, groups[index].Index);
            int to = Math.Max(groups[i].Index, groups[index].Index);
            if (Enumerable.Range(from, to - from).All(step => KeepsRows(query.Steps[step].Step)))
                return true;
        }

        return false;
    }

    /// <summary>Whether the rows after a step are the entities before it, or some of them.</summary>
    private static bool KeepsRows(QueryStep step) => step is QueryStep.Where or QueryStep.Order or QueryStep.Skip or QueryStep.Take or QueryStep.Page or QueryStep.Include or QueryStep.Tracking or QueryStep.Options or QueryStep.Distinct;

    private static bool ReturnsNoEntities(DbCall call, QueryShape query, int next)
    {
        for (int i = next; i < query.Steps.Length; i++)
        {
            QueryStepUse use = query.Steps[i];
            if (use.Step == QueryStep.Select)
                return use.Call.Arguments is [.., { Value: var selector }] && Projections.HoldNoEntity(selector);
            if (!KeepsRows(use.Step))
                return false;
        }

        return call.Model is { } model && (model.Has(DbEffect.Writes) || (model.Rows == RowCount.Scalar && !model.Parameters.ContainsKey(ParameterRole.PerElement) && IsPlainNumber(call.Invocation?.Type)));
    }

    /// <summary>A count, an answer or another simple value, awaited or not.</summary>
    private static bool IsPlainNumber(ITypeSymbol? type) =>
        (type is INamedTypeSymbol { Name: "Task", TypeArguments: [var result] } ? result : type) is { IsValueType: true } or { SpecialType: SpecialType.System_String };

    private sealed record Group(IInvocationOperation First, IInvocationOperation Last, int Index, int Next, string[]? Path);
}
