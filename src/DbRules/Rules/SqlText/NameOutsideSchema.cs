using DbRules.Catalog;
using DbRules.Engine.SqlTexts;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text names a table or a column that the schema of the project does not have.</summary>
public sealed class NameOutsideSchema() : DbRule(RuleCatalog.UnknownName)
{
    protected override void Register(RuleContext rule) => rule.OnStatement(static (context, statement) =>
    {
        foreach (UnknownName unknown in context.Facts.SqlText.UnknownNamesIn(context.Sql, statement, context.Dialect))
        {
            string kind = unknown.Table is null ? "Table" : "Column";
            string name = string.IsNullOrEmpty(unknown.Table) ? unknown.Name : $"{unknown.Table}.{unknown.Name}";
            context.Report(unknown.Place, hint: null, kind, name, unknown.Nearest is null ? "" : $"; '{unknown.Nearest}' is");
        }
    });
}
