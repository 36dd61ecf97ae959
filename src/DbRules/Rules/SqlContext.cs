using System.Collections.Immutable;
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
    public IReadOnlyList<SqlStatement> Statements => Sql.Script.AllStatements;

    /// <inheritdoc cref="SqlTextFacts.DialectOf"/>
    public SqlDialect Dialect => Facts.SqlText.DialectOf(Sql, Option(RuleOptions.SqlDialect));

    /// <summary>Whether a table of a statement has few rows by its name or an option, is temporary, or describes the database: no index matters there.</summary>
    public bool HasFewRows(SqlStatement statement)
    {
        NameList small = Option(RuleOptions.SmallEntities);
        foreach (SqlTableUse use in statement.Tables)
        {
            if (SqlTextFacts.HasFewRows(use.Table) || Sql.Script.IsTemporary(use.Table) || small.Contains(use.Table.StatedName))
                return true;
        }

        return false;
    }

    /// <inheritdoc cref="BodyContext.Option"/>
    public T Option<T>(RuleOption<T> option)
        where T : notnull => _body.Option(option);

    /// <summary>How to write the text instead; null where the code does not have every place in a string of the file that reports.</summary>
    /// <param name="changes">What is replaced, or an empty span to put text in, and the SQL that stands there instead.</param>
    public SqlRewriteHint? Rewrite(params (SqlSpan Place, string Text)[] changes)
    {
        var rewrites = ImmutableArray.CreateBuilder<SqlRewrite>(changes.Length);
        foreach ((SqlSpan place, string text) in changes)
        {
            if (Sql.PlaceOf(place) is not { } span)
                return null;
            rewrites.Add(new SqlRewrite(span, text));
        }

        return new SqlRewriteHint(rewrites.MoveToImmutable());
    }

    /// <summary>Reports a word of the text, exact to the character where the text stands in the body.</summary>
    /// <param name="word">The word.</param>
    /// <param name="hint">What the fix needs; null where no fix is known.</param>
    /// <param name="messageArguments">What the message's holes are filled with.</param>
    public void Report(SqlSpan word, Hint? hint, params string[] messageArguments)
    {
        Location location = Sql.LocationOf(word);
        if (_reported?.Add(location) != false)
            _body.Report(location, [], hint, messageArguments);
    }
}
