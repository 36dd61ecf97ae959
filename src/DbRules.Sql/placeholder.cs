namespace DbRules.Sql;
