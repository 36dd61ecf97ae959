using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

public static partial class RuleCatalog
{
    public static readonly DiagnosticDescriptor SplicedValue = Rule(
        id: "DBR501",
        title: "Value is spliced into SQL",
        messageFormat: "'{0}' becomes part of the SQL text, {1}: pass it as a parameter",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "What is put into the text of a statement is read as SQL: a quote in it ends the value, and what follows runs as part of the statement. Dates and numbers are written as the "
            + "culture of the machine has them, and every other value makes another statement for the database to parse. Pass the value as a parameter.");
}
