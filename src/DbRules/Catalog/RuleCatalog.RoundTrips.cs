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

    public static readonly DiagnosticDescriptor InvariantQuery = Rule(
        id: "DBR107",
        title: "Query does not depend on the element",
        messageFormat: "'{0}' runs the same query {1}; run it once before the loop",
        category: Category.RoundTrips,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The query has the same text and the same values in every pass of the loop, and nothing in the loop changes what it reads. "
            + "Run it once before the loop and keep the result.");
}
