using DbRules.Engine.Calls;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.SqlTexts;

/// <summary>One SQL text that a body sends to a store, or hands to what will send it.</summary>
public sealed class SentSql
{
    internal SentSql(BodyFacts body, IOperation expression, CommandText text, DbCall? call, IOperation? site)
    {
        Body = body;
        Expression = expression;
        Text = text;
        Script = text.Script!;
        Call = call;
        Site = site;
    }

    /// <summary>The body that sends it.</summary>
    public BodyFacts Body { get; }

    /// <summary>The expression that is handed over as SQL: a literal, or what holds or makes the text.</summary>
    public IOperation Expression { get; }

    /// <summary>The text, with its places in the code.</summary>
    public CommandText Text { get; }

    /// <summary>The parsed text.</summary>
    public SqlScript Script { get; }

    /// <summary>The call that sends it; null when the body only hands it over, as to a command that other code runs.</summary>
    public DbCall? Call { get; }

    /// <summary>What takes the text where no call in the body sends it: a creation, an assignment or a call; null where <see cref="Call"/> is known.</summary>
    internal IOperation? Site { get; }

    /// <summary>The object that takes the text: a command, a connection, a context; null when there is none in view.</summary>
    internal IOperation? Holder => (Call?.Operation ?? Site) switch
    {
        IAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } command } } => command,
        IInvocationOperation call => Flow.Operations.Receiver(call),
        IObjectCreationOperation creation => creation,
        _ => null,
    };

    /// <summary>The dialect, by the call that sends the text, else by the object that takes it.</summary>
    internal SqlDialect DialectBy(Dialects dialects, string? otherwise) => Call is { } call ? dialects.Of(call, otherwise) : dialects.Of(Holder, Body.Origins, otherwise);

    /// <summary>
    /// Where the file of the body has a stretch of the text, or, for an empty one, where text can be written into it; exact to the character. Null when it does
    /// not stand in one string of that file.
    /// </summary>
    public TextSpan? PlaceOf(SqlSpan span)
    {
        SyntaxTree tree = Expression.Syntax.SyntaxTree;
        return span.Length > 0 ? Text.SpanOf(span, tree) : Text.PositionBehind(span.Start, tree) is { } position ? new TextSpan(position, 0) : null;
    }

    /// <summary>
    /// The code of a stretch of the text where it stands in this body, exact to the character; the expression that hands it over where the text stands elsewhere.
    /// </summary>
    public Location LocationOf(SqlSpan span) => Text.LocationOf(span) is { } word && Body.Contains(word) ? word : Expression.Syntax.GetLocation();
}
