namespace DbRules.Engine.Lifetimes;

/// <summary>What somebody must release.</summary>
public enum ResourceKind
{
    /// <summary>A database connection.</summary>
    Connection,

    /// <summary>A context: one unit of work.</summary>
    Context,

    /// <summary>A command, a batch of commands or a data adapter.</summary>
    Command,

    /// <summary>A cursor over the rows of a query.</summary>
    Reader,

    /// <summary>A transaction object.</summary>
    Transaction,

    /// <summary>A client or pool of connections.</summary>
    Pool,
}
