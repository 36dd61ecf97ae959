namespace DbRules.Engine.Models;

/// <summary>What calling a member does to a store. The words of a <c>.dbmodel</c> row, as flags.</summary>
[Flags]
public enum DbEffect : long
{
    /// <summary>No effect that the rules know of; the row <c>nothing</c> says so on purpose.</summary>
    None = 0,

    /// <summary><c>round-trip</c>: sends at least one command when it runs.</summary>
    RoundTrip = 1L << 0,

    /// <summary><c>reads</c>: returns rows or a value of the store.</summary>
    Reads = 1L << 1,

    /// <summary><c>writes</c>: changes rows, durably unless a transaction is open.</summary>
    Writes = 1L << 2,

    /// <summary><c>writes-by-sql</c>: the SQL text decides whether it reads or writes.</summary>
    WritesBySql = 1L << 3,

    /// <summary><c>stages</c>: remembers a write that a later commit sends.</summary>
    Stages = 1L << 4,

    /// <summary><c>saves</c>: sends what was staged before.</summary>
    Saves = 1L << 5,

    /// <summary><c>root</c>: starts a query over a store; sends nothing.</summary>
    QueryRoot = 1L << 6,

    /// <summary><c>composes STEP</c>: adds a step to a query; sends nothing.</summary>
    Composes = 1L << 7,

    /// <summary><c>enumerates</c>: runs its source, a round trip only where the source is a query over a store.</summary>
    Enumerates = 1L << 8,

    /// <summary><c>leaves-store</c>: what comes after runs in memory (<c>AsEnumerable</c>); sends nothing by itself.</summary>
    LeavesStore = 1L << 9,

    /// <summary><c>in-memory</c>: starts a query over objects, never over a store (<c>AsQueryable</c> on a list).</summary>
    InMemory = 1L << 10,

    /// <summary><c>waits</c>: waits for time, a token, a message or other work, as worker and polling loops do.</summary>
    Waits = 1L << 11,

    /// <summary><c>batches</c>: yields groups of elements, so that a loop over it is a loop over batches.</summary>
    Batches = 1L << 12,

    /// <summary><c>advances</c>: moves a cursor or takes the next element (<c>Read</c>, <c>MoveNext</c>, <c>Dequeue</c>).</summary>
    Advances = 1L << 13,

    /// <summary><c>probes-cache</c>: answers whether an in-memory cache holds a key (<c>TryGetValue</c>).</summary>
    ProbesCache = 1L << 14,

    /// <summary><c>lazy</c>: runs its delegate, or sends its command, only when the result is enumerated.</summary>
    Lazy = 1L << 15,

    /// <summary><c>begins</c>: opens a transaction.</summary>
    Begins = 1L << 16,

    /// <summary><c>commits</c>: makes the writes of a transaction durable.</summary>
    Commits = 1L << 17,

    /// <summary><c>rolls-back</c>: undoes the writes of a transaction.</summary>
    RollsBack = 1L << 18,

    /// <summary><c>stops-early</c>: leaves at the first element that its delegate accepts.</summary>
    StopsEarly = 1L << 19,

    /// <summary><c>dispatches</c>: hands its <c>request</c> to the handlers of that object's type.</summary>
    Dispatches = 1L << 20,

    /// <summary><c>no-reply</c>: a flag; a call that is given it does not wait for the answer of its command.</summary>
    NoReply = 1L << 21,

    /// <summary><c>loads-navigation</c>: reads the rows that one entity refers to, or starts a query over them.</summary>
    LoadsNavigation = 1L << 22,

    /// <summary><c>accepts-all</c>: a filter that every row passes.</summary>
    AcceptsAll = 1L << 23,

    /// <summary><c>outside</c>: works on something other than a store that takes its time and stays: a file, another process, another machine.</summary>
    Outside = 1L << 24,

    /// <summary><c>changes-schema</c>: what it writes is the schema, or the database as a whole, and no rows.</summary>
    ChangesSchema = 1L << 25,

    /// <summary><c>retries</c>: hands out a strategy that runs a unit of work again when it failed for a passing reason, or runs its delegate with it.</summary>
    Retries = 1L << 26,

    /// <summary><c>enables-retries</c>: in the set-up of a session: the session runs a command again when it failed for a passing reason.</summary>
    EnablesRetries = 1L << 27,

    /// <summary><c>disables-retries</c>: in the set-up of a session: a setting that takes away what <c>enables-retries</c> does by default.</summary>
    DisablesRetries = 1L << 28,

    /// <summary><c>sets-up</c>: in the set-up of a session: names the kind of store that the session works with.</summary>
    SetsUp = 1L << 29,

    /// <summary><c>flows-async</c>: an option; a transaction that is begun with it goes along to the code behind an <c>await</c>.</summary>
    FlowsAsync = 1L << 30,

    /// <summary><c>suspends</c>: an option; code in a scope that is begun with it takes part in no transaction.</summary>
    Suspends = 1L << 31,

    /// <summary><c>fails-on-conflict</c>: an isolation level at which a transaction fails where another one gets in its way, or a member that begins at such a level unless told otherwise.</summary>
    FailsOnConflict = 1L << 32,

    /// <summary><c>remote</c>: asks another machine: a web service, a mail server.</summary>
    Remote = 1L << 33,

    /// <summary><c>closes-connection</c>: an option; releasing what the call returns closes the connection that it goes through.</summary>
    ClosesConnection = 1L << 34,

    /// <summary><c>registers-singleton</c>: registers a type whose one object serves the whole application, or is the lifetime that says so.</summary>
    RegistersSingleton = 1L << 35,

    /// <summary><c>parallel</c>: runs its delegate for several elements at once, on several threads.</summary>
    Parallel = 1L << 36,

    /// <summary><c>warns-of-splices</c>: the library's own analyzer warns of values that are put into the text right in its argument.</summary>
    WarnsOfSplices = 1L << 37,

    /// <summary><c>random</c>: gives another value each time; in a query, for each row.</summary>
    Random = 1L << 38,

    /// <summary><c>counts-values</c>: its text counts its values: <c>{0}</c> is the first, <c>{1}</c> the second.</summary>
    CountsValues = 1L << 39,
}
