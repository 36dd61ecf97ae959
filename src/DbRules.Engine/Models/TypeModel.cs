namespace DbRules.Engine.Models;

/// <summary>What a type is for: the words behind its name on a <c>type</c> line.</summary>
[Flags]
public enum TypeTraits : long
{
    None = 0,

    /// <summary><c>session</c>: a connection or context object that calls go through.</summary>
    Session = 1L << 0,

    /// <summary><c>query</c>: a query over a store, such as a set of entities; enumerating it is a round trip.</summary>
    Query = 1L << 1,

    /// <summary><c>command</c>: holds SQL text and parameters that a later call sends.</summary>
    Command = 1L << 2,

    /// <summary><c>reader</c>: a cursor over the rows of one query.</summary>
    Reader = 1L << 3,

    /// <summary><c>transaction</c>: an open transaction.</summary>
    Transaction = 1L << 4,

    /// <summary><c>migration</c>: its members change a schema once.</summary>
    Migration = 1L << 5,

    /// <summary><c>test</c>: a test framework's type; a project that sees it is a test project.</summary>
    Test = 1L << 6,

    /// <summary><c>at-most-one</c>: a sequence of at most one element (options, maybes).</summary>
    AtMostOne = 1L << 7,

    /// <summary><c>consumes</c>: a stream that waits for work: a channel, a consumer, a blocking collection.</summary>
    Consumes = 1L << 8,

    /// <summary><c>session-factory</c>: hands out a new session per call.</summary>
    SessionFactory = 1L << 9,

    /// <summary><c>library</c>: seeing this type means that the project uses a database library.</summary>
    Library = 1L << 10,

    /// <summary><c>handles</c>: an interface whose implementations handle requests; its first type argument is the request's type.</summary>
    Handles = 1L << 11,

    /// <summary><c>queues</c>: calls on it only line commands up, until one that <c>saves</c> sends them together.</summary>
    Queues = 1L << 12,

    /// <summary><c>pipelines</c>: a session that sends commands on without waiting for the answers of earlier ones.</summary>
    Pipelines = 1L << 13,

    /// <summary><c>lazy-loader</c>: an entity that holds one reads related rows when they are first asked for.</summary>
    LazyLoader = 1L << 14,

    /// <summary><c>batch</c>: holds several commands that go to the store together.</summary>
    Batch = 1L << 15,

    /// <summary><c>batched</c>: a command that is sent as part of a batch.</summary>
    Batched = 1L << 16,

    /// <summary><c>atomic</c>: a batch that is a transaction of its own where none is open.</summary>
    Atomic = 1L << 17,

    /// <summary><c>retries</c>: runs a unit of work again when it failed for a passing reason.</summary>
    Retries = 1L << 18,

    /// <summary><c>design-time</c>: runs only on a developer's machine, for the tools of a library.</summary>
    DesignTime = 1L << 19,

    /// <summary><c>ambient</c>: a transaction that all sessions take part in, unasked, from its construction until it is disposed.</summary>
    Ambient = 1L << 20,

    /// <summary><c>enlists</c>: a session that takes part in an ambient transaction, where its provider can.</summary>
    Enlists = 1L << 21,

    /// <summary><c>shares-transaction</c>: a connection whose commands all run in the transaction that is open on it, given or not.</summary>
    SharesTransaction = 1L << 22,

    /// <summary><c>hands-transaction</c>: a connection that gives each command which it creates the transaction that is open on it.</summary>
    HandsTransaction = 1L << 23,

    /// <summary><c>connection</c>: a session that is opened and closed, and holds a place in a pool while it is open.</summary>
    Connection = 1L << 24,

    /// <summary><c>context</c>: a session for one unit of work, which somebody must dispose.</summary>
    Context = 1L << 25,

    /// <summary><c>pool</c>: a client or pool of connections that is made once and serves the whole application.</summary>
    Pool = 1L << 26,

    /// <summary><c>adapter</c>: holds the commands that fill a table in memory and write its changes.</summary>
    Adapter = 1L << 27,

    /// <summary><c>start-up</c>: part of the start of an application: code that is given one, or that implements it, runs once.</summary>
    StartUp = 1L << 28,

    /// <summary><c>answers</c>: answers requests by its public methods, which are given parts of them.</summary>
    Answers = 1L << 29,

    /// <summary><c>input</c>: holds what somebody outside of the program chose; of an attribute: what it marks does.</summary>
    Input = 1L << 30,

    /// <summary><c>releases-readers</c>: a command that releases the reader that is open on it when it is released itself.</summary>
    ReleasesReaders = 1L << 31,

    /// <summary><c>inside</c>: what its members wait for is a store, or nothing outside of the program. What they do to a store is not known.</summary>
    Inside = 1L << 32,
}

/// <summary>One <c>type</c> line of a <c>.dbmodel</c> file.</summary>
public sealed class TypeModel
{
    internal TypeModel(string library, string name, bool andDerived, TypeTraits traits, string? dialect)
    {
        Library = library;
        Name = name;
        AndDerived = andDerived;
        Traits = traits;
        Dialect = dialect;
    }

    public string Library { get; }

    /// <summary>The type's metadata name, arity included (<c>DbSet`1</c>).</summary>
    public string Name { get; }

    /// <summary>Whether the rows also hold for derived types, implementations and their members of the same name.</summary>
    public bool AndDerived { get; }

    public TypeTraits Traits { get; }

    /// <summary>The SQL dialect behind this type (<c>postgresql</c>, <c>sqlserver</c>, <c>mysql</c>, <c>sqlite</c>, <c>oracle</c>); null when the row does not say.</summary>
    public string? Dialect { get; }

    /// <summary>Whether somebody must release it: a connection or context, a command, a reader, a transaction.</summary>
    public bool IsResource => (Traits & (TypeTraits.Session | TypeTraits.Command | TypeTraits.Reader | TypeTraits.Transaction | TypeTraits.Pool | TypeTraits.Adapter)) != 0;

    public bool Has(TypeTraits traits) => (Traits & traits) == traits;
}
