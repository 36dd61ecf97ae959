using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

public static partial class RuleCatalog
{
    public static readonly DiagnosticDescriptor LeakedConnection = Rule(
        id: "DBR401",
        title: "Connection is not released on every path",
        messageFormat: "Connection '{0}' is {1}",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A connection that is not released keeps its place in the pool until the garbage collector finds it. Under load the pool runs empty, and every other request waits "
            + "for a connection and times out. Release it with using.");

    public static readonly DiagnosticDescriptor UndisposedCommand = Rule(
        id: "DBR402",
        title: "Command, batch or data adapter is not disposed",
        messageFormat: "'{0}' is {1}",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A command can hold a prepared statement, buffers and a reader that is still open. What the provider does not give back with the connection stays until the garbage collector runs. "
            + "Dispose it with using.");

    public static readonly DiagnosticDescriptor LeakedReader = Rule(
        id: "DBR403",
        title: "Data reader is not released on every path",
        messageFormat: "The reader of '{0}' is {1}",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "While a reader is open most providers refuse every other command on its connection, and the result set stays open on the server. Release it with using.");

    public static readonly DiagnosticDescriptor UndisposedContext = Rule(
        id: "DBR404",
        title: "DbContext is not disposed",
        messageFormat: "Context '{0}' is {1}",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A context holds every entity that it tracks, its services and at times an open connection; one that comes from a pool is never given back. Dispose it with using.");

    public static readonly DiagnosticDescriptor UndisposedTransaction = Rule(
        id: "DBR405",
        title: "Transaction object is not disposed",
        messageFormat: "The transaction of '{0}' is {1}",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A transaction that an exception leaves open keeps its locks until the connection is closed, or goes on with the next command of that connection. Disposing it rolls it back: use using.");

    public static readonly DiagnosticDescriptor DroppedConnection = Rule(
        id: "DBR406",
        title: "Connection is created inside an expression and dropped",
        messageFormat: "The connection of '{0}' is used where it is made, so that nothing can release it",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "No name holds the connection, so that no code can release it: what it keeps open stays open until the garbage collector finds it. Give it a local with using.");

    public static readonly DiagnosticDescriptor LentConnectionDisposed = Rule(
        id: "DBR407",
        title: "Connection owned by EF Core is disposed",
        messageFormat: "The connection of '{0}' is disposed here, but '{0}' owns it and goes on using it",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A context owns the connection that it hands out and disposes it itself. Once other code has disposed it, the next query of that context fails, or a database in memory is gone. Leave it to the context; close what you have opened.");

    public static readonly DiagnosticDescriptor DeferredEscape = Rule(
        id: "DBR408",
        title: "Deferred query, reader or task leaves the using that feeds it",
        messageFormat: "'{0}' {1} after '{3}' has released '{2}'",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A query that is not enumerated, rows that are not read and a task that is not awaited still need their connection or context. When the function returns them, using releases "
            + "it at once, and whoever asks for the rows gets an ObjectDisposedException or half of them. Await the task or keep the rows in a list before the function ends.");

    public static readonly DiagnosticDescriptor SkippedClose = Rule(
        id: "DBR409",
        title: "Close is skipped when an exception is thrown",
        messageFormat: "'{0}' is closed only when '{1}' does not throw",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The code closes what it has opened, but an exception leaves before it gets there. Use using, which closes on every path.");

    public static readonly DiagnosticDescriptor SessionSharedByAll = Rule(
        id: "DBR410",
        title: "Connection or context lives in a static or singleton",
        messageFormat: "{0}, so that all callers share one {1}",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A connection or context serves one caller at a time. Shared by all, it mixes up their commands and transactions, fails when two use it at once, and a context tracks more and more rows. Make one for each unit of work, from a factory or the scope.");

    public static readonly DiagnosticDescriptor PoolPerCall = Rule(
        id: "DBR411",
        title: "Client or pool is created per call",
        messageFormat: "'{0}' makes a client or pool for this call alone: make one and share it",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A client or data source holds a pool of connections and is made to be shared. One for each call opens new connections each time, which costs far more than the command, and leaves them behind until the server or the client runs out of them.");

    public static readonly DiagnosticDescriptor ConcurrentUse = Rule(
        id: "DBR412",
        title: "One context runs two operations at once",
        messageFormat: "Context '{0}' starts '{1}' while {2}",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A context takes one operation at a time. A second one that starts before the first has ended throws an InvalidOperationException, or, where the check is off, mixes up the "
            + "entities of both. Await each operation before the next, or give each task a context of its own.");

    public static readonly DiagnosticDescriptor ConnectionLeftOpen = Rule(
        id: "DBR413",
        title: "Connection is opened by hand and never closed",
        messageFormat: "The connection of '{0}' is opened by hand and never closed",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "What is opened by hand stays open until its owner is disposed: it keeps its place in the pool while the code does other work. Close it when the work is done, or leave opening to EF Core or Dapper.");
}
