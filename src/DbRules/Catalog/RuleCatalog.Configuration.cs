using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

public static partial class RuleCatalog
{
    public static readonly DiagnosticDescriptor MalformedModelRow = Rule(
        id: "DBR001",
        title: "Model row is not understood",
        messageFormat: "{0}",
        category: Category.Configuration,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A row of a .dbmodel file uses a word, type, member or parameter that does not exist. The other rows still count.");

    public static readonly DiagnosticDescriptor InvalidOption = Rule(
        id: "DBR002",
        title: "Option value is not understood",
        messageFormat: "'{0} = {1}' is not understood for '{2}': {3}; the default '{4}' holds",
        category: Category.Configuration,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A dbrules.* option of an .editorconfig has a value that it cannot take. The option's default holds.");

    public static readonly DiagnosticDescriptor UnreadableBaselineLine = Rule(
        id: "DBR004",
        title: "Line of the baseline is not understood",
        messageFormat: "'{0}' lists no finding: a line is 'rule | file | line of code', and a comment starts with #",
        category: Category.Configuration,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A line of a DbRules.baseline.txt is neither a finding nor a comment, as after a merge that was not resolved. The other lines still count.");
}
