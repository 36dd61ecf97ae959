using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

public static partial class RuleCatalog
{
    public static readonly DiagnosticDescriptor QueryPerElement = Rule(
        id: "DBR101",
        title: "Query runs once per element",
        messageFormat: "'{0}' queries the database {1}",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A query inside a loop costs one round trip per element: a thousand elements, a thousand round trips. "
            + "Load the rows that the loop needs with one query before it and look them up in memory.");

    public static readonly DiagnosticDescriptor CallPerElement = Rule(
        id: "DBR102",
        title: "Call runs a query once per element",
        messageFormat: "'{0}' queries the database {1}: {2}",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A call inside a loop reaches a query: it costs one round trip per element, although the loop itself shows none. "
            + "Give the called code a method that loads what all elements need at once, and call that before the loop.");

    public static readonly DiagnosticDescriptor LazyNavigation = Rule(
        id: "DBR103",
        title: "Navigation is lazily loaded once per element",
        messageFormat: "'{0}' is lazily loaded from the database {1}",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The navigation is not part of the query, so each element loads it with a round trip of its own when the code reads it. "
            + "Include it in the query.");

    public static readonly DiagnosticDescriptor UnloadedNavigation = Rule(
        id: "DBR104",
        title: "Navigation is read but never loaded",
        messageFormat: "'{0}' of '{1}' is read, but the query does not load it",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The query does not load the navigation and nothing else does: a reference is null where the code needs it, a collection is empty whatever the database holds. "
            + "Include it in the query.");

    public static readonly DiagnosticDescriptor SavePerElement = Rule(
        id: "DBR105",
        title: "SaveChanges runs once per element",
        messageFormat: "'{0}' saves {1}{2}; save once behind the loop",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Each save is a transaction and at least one round trip of its own, and looks through all tracked entities. "
            + "One save behind the loop sends all changes together, and either all of them or none.");

    public static readonly DiagnosticDescriptor WritePerElement = Rule(
        id: "DBR106",
        title: "Write runs once per element",
        messageFormat: "'{0}' writes {1}{2}; write the rows of all elements with one call",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A statement that changes rows inside a loop costs one round trip per element, and without a transaction one commit too. "
            + "Send the rows of all elements with one call: a set-based statement, a sequence of parameters, a batch.");

    public static readonly DiagnosticDescriptor InvariantQuery = Rule(
        id: "DBR107",
        title: "Query does not depend on the element",
        messageFormat: "'{0}' runs the same query {1}{2}; run it once before the loop",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The query has the same text and the same values in every pass of the loop, and nothing in the loop changes what it reads. "
            + "Run it once before the loop and keep the result.");

    public static readonly DiagnosticDescriptor ExplicitLoadPerElement = Rule(
        id: "DBR108",
        title: "Related data is explicitly loaded once per element",
        messageFormat: "'{0}' is loaded from the database {1}",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Loading the related rows of one entity costs a round trip, and the loop does it for each entity. "
            + "Include them in the query that reads the entities.");

    public static readonly DiagnosticDescriptor QueryPerRecursion = Rule(
        id: "DBR109",
        title: "Query runs at every level of a recursion",
        messageFormat: "'{0}' calls itself and queries the database each time: {1}",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A method that calls itself runs its query once per node: as many round trips as the tree has nodes. "
            + "Load the tree with one query (a recursive common table expression, a path column, or all rows of the root) and walk it in memory.");

    public static readonly DiagnosticDescriptor JoinForKey = Rule(
        id: "DBR110",
        title: "Navigation joined only to read its key",
        messageFormat: "'{0}' joins {1} only to read its key, which the row has as '{2}'",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Reading the key of a related row through the navigation makes the database join the other table, "
            + "although the row has the same value in its foreign key. Use the foreign key.");

    public static readonly DiagnosticDescriptor IncludeWithoutEffect = Rule(
        id: "DBR111",
        title: "Include is never read or repeated",
        messageFormat: "Include of '{0}' has no effect: {1}",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The related data that the Include asks for reaches nobody: the query projects, counts, tests or writes, or another Include loads the same. "
            + "It misleads the reader about what the query costs and returns; remove it.");

    public static readonly DiagnosticDescriptor SameQueryTwice = Rule(
        id: "DBR112",
        title: "Same query is run twice",
        messageFormat: "'{0}' runs the same query a second time and nothing in between changes its result; keep the first result",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The code sends the same query with the same values twice on one path, and nothing in between changes what it returns. "
            + "The second round trip is wasted: keep the first result.");

    public static readonly DiagnosticDescriptor KeysForNextQuery = Rule(
        id: "DBR113",
        title: "Keys are fetched only to filter the next query",
        messageFormat: "'{0}' is fetched only to filter the query of '{1}'; keep it a query and the database filters in one round trip",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A list of keys is fetched and used for nothing but the filter of the next query, which sends all keys back. "
            + "Without fetching them the next query contains the first as a subquery: one round trip, and no list of keys on the way.");

    public static readonly DiagnosticDescriptor SerializedLazyGraph = Rule(
        id: "DBR114",
        title: "Lazily loading graph is handed to a serializer",
        messageFormat: "'{0}' is handed to a serializer, which loads '{1}' and all that it leads to with a round trip for each entity",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A serializer reads every property, and reading a navigation that loads lazily is a round trip: for each entity, for each entity behind "
            + "that, and so on. Select what the answer needs into a type of its own.");

    public static readonly DiagnosticDescriptor ProbableCallPerElement = Rule(
        id: "DBR115",
        title: "Call probably runs a query once per element",
        messageFormat: "'{0}.{1}' probably {2} the database {3}",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The called member has no implementation in view, but its name says that it reads from a store, or writes to it at once. "
            + "If it does, the loop costs one round trip per element. A row in a .dbmodel file tells what it does.");

    public static readonly DiagnosticDescriptor QueryAmongOutsideWork = Rule(
        id: "DBR116",
        title: "Query runs once per element, beside other waiting",
        messageFormat: "'{0}' queries the database {1}, beside other work that each pass waits for{2}",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The query costs one round trip per element, in a loop that also waits for something else for each of them: a service, a file, a message. "
            + "What the round trips cost beside that only a measurement tells.");

    public static readonly DiagnosticDescriptor QueryPerFewRows = Rule(
        id: "DBR117",
        title: "Query runs once per row of a small table",
        messageFormat: "'{0}' queries the database {1}, of which there are few ('{2}'){3}",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The query costs one round trip per element. The elements are rows of a table that stays small: roles, languages, settings. "
            + "Whether their number matters only you know.");

    public static readonly DiagnosticDescriptor UnitOfWorkPerElement = Rule(
        id: "DBR118",
        title: "Call reads and writes once per element",
        messageFormat: "'{0}' reads from the database and writes to it {1}: {2}",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The called code runs a query and commits a write for each element. That may be meant: a unit of work that can fail alone. "
            + "Where it is not, load what all of them need before the loop, and write once behind it.");
}
