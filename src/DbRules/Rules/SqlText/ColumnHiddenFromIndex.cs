using DbRules.Catalog;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text chooses rows by what a function, a conversion or arithmetic makes of a column, and by nothing else.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ColumnHiddenFromIndex() : DbRule(RuleCatalog.ColumnHiddenFromIndex)
{
    protected override void Register(RuleContext rule) => rule.OnStatement(static (context, statement) =>
    {
        if (statement.Conditions.Count == 0 || context.HasFewRows(statement))
            return;
        SqlScript script = context.Sql.Script;
        foreach (HiddenColumn hidden in HiddenColumn.Of(script, statement, context.Dialect))
            context.Report(hidden.Expression.Span, hint: null, script.Text.Slice(hidden.Expression.Span).Replace(Sql.SqlText.HoleCharacter.ToString(), "{..}"), hidden.Column.Name);
    });
}
