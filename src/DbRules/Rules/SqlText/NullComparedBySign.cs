using DbRules.Catalog;
using DbRules.Hints;
using DbRules.Sql;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text compares a value with NULL by a sign, which is never true.</summary>
public sealed class NullComparedBySign() : DbRule(RuleCatalog.NullComparedBySign)
{
    protected override void Register(RuleContext rule) => rule.OnStatement(static (context, statement) =>
    {
        SqlScript script = context.Sql.Script;
        foreach (NullComparison comparison in NullComparison.Of(script, statement))
        {
            string test = comparison.IsNegated ? "IS NOT NULL" : "IS NULL";
            context.Report(comparison.Span, RewriteOf(context, script, comparison, test), script.Text.Slice(comparison.Operator), test);
        }
    });

    private static SqlRewriteHint? RewriteOf(SqlContext context, SqlScript script, NullComparison comparison, string test)
    {
        bool isLast = comparison.Null.Start > comparison.Operator.Start;
        SqlSpan between = isLast ? SqlSpan.Between(comparison.Operator.End, comparison.Null.Start) : SqlSpan.Between(comparison.Null.End, comparison.Operator.Start);
        // A parenthesis or a comment between the sign and the word stays as it is.
        if (!string.IsNullOrWhiteSpace(script.Text.Slice(between)))
            return null;
        string written = script.Text.Slice(comparison.Null) == "null" ? test.ToLowerInvariant() : test;
        if (!isLast)
            return context.Rewrite((SqlSpan.Between(comparison.Null.Start, BehindBlanks(script, comparison.Operator.End)), ""), (new SqlSpan(comparison.Span.End, 0), " " + written));
        bool hasBlank = comparison.Operator.Start > 0 && char.IsWhiteSpace(script.Text.Joined[comparison.Operator.Start - 1]);
        return context.Rewrite((SqlSpan.Between(comparison.Operator.Start, comparison.Null.End), hasBlank ? written : " " + written));
    }

    private static int BehindBlanks(SqlScript script, int position)
    {
        while (position < script.Text.Length && char.IsWhiteSpace(script.Text.Joined[position]))
            position++;
        return position;
    }
}
