using DbRules.Engine;
using DbRules.Engine.SqlTexts;
using DbRules.Hints;
using DbRules.Options;
using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules;

/// <summary>One SQL text, with what a rule may ask about it and the way to report a word of it.</summary>
public readonly struct SqlContext
{
    private readonly BodyContext _body;
    private readonly HashSet<Location>? _reported;

    internal SqlContext(BodyContext body, SentSql sql, HashSet<Location>? reported)
    {
        _body = body;
        _reported = reported;
        Sql = sql;
    }

    public DbFacts Facts => _body.Facts;

    public SentSql Sql { get; }

    /// <summary>The statements of the text and those inside them, in text order.</summary>
    public IEnumerable<SqlStatement> Statements => Sql.Script.AllStatements;

    /// <inheritdoc cref="SqlTextFacts.DialectOf"/>
    public SqlDialect Dialect => Facts.SqlText.DialectOf(Sql, Option(RuleOptions.SqlDialect));

    /// <inheritdoc cref="BodyContext.Option"/>
    public T Option<T>(RuleOption<T> option)
        where T : notnull => _body.Option(option);

    /// <summary>Reports a word of the text, exact to the character where the text stands in the body.</summary>
    /// <param name="word">The word.</param>
    /// <param name="hint">What the fix needs; null where no fix is known.</param>
    /// <param name="messageArguments">What the message's holes are filled with.</param>
    public void Report(SqlSpan word, Hint? hint, params object[] messageArguments)
    {
        Location location = Sql.LocationOf(word);
        if (_reported?.Add(location) != false)
            _body.Report(location, [], hint, messageArguments);
    }
}
