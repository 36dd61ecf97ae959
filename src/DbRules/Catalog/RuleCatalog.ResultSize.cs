using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

public static partial class RuleCatalog
{
    public static readonly DiagnosticDescriptor WholeTableRead = Rule(
        id: "DBR201",
        title: "Whole table is read",
        messageFormat: "'{0}' reads every row of '{1}'",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The query has neither a filter nor a limit: it takes every row into memory, however many there are one day. "
            + "Read a page, filter in the database, or stream the rows.");

    public static readonly DiagnosticDescriptor FilterWithoutLimit = Rule(
        id: "DBR202",
        title: "Filtered query has no row limit",
        messageFormat: "'{0}' reads every row of '{1}' that the filter lets through",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The filter may hold for any number of rows, and all of them are taken into memory. Read a page, or stream the rows.");

    public static readonly DiagnosticDescriptor SelectWithoutLimit = Rule(
        id: "DBR203",
        title: "SELECT has no row limit",
        messageFormat: "'{0}' keeps every row of '{1}'{2} in memory",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The SQL text has no LIMIT, TOP or FETCH, and all rows that it selects are taken into memory, however many there are one day. "
            + "Read a page, filter in the database, or stream the rows.");

    public static readonly DiagnosticDescriptor UnorderedPage = Rule(
        id: "DBR204",
        title: "Page is taken from an unordered query",
        messageFormat: "'{0}' takes a part of '{1}' without an order: the database decides which rows come",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Without an order the database may return the rows in another order each time: pages repeat rows and leave out others. "
            + "Order by a key, or by something else and then by a key.");

    public static readonly DiagnosticDescriptor LateFilter = Rule(
        id: "DBR205",
        title: "Filtering, ordering or paging after the rows were fetched",
        messageFormat: "'{0}' works in memory on every row that '{1}' brings from the database; in front of it the database sends only what is needed",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The query fetches more rows than the code uses: a filter, a page, a count or a first row is taken from the fetched list. "
            + "The database can do it with the same query, and sends only what is needed.");

    public static readonly DiagnosticDescriptor UnclampedPageSize = Rule(
        id: "DBR206",
        title: "Page size comes from the caller unclamped",
        messageFormat: "'{0}' is taken as the caller gives it: nothing limits how many rows are read",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Who calls decides how many rows are read into memory. Limit the number where it is used.");

    public static readonly DiagnosticDescriptor SiblingIncludes = Rule(
        id: "DBR207",
        title: "Sibling collection Includes multiply rows",
        messageFormat: "One query joins '{0}' and '{1}': each element of one comes with each of the other",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Two collections of the same row in one query multiply: ten of the one and ten of the other are a hundred rows. Split the query.");

    public static readonly DiagnosticDescriptor DeepOffset = Rule(
        id: "DBR208",
        title: "Deep OFFSET paging",
        messageFormat: "'{0}' skips rows that the database reads all the same: the further the page, the slower",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "To skip rows the database has to read and order them. Page by the key of the last row instead: keyset paging costs the same for every page.",
        isEnabledByDefault: false);

    public static readonly DiagnosticDescriptor WholeRows = Rule(
        id: "DBR209",
        title: "Whole entities are fetched for a few columns",
        messageFormat: "'{0}' fetches all {1} columns of '{2}' for {3} alone",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The code reads a few properties of each entity and nothing else. A projection sends only these columns, and nothing is tracked.");

    public static readonly DiagnosticDescriptor SynchronousCallInAsyncCode = Rule(
        id: "DBR210",
        title: "Synchronous database call in async code",
        messageFormat: "'{0}' blocks the thread of async code while the database works; {1}",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A synchronous call holds a thread until the database has answered, in code that could give it back meanwhile. "
            + "Under load the threads run out and everything waits. Await the asynchronous twin.");

    public static readonly DiagnosticDescriptor TokenNotPassed = Rule(
        id: "DBR211",
        title: "CancellationToken is at hand and not passed",
        messageFormat: "'{0}' is not given '{1}', so that it goes on when nobody waits any more",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The method has a cancellation token and does not give it to the database call. When the caller gives up, the database still works on. Pass the token.");
}
