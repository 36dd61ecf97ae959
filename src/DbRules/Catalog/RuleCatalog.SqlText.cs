using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

public static partial class RuleCatalog
{
    public static readonly DiagnosticDescriptor SplicedValue = Rule(
        id: "DBR501",
        title: "Value is spliced into SQL",
        messageFormat: "'{0}' becomes part of the SQL text{1}",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "What is put into the text of a statement is read as SQL: a quote in it ends the value, and what follows runs as part of the statement. Dates and numbers are written as the "
            + "culture of the machine has them, and every other value makes another statement for the database to parse. Pass the value as a parameter.");

    public static readonly DiagnosticDescriptor DeleteWithoutWhere = Rule(
        id: "DBR502",
        title: "DELETE has no WHERE",
        messageFormat: "'{0}' deletes every row of '{1}'",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The statement names no rows, so that it deletes all of them. Say which rows are meant; where all of them are, let the name of the method say so.");

    public static readonly DiagnosticDescriptor UpdateWithoutWhere = Rule(
        id: "DBR503",
        title: "UPDATE has no WHERE",
        messageFormat: "'{0}' changes every row of '{1}'",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The statement names no rows, so that it changes all of them. Say which rows are meant; where all of them are, let the name of the method say so.");

    public static readonly DiagnosticDescriptor MappedStar = Rule(
        id: "DBR504",
        title: "SELECT * is mapped to a type",
        messageFormat: "'{0}' fetches every column that the table has or will have to fill '{1}'",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The columns of SELECT * are those that the table has today: a large one that is added is read by every caller, and one that is renamed leaves its member empty without a word. "
            + "List the columns that the type has.");

    public static readonly DiagnosticDescriptor NotInWithNull = Rule(
        id: "DBR505",
        title: "NOT IN over a subquery that can yield NULL",
        messageFormat: "'{0}' can be NULL, and with one NULL among the values NOT IN is never true",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A value is compared with each value of the subquery, and a comparison with NULL is unknown: one row in which the column is NULL, and the condition lets no row through. "
            + "Ask with NOT EXISTS, or leave out the rows that have NULL.");

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

    public static readonly DiagnosticDescriptor RandomOrderOfRows = Rule(
        id: "DBR508",
        title: "Rows are ordered at random",
        messageFormat: "'{0}' gives every row a number and sorts them all, however few are taken",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "To order rows at random the database reads all of them, makes up a number for each and sorts them; no index helps, and the cost grows with the table. "
            + "Choose keys at random and read their rows, or sample the table.");

    public static readonly DiagnosticDescriptor ColumnHiddenFromIndex = Rule(
        id: "DBR509",
        title: "Function or arithmetic hides a column from its index",
        messageFormat: "'{0}' is worked out for every row: no ordinary index over '{1}' helps",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "An index over a column holds the values of the column, not what a function makes of them. The database works the function out for every row of the table before it can compare. "
            + "Leave the column alone on its side, as a range of dates does, or give the table an index over the expression.");

    public static readonly DiagnosticDescriptor UnorderedRowsTaken = Rule(
        id: "DBR510",
        title: "OFFSET or LIMIT without ORDER BY",
        messageFormat: "{0} takes a part of '{1}' without ORDER BY: the database decides which rows come",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Without an order the database may return the rows in another order each time: pages repeat rows and leave out others. Order by a key, or by something else and then by a key.");

    public static readonly DiagnosticDescriptor UngivenParameter = Rule(
        id: "DBR511",
        title: "SQL parameters and arguments do not match",
        messageFormat: "Nothing gives '{0}' a value{1}",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The text has a parameter that the call gives no value: the database refuses the statement each time it runs. Give the value, or write its name as it is given.");

    public static readonly DiagnosticDescriptor UnknownName = Rule(
        id: "DBR512",
        title: "Table or column is not in the schema",
        messageFormat: "{0} '{1}' is not in the schema{2}",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The files with CREATE TABLE of the project, or the entities that it maps, have no such table or column. The database will refuse the statement when it runs. Correct the name, or add "
            + "what is missing to the schema.");

    public static readonly DiagnosticDescriptor InsertWithoutColumns = Rule(
        id: "DBR513",
        title: "INSERT names no columns",
        messageFormat: "INSERT into '{0}' names no columns: its values go by the order that the table has today",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Without a list of columns the values go into the columns of the table in their order. A column that is added makes the statement fail, "
            + "and columns in another order take each other's values. Name the columns.");

    public static readonly DiagnosticDescriptor DestructiveStatement = Rule(
        id: "DBR514",
        title: "Destructive statement outside a migration",
        messageFormat: "{0} destroys data of '{1}' outside a migration",
        category: Category.SqlText,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The statement takes away a table, a column, a schema or all rows, in code that runs in production and whose names do not speak of the schema. Such changes belong into "
            + "migrations, where they are reviewed, run once, and have a way back.");
}
