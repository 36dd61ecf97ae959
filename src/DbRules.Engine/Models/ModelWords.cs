using System.Collections.Immutable;

namespace DbRules.Engine.Models;

/// <summary>The closed lists of words that <c>.dbmodel</c> files are written in.</summary>
internal static class ModelWords
{
    internal const string Library = "library";
    internal const string Type = "type";
    internal const string AndDerived = "and-derived";
    internal const string Optional = "optional";
    internal const string Nothing = "nothing";
    internal const string Composes = "composes";
    internal const string Dialect = "dialect";
    internal const string AssemblyName = "assembly";
    internal const string UsingNamespace = "using";
    internal const string Receiver = "this";
    internal const string Result = "return";
    internal const string Constructor = ".ctor";
    internal const string Async = "Async";

    internal static ImmutableDictionary<string, TypeTraits> Traits { get; } = new Dictionary<string, TypeTraits>
    {
        ["session"] = TypeTraits.Session,
        ["query"] = TypeTraits.Query,
        ["command"] = TypeTraits.Command,
        ["reader"] = TypeTraits.Reader,
        ["transaction"] = TypeTraits.Transaction,
        ["migration"] = TypeTraits.Migration,
        ["test"] = TypeTraits.Test,
        ["at-most-one"] = TypeTraits.AtMostOne,
        ["consumes"] = TypeTraits.Consumes,
        ["session-factory"] = TypeTraits.SessionFactory,
        ["library"] = TypeTraits.Library,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    internal static ImmutableDictionary<string, DbEffect> Effects { get; } = new Dictionary<string, DbEffect>
    {
        ["round-trip"] = DbEffect.RoundTrip,
        ["reads"] = DbEffect.Reads,
        ["writes"] = DbEffect.Writes,
        ["writes-by-sql"] = DbEffect.WritesBySql,
        ["stages"] = DbEffect.Stages,
        ["saves"] = DbEffect.Saves,
        ["root"] = DbEffect.QueryRoot,
        ["enumerates"] = DbEffect.Enumerates,
        ["leaves-store"] = DbEffect.LeavesStore,
        ["in-memory"] = DbEffect.InMemory,
        ["waits"] = DbEffect.Waits,
        ["batches"] = DbEffect.Batches,
        ["advances"] = DbEffect.Advances,
        ["probes-cache"] = DbEffect.ProbesCache,
        ["lazy"] = DbEffect.Lazy,
        ["begins"] = DbEffect.Begins,
        ["commits"] = DbEffect.Commits,
        ["rolls-back"] = DbEffect.RollsBack,
        ["stops-early"] = DbEffect.StopsEarly,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    internal static ImmutableDictionary<string, QueryStep> Steps { get; } = new Dictionary<string, QueryStep>
    {
        ["other"] = QueryStep.Other,
        ["where"] = QueryStep.Where,
        ["order"] = QueryStep.Order,
        ["skip"] = QueryStep.Skip,
        ["take"] = QueryStep.Take,
        ["select"] = QueryStep.Select,
        ["select-many"] = QueryStep.SelectMany,
        ["include"] = QueryStep.Include,
        ["tracking"] = QueryStep.Tracking,
        ["group"] = QueryStep.Group,
        ["join"] = QueryStep.Join,
        ["distinct"] = QueryStep.Distinct,
        ["set-operation"] = QueryStep.SetOperation,
        ["cast"] = QueryStep.Cast,
        ["options"] = QueryStep.Options,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    internal static ImmutableDictionary<string, RowCount> RowCounts { get; } = new Dictionary<string, RowCount>
    {
        ["none"] = RowCount.None,
        ["scalar"] = RowCount.Scalar,
        ["one"] = RowCount.One,
        ["many"] = RowCount.Many,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    internal static ImmutableDictionary<string, ParameterRole> Roles { get; } = new Dictionary<string, ParameterRole>
    {
        ["sql"] = ParameterRole.Sql,
        ["values"] = ParameterRole.Values,
        ["command"] = ParameterRole.Command,
        ["connection"] = ParameterRole.Connection,
        ["transaction"] = ParameterRole.Transaction,
        ["cancel"] = ParameterRole.Cancel,
        ["source"] = ParameterRole.Source,
        ["predicate"] = ParameterRole.Predicate,
        ["selector"] = ParameterRole.Selector,
        ["count"] = ParameterRole.Count,
        ["key"] = ParameterRole.Key,
        ["entity"] = ParameterRole.Entity,
        ["per-element"] = ParameterRole.PerElement,
        ["on-miss"] = ParameterRole.OnMiss,
        ["acquires"] = ParameterRole.Acquires,
        ["releases"] = ParameterRole.Releases,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    internal static ImmutableHashSet<string> Dialects { get; } =
        ImmutableHashSet.Create(StringComparer.Ordinal, "postgresql", "sqlserver", "mysql", "sqlite", "oracle");

    /// <summary>All words of a member row, for a message.</summary>
    internal static string MemberWords { get; } =
        $"{List([Nothing, Composes + " STEP", Optional, .. Effects.Keys, .. RowCounts.Keys])}, or ROLE:parameter with the role {List(Roles.Keys)}";

    /// <summary>All words of a <c>type</c> line, for a message.</summary>
    internal static string TypeWords { get; } =
        List([AndDerived, Optional, Nothing, Dialect + ":NAME", AssemblyName + ":NAME", UsingNamespace + ":NAME", .. Traits.Keys]);

    internal static string List(IEnumerable<string> words) => string.Join(", ", words.OrderBy(word => word, StringComparer.Ordinal));
}
