using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Schema;
using DbRules.Engine.SqlTexts;
using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine;

/// <summary>What the SQL texts of one compilation say. Thread-safe.</summary>
public sealed class SqlTextFacts
{
    private readonly SentTexts _sent;
    private readonly SplicedValues _spliced;
    private readonly ParameterPlans _plans;
    private readonly Dialects _dialects;
    private readonly TableShapes _tables;
    private readonly MappedStars _mappedStars;
    private readonly UngivenParameters _ungivenParameters;
    private readonly UnnamedInserts _unnamedInserts;
    private readonly UnknownNames _unknownNames;
    private readonly NullableSubqueries _nullableSubqueries;
    private readonly ColumnTypes _columnTypes;
    private readonly SqlPages _pages;
    private readonly WholeTableWrites _wholeTables;
    private readonly Destructions _destructions;

    internal SqlTextFacts(Compilation compilation, CompilationContext context, MemberBodies bodies, ResultSizeFacts sizes, TableShapes tables)
    {
        _tables = tables;
        _mappedStars = new MappedStars(context, tables);
        _ungivenParameters = new UngivenParameters(context.Models);
        _unnamedInserts = new UnnamedInserts(tables);
        _unknownNames = new UnknownNames(tables);
        _nullableSubqueries = new NullableSubqueries(tables);
        _columnTypes = new ColumnTypes(tables);
        _sent = new SentTexts(context, bodies);
        _dialects = new Dialects(context);
        _spliced = new SplicedValues(compilation, context, bodies, _sent, _dialects);
        _plans = new ParameterPlans(context);
        _pages = new SqlPages(sizes);
        _wholeTables = new WholeTableWrites(compilation, context, sizes, _sent, bodies);
        _destructions = new Destructions(_sent, _wholeTables);
    }

    /// <summary>The SQL texts that a body sends to a store, or hands to what will send them, in source order.</summary>
    public ImmutableArray<SentSql> SentBy(BodyFacts body) => _sent.Of(body);

    /// <summary>The values that a body puts into its SQL texts though they may be anything, in source order.</summary>
    public ImmutableArray<SplicedValue> SplicedInto(BodyFacts body) => _spliced.Of(body);

    /// <summary>How values of one text can become parameters; null when there is no plan for any of them.</summary>
    /// <param name="values">The values, all of one text.</param>
    /// <param name="dialect">The word of the dialect that is used where types do not tell it; null or any other text counts as none.</param>
    public ParameterPlan? ParametersFor(IReadOnlyList<SplicedValue> values, string? dialect) =>
        values.Count == 0 ? null : _plans.Of(values[0].Sql, values, _spliced.Of(values[0].Sql.Body), DialectOf(values[0].Sql, dialect));

    /// <summary>The dialect of a text.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="otherwise">The word of the dialect that is used where types do not tell it; null or any other text counts as none.</param>
    public SqlDialect DialectOf(SentSql sql, string? otherwise) => sql.DialectBy(_dialects, otherwise);

    /// <summary>
    /// The table of which a statement deletes or changes every row, though neither it nor the code around it says that this is meant. Null for any other statement, and
    /// when that is not known.
    /// </summary>
    public string? WholeTableWrittenBy(SentSql sql, SqlStatement statement) => _wholeTables.Of(sql, statement);

    /// <summary>
    /// Whether a call deletes or changes every row behind a set of entities, though the code around it does not say that this is meant. Null for any other call, and when
    /// that is not known.
    /// </summary>
    public WholeSetWrite? WholeSetWrittenBy(DbCall call) => _wholeTables.Of(call);

    /// <summary>The conditions of a statement that ask by <c>NOT IN</c> for the values of a subquery which can yield NULL, as the text or the schema proves.</summary>
    public IEnumerable<NullableSubquery> NullableSubqueriesOf(SentSql sql, SqlStatement statement) => _nullableSubqueries.In(sql.Script, statement);

    /// <summary>The part of its rows that a query takes in no order; null when it has one, when it cannot matter, or when that is not known.</summary>
    public UnorderedRows? UnorderedRowsOf(SentSql sql, SqlStatement statement) => _pages.UnorderedRowsOf(sql, statement);

    /// <summary>The queries of a statement that sort any number of rows at random.</summary>
    public IEnumerable<RandomOrder> RandomOrdersOf(SentSql sql, SqlStatement statement) => _pages.RandomOrdersOf(sql, statement);

    /// <summary>What a statement destroys, though the code around it is not there for that; null when it destroys nothing, or when that is not known.</summary>
    public SqlDestruction? DestructionBy(SentSql sql, SqlStatement statement) => _destructions.Of(sql, statement);

    /// <summary>The stars of a text whose columns a call maps to a type, in text order; empty when that is not known.</summary>
    public IEnumerable<MappedStar> MappedStarsOf(SentSql sql, SqlDialect dialect) => _mappedStars.In(sql, dialect);

    /// <summary>The parameters of a text that get no value, in text order; empty when that is not known.</summary>
    public IEnumerable<UngivenParameter> UngivenParametersOf(SentSql sql, SqlDialect dialect) => _ungivenParameters.In(sql, dialect);

    /// <summary>The inserts of a text that name no columns, in text order.</summary>
    public IEnumerable<UnnamedInsert> UnnamedInsertsOf(SentSql sql, SqlDialect dialect) => _unnamedInserts.In(sql, dialect);

    /// <summary>The tables and columns that a statement names and the schema in view does not have, in text order; empty where that schema may not state all.</summary>
    public IEnumerable<UnknownName> UnknownNamesIn(SentSql sql, SqlStatement statement, SqlDialect dialect) => _unknownNames.In(sql.Script, statement, dialect);

    /// <inheritdoc cref="ColumnTypes.Of"/>
    public string? TypeOf(SqlStatement statement, SqlExpression column) => _columnTypes.Of(statement, column);

    /// <summary>Whether the name of a table says that it has few rows, or that the database describes itself by it.</summary>
    public static bool HasFewRows(SqlTable table) => SystemTables.Contains(table) || SmallTables.NamesFew(table.StatedName);

    /// <inheritdoc cref="TableShapes.Of"/>
    public TableShape? TableOf(SqlTable table) => _tables.Of(table);
}
