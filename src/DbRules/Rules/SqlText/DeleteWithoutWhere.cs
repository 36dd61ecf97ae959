using DbRules.Catalog;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.SqlText;

/// <summary>Every row of a table is deleted, and nothing says that this is meant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeleteWithoutWhere() : DbRule(RuleCatalog.DeleteWithoutWhere)
{
    protected override void Register(RuleContext rule)
    {
        rule.OnStatement(static (context, statement) =>
        {
            if (statement.Kind == SqlStatementKind.Delete && context.Facts.SqlText.WholeTableWrittenBy(context.Sql, statement) is { } table)
                context.Report(statement.Verb, null, context.Sql.Script.Text.Slice(statement.Verb), table);
        });
        rule.OnCall(static call =>
        {
            if (call.Facts.SqlText.WholeSetWrittenBy(call.Call) is { IsDelete: true } write && call.IsProduction)
                call.Report([], null, call.Call.Name, write.Entity.Name);
        });
    }
}
