using DbRules.Catalog;
using DbRules.Sql;

namespace DbRules.Rules.SqlText;

/// <summary>Every row of a table is changed, and nothing says that this is meant.</summary>
public sealed class UpdateWithoutWhere() : WholeTableRule(RuleCatalog.UpdateWithoutWhere, SqlStatementKind.Update);
