using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

public static partial class RuleCatalog
{
    public static readonly DiagnosticDescriptor SplitWrites = Rule(
        id: "DBR301",
        title: "Several writes without a transaction",
        messageFormat: "'{0}' writes after {1} without a transaction: if it fails, the earlier write stays",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The first write is durable when the second one fails, is cancelled, or never runs because the process ends: the data is left half changed. "
            + "Put both into one transaction, or into one SaveChanges.");

    public static readonly DiagnosticDescriptor SplitCalls = Rule(
        id: "DBR302",
        title: "Several writes through calls without a transaction",
        messageFormat: "'{0}' writes after {1} without a transaction: {2}",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Each of the two calls makes what it writes durable by itself: when the second one fails, what the first wrote stays. "
            + "Open a transaction around both, or let the called code stage its changes and save once.");

    public static readonly DiagnosticDescriptor UncommittedTransaction = Rule(
        id: "DBR303",
        title: "Transaction is not committed on a successful path",
        messageFormat: "'{0}' opens a transaction that is {1}: what '{2}' writes is undone",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A transaction that is released without a commit is rolled back: the code goes on as if its writes were kept, and they are gone. "
            + "Commit before the code leaves the transaction.");

    public static readonly DiagnosticDescriptor CommandOutsideTransaction = Rule(
        id: "DBR304",
        title: "Command runs outside the open transaction",
        messageFormat: "'{0}' is not given {1}: the command fails, or runs outside of it",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A transaction is open on the connection, and most providers refuse a command that is not given it: it throws when it runs. "
            + "Pass the transaction, or set the command's Transaction.");

    public static readonly DiagnosticDescriptor StrategyConflict = Rule(
        id: "DBR305",
        title: "Transaction conflicts with the retrying execution strategy",
        messageFormat: "'{0}' is set up to retry, so that '{1}' throws inside a transaction that no execution strategy runs",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A context that retries failed commands cannot run part of a transaction again, and refuses to work in one that it did not begin. "
            + "Let the execution strategy run the whole transaction as one unit.");

    public static readonly DiagnosticDescriptor FlowlessScope = Rule(
        id: "DBR306",
        title: "TransactionScope does not flow across await",
        messageFormat: "The transaction of this '{0}' belongs to one thread, and the code that it covers may go on in another after 'await'",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Without the option for asynchronous code a scope puts its transaction on the current thread. Behind an await that really waits the code goes on in another one: "
            + "commands are no longer part of the transaction, and disposing the scope throws. Enable the flow.");

    public static readonly DiagnosticDescriptor UncompletedScope = Rule(
        id: "DBR307",
        title: "TransactionScope is never completed",
        messageFormat: "{0}: what '{1}' writes is rolled back",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A scope that is disposed before it was completed rolls its transaction back, and nothing tells. Complete it as the last step of the work.");

    public static readonly DiagnosticDescriptor SwallowedException = Rule(
        id: "DBR308",
        title: "Exception is swallowed and the transaction committed",
        messageFormat: "When '{0}' fails, this 'catch' goes on and the transaction is committed without it",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The transaction is there so that all of its writes are kept or none. A handler that swallows the failure of one lets the code commit the others. "
            + "Throw, roll back, or leave before the commit.");

    public static readonly DiagnosticDescriptor RemoteCallInTransaction = Rule(
        id: "DBR309",
        title: "External call while a transaction is open",
        messageFormat: "'{0}' asks another machine while the transaction of '{1}' is open{2}",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The transaction keeps its locks, and the connection is taken, for as long as the other machine lets the code wait; and what that machine did is not undone by a roll-back. "
            + "Call it before the transaction begins or after the commit, or write an outbox row.");

    public static readonly DiagnosticDescriptor TransactionPerElement = Rule(
        id: "DBR310",
        title: "Transaction is opened once per element",
        messageFormat: "'{0}' opens a transaction {1}",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Each transaction costs round trips to begin and to commit, and a commit waits for the disk. When the loop fails in the middle, the elements before are written and the others are not. "
            + "Open one transaction around the loop, or one for each batch of elements.");

    public static readonly DiagnosticDescriptor LocksInCallersOrder = Rule(
        id: "DBR311",
        title: "Rows are locked in an order that callers control",
        messageFormat: "'{0}' locks rows {1} within one transaction: two callers that name them in different orders deadlock",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Each statement locks its row until the transaction ends. Of two callers that lock the same rows in different orders, each waits for the other, and the database ends one of them with an error. "
            + "Sort the keys before the loop, or write all rows with one statement.");

    public static readonly DiagnosticDescriptor UnretriedTransaction = Rule(
        id: "DBR312",
        title: "Serializable or repeatable-read transaction without retry",
        messageFormat: "The transaction of '{0}' is {1}: when a concurrent one gets in its way it fails, and nothing in view runs it again",
        category: Category.Transactions,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "At these levels the database refuses transactions that it cannot put in an order, with a serialization failure or a deadlock. Running the whole transaction again is the answer "
            + "that databases expect. Repeat it, or choose the level that it needs.");
}
