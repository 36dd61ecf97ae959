namespace DbRules.Engine.Models;

/// <summary>
/// The closed lists of words that <c>.dbmodel</c> files are written in. The compiler starts anew for each project and reads our rows
/// first, so what reading touches keeps to types that need no compilation at run time: words lead to plain numbers, not to enums.
/// </summary>
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

    internal static Dictionary<string, long> Traits { get; } = new(StringComparer.Ordinal)
    {
        ["session"] = (long)TypeTraits.Session,
        ["query"] = (long)TypeTraits.Query,
        ["command"] = (long)TypeTraits.Command,
        ["reader"] = (long)TypeTraits.Reader,
        ["transaction"] = (long)TypeTraits.Transaction,
        ["enlists"] = (long)TypeTraits.Enlists,
        ["migration"] = (long)TypeTraits.Migration,
        ["test"] = (long)TypeTraits.Test,
        ["at-most-one"] = (long)TypeTraits.AtMostOne,
        ["consumes"] = (long)TypeTraits.Consumes,
        ["session-factory"] = (long)TypeTraits.SessionFactory,
        ["library"] = (long)TypeTraits.Library,
        ["handles"] = (long)TypeTraits.Handles,
        ["queues"] = (long)TypeTraits.Queues,
        ["pipelines"] = (long)TypeTraits.Pipelines,
        ["batch"] = (long)TypeTraits.Batch,
        ["batched"] = (long)TypeTraits.Batched,
        ["atomic"] = (long)TypeTraits.Atomic,
        ["shares-transaction"] = (long)TypeTraits.SharesTransaction,
        ["hands-transaction"] = (long)TypeTraits.HandsTransaction,
        ["lazy-loader"] = (long)TypeTraits.LazyLoader,
        ["retries"] = (long)TypeTraits.Retries,
        ["design-time"] = (long)TypeTraits.DesignTime,
        ["ambient"] = (long)TypeTraits.Ambient,
        ["connection"] = (long)TypeTraits.Connection,
        ["context"] = (long)TypeTraits.Context,
        ["pool"] = (long)TypeTraits.Pool,
        ["adapter"] = (long)TypeTraits.Adapter,
        ["start-up"] = (long)TypeTraits.StartUp,
        ["answers"] = (long)TypeTraits.Answers,
        ["input"] = (long)TypeTraits.Input,
        ["releases-readers"] = (long)TypeTraits.ReleasesReaders,
        ["inside"] = (long)TypeTraits.Inside,
    };

    internal static Dictionary<string, long> Effects { get; } = new(StringComparer.Ordinal)
    {
        ["round-trip"] = (long)DbEffect.RoundTrip,
        ["reads"] = (long)DbEffect.Reads,
        ["writes"] = (long)DbEffect.Writes,
        ["writes-by-sql"] = (long)DbEffect.WritesBySql,
        ["stages"] = (long)DbEffect.Stages,
        ["saves"] = (long)DbEffect.Saves,
        ["root"] = (long)DbEffect.QueryRoot,
        ["enumerates"] = (long)DbEffect.Enumerates,
        ["leaves-store"] = (long)DbEffect.LeavesStore,
        ["in-memory"] = (long)DbEffect.InMemory,
        ["waits"] = (long)DbEffect.Waits,
        ["batches"] = (long)DbEffect.Batches,
        ["advances"] = (long)DbEffect.Advances,
        ["probes-cache"] = (long)DbEffect.ProbesCache,
        ["lazy"] = (long)DbEffect.Lazy,
        ["begins"] = (long)DbEffect.Begins,
        ["commits"] = (long)DbEffect.Commits,
        ["rolls-back"] = (long)DbEffect.RollsBack,
        ["stops-early"] = (long)DbEffect.StopsEarly,
        ["dispatches"] = (long)DbEffect.Dispatches,
        ["no-reply"] = (long)DbEffect.NoReply,
        ["loads-navigation"] = (long)DbEffect.LoadsNavigation,
        ["accepts-all"] = (long)DbEffect.AcceptsAll,
        ["outside"] = (long)DbEffect.Outside,
        ["changes-schema"] = (long)DbEffect.ChangesSchema,
        ["remote"] = (long)DbEffect.Remote,
        ["retries"] = (long)DbEffect.Retries,
        ["enables-retries"] = (long)DbEffect.EnablesRetries,
        ["disables-retries"] = (long)DbEffect.DisablesRetries,
        ["sets-up"] = (long)DbEffect.SetsUp,
        ["warns-of-splices"] = (long)DbEffect.WarnsOfSplices,
        ["counts-values"] = (long)DbEffect.CountsValues,
        ["flows-async"] = (long)DbEffect.FlowsAsync,
        ["suspends"] = (long)DbEffect.Suspends,
        ["fails-on-conflict"] = (long)DbEffect.FailsOnConflict,
        ["closes-connection"] = (long)DbEffect.ClosesConnection,
        ["registers-singleton"] = (long)DbEffect.RegistersSingleton,
        ["parallel"] = (long)DbEffect.Parallel,
        ["random"] = (long)DbEffect.Random,
    };

    internal static Dictionary<string, int> Steps { get; } = new(StringComparer.Ordinal)
    {
        ["other"] = (int)QueryStep.Other,
        ["where"] = (int)QueryStep.Where,
        ["order"] = (int)QueryStep.Order,
        ["skip"] = (int)QueryStep.Skip,
        ["take"] = (int)QueryStep.Take,
        ["page"] = (int)QueryStep.Page,
        ["select"] = (int)QueryStep.Select,
        ["select-many"] = (int)QueryStep.SelectMany,
        ["include"] = (int)QueryStep.Include,
        ["tracking"] = (int)QueryStep.Tracking,
        ["group"] = (int)QueryStep.Group,
        ["join"] = (int)QueryStep.Join,
        ["distinct"] = (int)QueryStep.Distinct,
        ["set-operation"] = (int)QueryStep.SetOperation,
        ["cast"] = (int)QueryStep.Cast,
        ["options"] = (int)QueryStep.Options,
    };

    internal static Dictionary<string, int> RowCounts { get; } = new(StringComparer.Ordinal)
    {
        ["none"] = (int)RowCount.None,
        ["scalar"] = (int)RowCount.Scalar,
        ["one"] = (int)RowCount.One,
        ["many"] = (int)RowCount.Many,
    };

    internal static Dictionary<string, int> Roles { get; } = new(StringComparer.Ordinal)
    {
        ["sql"] = (int)ParameterRole.Sql,
        ["values"] = (int)ParameterRole.Values,
        ["command"] = (int)ParameterRole.Command,
        ["connection"] = (int)ParameterRole.Connection,
        ["transaction"] = (int)ParameterRole.Transaction,
        ["cancel"] = (int)ParameterRole.Cancel,
        ["source"] = (int)ParameterRole.Source,
        ["predicate"] = (int)ParameterRole.Predicate,
        ["selector"] = (int)ParameterRole.Selector,
        ["count"] = (int)ParameterRole.Count,
        ["key"] = (int)ParameterRole.Key,
        ["entity"] = (int)ParameterRole.Entity,
        ["per-element"] = (int)ParameterRole.PerElement,
        ["on-miss"] = (int)ParameterRole.OnMiss,
        ["acquires"] = (int)ParameterRole.Acquires,
        ["releases"] = (int)ParameterRole.Releases,
        ["runs"] = (int)ParameterRole.Runs,
        ["request"] = (int)ParameterRole.Request,
        ["keys"] = (int)ParameterRole.Keys,
        ["serializes"] = (int)ParameterRole.Serializes,
        ["buffered"] = (int)ParameterRole.Buffered,
        ["strategy"] = (int)ParameterRole.Strategy,
        ["lends"] = (int)ParameterRole.Lends,
        ["lifetime"] = (int)ParameterRole.Lifetime,
        ["input"] = (int)ParameterRole.Input,
        ["answers"] = (int)ParameterRole.Answers,
    };

    internal static string[] Dialects { get; } = ["postgresql", "sqlserver", "mysql", "sqlite", "oracle"];

    /// <summary>All words of a member row, for a message.</summary>
    internal static string MemberWords =>
        $"{List([Nothing, Composes + " STEP", Optional, .. Effects.Keys, .. RowCounts.Keys])}, or ROLE:parameter with the role {List(Roles.Keys)}";

    /// <summary>All words of a <c>type</c> line, for a message.</summary>
    internal static string TypeWords =>
        List([AndDerived, Optional, Nothing, Dialect + ":NAME", AssemblyName + ":NAME", UsingNamespace + ":NAME", .. Traits.Keys]);

    internal static string List(IEnumerable<string> words) => string.Join(", ", words.OrderBy(word => word, StringComparer.Ordinal));
}
