using DbRules.Engine.SqlTexts;
using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules.SqlText;

/// <summary>Every row of a table is deleted or changed, and nothing says that this is meant.</summary>
/// <param name="descriptor">What is said.</param>
/// <param name="kind"><see cref="SqlStatementKind.Delete"/> or <see cref="SqlStatementKind.Update"/>.</param>
public abstract class WholeTableRule(DiagnosticDescriptor descriptor, SqlStatementKind kind) : DbRule(descriptor)
{
    protected sealed override void Register(RuleContext rule)
    {
        rule.OnStatement((context, statement) =>
        {
            if (statement.Kind == kind && context.Facts.SqlText.WholeTableWrittenBy(context.Sql, statement) is { } table)
                context.Report(statement.Verb, null, context.Sql.Script.Text.Slice(statement.Verb), table);
        });
        rule.OnCall(call =>
        {
            if (call.Facts.SqlText.WholeSetWrittenBy(call.Call) is { } write && write.IsDelete == (kind == SqlStatementKind.Delete))
                call.Report([], null, call.Call.Name, write.Entity.Name);
        });
    }
}
