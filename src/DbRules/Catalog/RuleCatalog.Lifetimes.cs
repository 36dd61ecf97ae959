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

    public static readonly DiagnosticDescriptor DeferredEscape = Rule(
        id: "DBR408",
        title: "Deferred query, reader or task leaves the using that feeds it",
        messageFormat: "'{0}' {1} after 'using' has released '{2}'",
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

    public static readonly DiagnosticDescriptor ConcurrentUse = Rule(
        id: "DBR412",
        title: "One context runs two operations at once",
        messageFormat: "Context '{0}' starts '{1}' while {2}",
        category: Category.Lifetimes,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A context takes one operation at a time. A second one that starts before the first has ended throws an InvalidOperationException, or, where the check is off, mixes up the "
            + "entities of both. Await each operation before the next, or give each task a context of its own.");
}
