using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

public static partial class RuleCatalog
{
    public static readonly DiagnosticDescriptor MappedStar = Rule(
        id: "DBR504",
        title: "SELECT * is mapped to a type",
        messageFormat: "'{0}' fetches every column that the table has or will have to fill '{1}'",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The columns of SELECT * are those that the table has today: a large one that is added is read by every caller, and one that is renamed leaves its member empty without a word. "
            + "List the columns that the type has.");

    public static readonly DiagnosticDescriptor NullComparedBySign = Rule(
        id: "DBR506",
        title: "Comparison with NULL by = or <>",
        messageFormat: "Comparing with NULL by '{0}' is never true; use {1}",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "In SQL a comparison with NULL by = or <> is neither true nor false but unknown, whatever stands on the other side, so that the condition lets no row through. "
            + "Ask with IS NULL or IS NOT NULL.");

    public static readonly DiagnosticDescriptor PatternStartsWithWildcard = Rule(
        id: "DBR507",
        title: "Pattern starts with a wildcard",
        messageFormat: "{0} starts with a wildcard: no ordinary index helps, and every row is looked at",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "An index over a column is ordered by its beginning. A pattern that may begin with anything makes the database read every row, and nothing else in the condition leaves "
            + "rows out first. Search from the start, by another condition, or with an index for text: full-text search, trigrams.");

    public static readonly DiagnosticDescriptor UngivenParameter = Rule(
        id: "DBR511",
        title: "SQL parameters and arguments do not match",
        messageFormat: "Nothing gives '{0}' a value{1}",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The text has a parameter that the call gives no value: the database refuses the statement each time it runs. Give the value, or write its name as it is given.");

    public static readonly DiagnosticDescriptor InsertWithoutColumns = Rule(
        id: "DBR513",
        title: "INSERT names no columns",
        messageFormat: "INSERT into '{0}' names no columns: its values go by the order that the table has today",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Without a list of columns the values go into the columns of the table in their order. A column that is added makes the statement fail, "
            + "and columns in another order take each other's values. Name the columns.");
}
