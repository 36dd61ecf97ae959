using DbRules.Catalog;
using DbRules.Sql;

namespace DbRules.Rules.SqlText;

/// <summary>Every row of a table is deleted, and nothing says that this is meant.</summary>
public sealed class DeleteWithoutWhere() : WholeTableRule(RuleCatalog.DeleteWithoutWhere, SqlStatementKind.Delete);
