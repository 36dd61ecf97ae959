using DbRules.Catalog;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.SqlText;

/// <summary>Every row of a table is changed, and nothing says that this is meant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UpdateWithoutWhere() : WholeTableRule(RuleCatalog.UpdateWithoutWhere, SqlStatementKind.Update);
