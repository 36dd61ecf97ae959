using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Schema;
using DbRules.Engine.SqlTexts;
using DbRules.Sql;

namespace DbRules.Engine;

/// <summary>What the SQL texts of one compilation say. Thread-safe.</summary>
public sealed class SqlTextFacts
{
    private readonly SentTexts _sent;
    private readonly Dialects _dialects;
    private readonly TableShapes _tables;
    private readonly MappedStars _mappedStars;
    private readonly UngivenParameters _ungivenParameters;
    private readonly UnnamedInserts _unnamedInserts;

    internal SqlTextFacts(CompilationContext context, TableShapes tables)
    {
        _tables = tables;
        _mappedStars = new MappedStars(context, tables);
        _ungivenParameters = new UngivenParameters(context.Models);
        _unnamedInserts = new UnnamedInserts(tables);
        _sent = new SentTexts(context);
        _dialects = new Dialects(context.Models);
    }

    /// <summary>The SQL texts that a body sends to a store, or hands to what will send them, in source order.</summary>
    public ImmutableArray<SentSql> SentBy(BodyFacts body) => _sent.Of(body);

    /// <summary>The dialect of a text.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="otherwise">The word of the dialect that is used where types do not tell it; null or any other text counts as none.</param>
    public SqlDialect DialectOf(SentSql sql, string? otherwise) => sql.Call is { } call ? _dialects.Of(call, otherwise) : _dialects.Of(sql.Expression, sql.Body.Origins);

    /// <summary>The stars of a text whose columns a call maps to a type, in text order; empty when that is not known.</summary>
    public IEnumerable<MappedStar> MappedStarsOf(SentSql sql, SqlDialect dialect) => _mappedStars.In(sql, dialect);

    /// <summary>The parameters of a text that get no value, in text order; empty when that is not known.</summary>
    public IEnumerable<UngivenParameter> UngivenParametersOf(SentSql sql, SqlDialect dialect) => _ungivenParameters.In(sql, dialect);

    /// <summary>The inserts of a text that name no columns, in text order.</summary>
    public IEnumerable<UnnamedInsert> UnnamedInsertsOf(SentSql sql, SqlDialect dialect) => _unnamedInserts.In(sql, dialect);

    /// <summary>Whether the name of a table says that it has few rows, or that the database describes itself by it.</summary>
    public static bool HasFewRows(SqlTable table) => SystemTables.Contains(table) || SmallTables.NamesFew(table.StatedName);

    /// <inheritdoc cref="TableShapes.Of"/>
    public TableShape? TableOf(SqlTable table) => _tables.Of(table);
}
