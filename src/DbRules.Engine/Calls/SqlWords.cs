using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Does a text look like SQL? Cheap questions that are asked for every text of a body.</summary>
internal static class SqlWords
{
    private const int MaxDepth = 64;

    private static readonly string[] Verbs = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "REPLACE", "CREATE", "ALTER", "DROP", "TRUNCATE", "EXEC", "CALL"];

    /// <summary>Whether an argument starts as SQL does, or is a variable for a parameter whose name speaks of SQL.</summary>
    public static bool MayBeSql(IOperation value, string parameterName) => value switch
    {
        ILiteralOperation or IInterpolatedStringOperation or IBinaryOperation => StartsAsSql(value),
        ILocalReferenceOperation or IFieldReferenceOperation => parameterName.IndexOf("sql", StringComparison.OrdinalIgnoreCase) >= 0
            || parameterName.IndexOf("query", StringComparison.OrdinalIgnoreCase) >= 0
            || parameterName.IndexOf("command", StringComparison.OrdinalIgnoreCase) >= 0,
        _ => false,
    };

    /// <summary>Whether the text that an expression starts with begins with a verb of SQL.</summary>
    public static bool StartsAsSql(IOperation value)
    {
        IOperation first = value;
        for (int depth = 0; depth < MaxDepth && first is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, ConstantValue.HasValue: false } sum; depth++)
            first = sum.LeftOperand;
        if (first is IInterpolatedStringOperation { Parts: [IInterpolatedStringTextOperation { Text: { } start }, ..] })
            first = start;
        // The value of a literal is at hand in its token: to ask for the constant makes an object.
        return first is ILiteralOperation { Syntax: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression, Token: var token } }
            ? StartsAsSql(token.ValueText)
            : first.ConstantValue is { HasValue: true, Value: string text } && StartsAsSql(text);
    }

    /// <summary>Whether a text begins with a verb of SQL, or with a test of SQL Server that asks for rows before it does anything: <c>IF NOT EXISTS (SELECT ...)</c>.</summary>
    public static bool StartsAsSql(string text)
    {
        int start = StartOfWord(text, 0);
        if (IsWordAt(text, start, "IF"))
        {
            int test = StartOfWord(text, start + 2);
            return IsWordAt(text, IsWordAt(text, test, "NOT") ? StartOfWord(text, test + 3) : test, "EXISTS");
        }

        foreach (string verb in Verbs)
        {
            int end = start + verb.Length;
            if (end < text.Length && char.IsWhiteSpace(text[end]) && string.Compare(text, start, verb, 0, verb.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return true;
        }

        return false;
    }

    private static int StartOfWord(string text, int position)
    {
        while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] == '('))
            position++;
        return position;
    }

    private static bool IsWordAt(string text, int start, string word) =>
        string.Compare(text, start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0 && (start + word.Length >= text.Length || !char.IsLetterOrDigit(text[start + word.Length]));

    /// <summary>The whole sum of texts that a text is the first of; the text itself where nothing is added; null for one that is added to others.</summary>
    public static IOperation? SumStartingWith(IOperation text)
    {
        IOperation whole = text;
        while (whole.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum)
        {
            if (sum.LeftOperand != whole)
                return null;
            whole = sum;
        }

        return whole;
    }

    /// <summary>Whether a comment in front of code calls it SQL: <c>// lang=sql</c>, <c>/* language=SQL */</c>.</summary>
    public static bool IsCalledSql(SyntaxNode? node)
    {
        if (node is null)
            return false;
        SyntaxToken first = node.GetFirstToken();
        return NameSql(first.LeadingTrivia) || NameSql(first.GetPreviousToken().TrailingTrivia);
    }

    private static bool NameSql(SyntaxTriviaList list)
    {
        foreach (SyntaxTrivia trivia in list)
        {
            if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia && NamesSql(trivia.ToString()))
                return true;
        }

        return false;
    }

    private static bool NamesSql(string comment)
    {
        int sign = comment.IndexOf('=');
        if (sign < 0)
            return false;
        string word = comment.Substring(2, sign - 2).Trim();
        string language = comment.Substring(sign + 1).Trim(' ', '*', '/', '\t').Split(',')[0];
        return (word.Equals("lang", StringComparison.OrdinalIgnoreCase) || word.Equals("language", StringComparison.OrdinalIgnoreCase))
            && (language.Equals("sql", StringComparison.OrdinalIgnoreCase) || language.Equals("tsql", StringComparison.OrdinalIgnoreCase)
                || language.Equals("postgresql", StringComparison.OrdinalIgnoreCase) || language.Equals("mysql", StringComparison.OrdinalIgnoreCase));
    }
}
