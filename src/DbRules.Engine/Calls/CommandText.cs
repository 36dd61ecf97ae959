using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Calls;

/// <summary>The SQL that a call sends, as far as the code in view shows it.</summary>
public sealed class CommandText
{
    /// <summary>The call takes no SQL.</summary>
    public static readonly CommandText None = new();

    private readonly CommandTextSources? _sources;

    private CommandText()
    {
    }

    internal CommandText(CommandTextSources sources, ParsedTexts parsed)
    {
        _sources = sources;
        Script = parsed.Of(sources.Build());
    }

    /// <summary>The parsed text; null when the call takes none or the text is made elsewhere.</summary>
    public SqlScript? Script { get; }

    public bool IsUnknown => Script is null;

    /// <summary>
    /// The code that writes a stretch of the text, exact to the character inside the string: from the first word to the last where both stand in one
    /// string, else as much as stands with the first. The whole expression where it is no literal in view, the filled-in expression for a hole. It may be
    /// in another file, where a constant is declared. Null when the text is unknown or the span outside it.
    /// </summary>
    public Location? LocationOf(SqlSpan span) => _sources?.LocationOf(span);

    /// <summary>
    /// Where in a file more text can be written so that it stands at a position of the SQL, behind the character before it. Null when that is not inside
    /// a string of the file.
    /// </summary>
    public int? PositionBehind(int position, SyntaxTree tree) => _sources?.PositionBehind(position, tree);

    /// <summary>
    /// Where in a file a stretch of the text is written, exact to the character. Null when it is empty or does not stand in one string of the file as a whole.
    /// </summary>
    public TextSpan? SpanOf(SqlSpan span, SyntaxTree tree) => _sources?.SpanOf(span, tree);

    /// <summary>The expression that a hole is filled with; null when no hole stands there.</summary>
    /// <param name="position">The hole's position in the text.</param>
    public SyntaxNode? FilledWith(int position) => HoleAt(position) is int part ? _sources!.NodeOf(part) : null;

    /// <summary>The value that a hole is filled with; null when no hole stands there.</summary>
    /// <param name="position">The hole's position in the text.</param>
    internal IOperation? ValueAt(int position) => HoleAt(position) is int part ? _sources!.ValueOf(part) : null;

    /// <summary>The call in whose method the value of a hole stands; null where it stands in the body that the text is asked of, and where no hole stands.</summary>
    /// <param name="position">The hole's position in the text.</param>
    internal HelperCall? HelperAt(int position) => HoleAt(position) is int part ? _sources!.HelperOf(part) : null;

    /// <summary>True when all statements read, false when one writes, null when that is not known.</summary>
    public bool? Reads => Script?.Effect switch
    {
        SqlEffect.Reads => true,
        SqlEffect.Writes => false,
        _ => null,
    };

    /// <summary>Whether the text skips rows, as a paging query does.</summary>
    public bool IsPaged => Script?.Tokens.Any(token => token.Keyword == SqlKeyword.Offset) == true;

    /// <summary>Whether the text asks for nothing but settings and the schema, as <c>PRAGMA table_info(orders)</c> does: of one table at a time.</summary>
    public bool AsksForSchema => Script is { Statements: { Count: > 0 } statements } && statements.All(static statement => statement.Kind == SqlStatementKind.Pragma);

    /// <summary>Whether the text compares with a list of keys that one parameter holds: <c>IN @keys</c>, <c>= ANY(@keys)</c>.</summary>
    public bool TakesKeyList
    {
        get
        {
            if (Script is not { } script)
                return false;
            for (int i = 0; i + 1 < script.Tokens.Count; i++)
            {
                bool list = script.Tokens[i].Keyword is SqlKeyword.In or SqlKeyword.Any;
                if (list && (IsParameter(i + 1) || (Is(i + 1, "(") && IsParameter(i + 2) && Is(i + 3, ")"))))
                    return true;
            }

            return false;

            bool Is(int index, string text) => index < script.Tokens.Count && script.Text.Slice(script.Tokens[index].Span) == text;

            bool IsParameter(int index) => index < script.Tokens.Count && script.Tokens[index].Kind == SqlTokenKind.Parameter;
        }
    }

    /// <summary>The part that is a hole at a position: by the text as this place puts it together, since places whose text is the same share what is parsed.</summary>
    private int? HoleAt(int position) => _sources?.Text.HoleOrdinal(position) is int part and >= 0 ? part : null;
}
