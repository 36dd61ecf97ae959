using DbRules.Engine.Calls;
using DbRules.Sql;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds statements that destroy data in code that is not there for it.</summary>
internal sealed class Destructions(SentTexts sent, WholeTableWrites wholeTables)
{
    /// <inheritdoc cref="SqlTextFacts.DestructionBy"/>
    public SqlDestruction? Of(SentSql sql, SqlStatement statement) =>
        SqlDestruction.Of(statement) is { } destruction && !StatedIntent.OfSchema(sql.Body, sql.Expression) && !IsMeant(destruction, sql, statement) ? destruction : null;

    private bool IsMeant(SqlDestruction destruction, SentSql sql, SqlStatement statement)
    {
        bool isMeant = destruction.Kind == SqlDestructionKind.Rows
            && (StatedIntent.OfAllRows(sql.Body, sql.Expression) || destruction.Names.Any(name => name.Length > 0 && wholeTables.IsFilled(sql.Body, name, null)));
        bool isTemporary = statement.Tables.All(use => sql.Script.IsTemporary(use.Table)) && statement.Tables.Count > 0;
        return isMeant || isTemporary || destruction.Names.All(name => name.Length == 0 || StatedIntent.OfPassingTable(name) || IsMadeIn(sql.Body, name));
    }

    /// <summary>Whether the body makes what has that name itself, or gives the name to something else.</summary>
    private bool IsMadeIn(BodyFacts body, string name) =>
        sent.Of(body).SelectMany(static text => text.Script.AllStatements).SelectMany(SqlDefinedNames.Of).Contains(name, StringComparer.OrdinalIgnoreCase);
}
