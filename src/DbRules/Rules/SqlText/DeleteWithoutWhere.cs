using DbRules.Catalog;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.SqlText;

/// <summary>Every row of a table is deleted, and nothing says that this is meant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeleteWithoutWhere() : WholeTableRule(RuleCatalog.DeleteWithoutWhere, SqlStatementKind.Delete);
