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
}
