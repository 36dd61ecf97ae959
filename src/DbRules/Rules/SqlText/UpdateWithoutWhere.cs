using DbRules.Catalog;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.SqlText;

/// <summary>Every row of a table is changed, and nothing says that this is meant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UpdateWithoutWhere() : DbRule(RuleCatalog.UpdateWithoutWhere)
{
    protected override void Register(RuleContext rule)
    {
        rule.OnStatement(static (context, statement) =>
        {
            if (statement.Kind == SqlStatementKind.Update && context.Facts.SqlText.WholeTableWrittenBy(context.Sql, statement) is { } table)
                context.Report(statement.Verb, null, context.Sql.Script.Text.Slice(statement.Verb), table);
        });
        rule.OnCall(static call =>
        {
            if (call.Facts.SqlText.WholeSetWrittenBy(call.Call) is { IsDelete: false } write && call.IsProduction)
                call.Report([], null, call.Call.Name, write.Entity.Name);
        });
    }
}
